package dev.penstock.sandbox.kubernetes.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.sandbox.kubernetes.rules.ApiRules;
import dev.penstock.sandbox.kubernetes.rules.DeleteOptions;
import dev.penstock.sandbox.kubernetes.rules.Kinds;
import dev.penstock.sandbox.kubernetes.rules.Selector;
import dev.penstock.sandbox.kubernetes.rules.Tree;
import dev.penstock.sandbox.kubernetes.store.StoreChange;
import dev.penstock.sandbox.kubernetes.store.StoreKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Mirrors the pods of each Service into EndpointSlices of at most a hundred, in which an endpoint
 * keeps its slice; and into Endpoints.
 */
final class EndpointSliceController implements Controller {
  static final String SERVICE = "kubernetes.io/service-name";
  private static final String MANAGED_BY = "endpointslice.kubernetes.io/managed-by";
  private static final String NAME = "endpointslice-controller.k8s.io";
  private static final int PER_SLICE = 100;

  private final ApiRules api;
  private final Hand hand;
  private final EndpointsMirror mirror;
  private final TreeSet<StoreKey> dirty = new TreeSet<>();

  EndpointSliceController(ApiRules api) {
    this.api = api;
    this.hand = new Hand(api, "kube-controller-manager");
    this.mirror = new EndpointsMirror(api);
  }

  @Override
  public Instant reconcile(List<StoreChange> changes, Instant now) {
    for (var change : changes) {
      switch (change.key().resource()) {
        case "services" -> dirty.add(change.key());
        case "pods" -> touch(change);
        case "endpointslices.discovery.k8s.io" -> touchOwner(change);
        default -> {}
      }
    }
    for (var key : List.copyOf(dirty)) {
      dirty.remove(key);
      api.store().get(key).filter(s -> !Tree.deleting(s)).ifPresent(s -> sync(s, now));
    }
    return Instant.MAX;
  }

  private void touch(StoreChange change) {
    var before = change instanceof StoreChange.Modified m ? m.before() : change.object();
    for (var service : api.all(Kinds.SERVICE, change.key().namespace())) {
      var matches = Selector.plain(Tree.texts(service, "spec", "selector"));
      if (matches.test(change.object()) || matches.test(before)) {
        dirty.add(Kinds.SERVICE.key(Tree.namespace(service), Tree.name(service)));
      }
    }
  }

  /** A slice that somebody else changed or deleted is put right. */
  private void touchOwner(StoreChange change) {
    var slice = change.object();
    if (Tree.text(slice, "metadata", "labels", MANAGED_BY).equals(NAME)) {
      var service = Tree.text(slice, "metadata", "labels", SERVICE);
      dirty.add(Kinds.SERVICE.key(change.key().namespace(), service));
    }
  }

  private void sync(ObjectNode service, Instant now) {
    var selector = Tree.texts(service, "spec", "selector");
    if (selector.isEmpty() || Tree.text(service, "spec", "type").equals("ExternalName")) {
      return;
    }
    var matches = Selector.plain(selector);
    var byPorts = new LinkedHashMap<JsonNode, TreeMap<String, ObjectNode>>();
    for (var pod : api.all(Kinds.POD, Tree.namespace(service))) {
      if (matches.test(pod) && Endpoint.counts(pod)) {
        var zone = zone(Tree.text(pod, "spec", "nodeName"));
        byPorts
            .computeIfAbsent(Endpoint.ports(service, pod), _ -> new TreeMap<>())
            .put(Tree.uid(pod), Endpoint.of(service, pod, zone));
      }
    }
    if (byPorts.isEmpty()) {
      byPorts.put(Tree.array(), new TreeMap<>());
    }
    var slices = new ArrayList<>(slices(service));
    byPorts.forEach((ports, endpoints) -> place(service, ports, endpoints, slices));
    slices.forEach(s -> hand.delete(Kinds.ENDPOINT_SLICE, s, DeleteOptions.background()));
    mirror.write(service, byPorts, now);
  }

  private List<ObjectNode> slices(ObjectNode service) {
    return api.all(Kinds.ENDPOINT_SLICE, Tree.namespace(service)).stream()
        .filter(s -> Tree.text(s, "metadata", "labels", SERVICE).equals(Tree.name(service)))
        .filter(s -> Tree.text(s, "metadata", "labels", MANAGED_BY).equals(NAME))
        .filter(s -> !Tree.deleting(s))
        .toList();
  }

  private String zone(String node) {
    return api.find(Kinds.NODE, "", node)
        .map(n -> Tree.text(n, "metadata", "labels", "topology.kubernetes.io/zone"))
        .orElse("");
  }

  /**
   * Puts the endpoints into the slices that already have these ports, then into fresh ones; slices
   * that it used are taken from the list.
   */
  private void place(
      ObjectNode service,
      JsonNode ports,
      Map<String, ObjectNode> endpoints,
      List<ObjectNode> slices) {
    var rest = new LinkedHashMap<>(endpoints);
    var used = slices.stream().filter(s -> s.path("ports").equals(ports)).toList();
    slices.removeAll(used);
    var kept = new ArrayList<List<ObjectNode>>();
    for (var slice : used) {
      var mine = new ArrayList<ObjectNode>();
      for (var endpoint : Tree.items(slice, "endpoints")) {
        var now = rest.remove(Tree.text(endpoint, "targetRef", "uid"));
        if (now != null) {
          mine.add(now);
        }
      }
      kept.add(mine);
    }
    for (var mine : kept) {
      fill(mine, rest);
    }
    boolean first = used.isEmpty();
    for (int i = 0; i < used.size(); i++) {
      write(used.get(i), kept.get(i), i > 0 || !rest.isEmpty());
    }
    while (first || !rest.isEmpty()) {
      first = false;
      var mine = new ArrayList<ObjectNode>();
      fill(mine, rest);
      create(service, ports, mine);
    }
  }

  private static void fill(List<ObjectNode> mine, Map<String, ObjectNode> rest) {
    var waiting = rest.entrySet().iterator();
    while (mine.size() < PER_SLICE && waiting.hasNext()) {
      mine.add(waiting.next().getValue());
      waiting.remove();
    }
  }

  private void write(ObjectNode slice, List<ObjectNode> endpoints, boolean removable) {
    if (endpoints.isEmpty() && removable) {
      hand.delete(Kinds.ENDPOINT_SLICE, slice, DeleteOptions.background());
      return;
    }
    hand.edit(Kinds.ENDPOINT_SLICE, slice, s -> s.putArray("endpoints").addAll(endpoints));
  }

  private void create(ObjectNode service, JsonNode ports, List<ObjectNode> endpoints) {
    var slice = Tree.object();
    var metadata = slice.putObject("metadata").put("generateName", Tree.name(service) + "-");
    var labels = metadata.putObject("labels");
    Tree.texts(service, "metadata", "labels").forEach(labels::put);
    labels.put(SERVICE, Tree.name(service)).put(MANAGED_BY, NAME);
    metadata.putArray("ownerReferences").add(Owners.reference(Kinds.SERVICE, service));
    slice.put("addressType", "IPv4");
    slice.putArray("endpoints").addAll(endpoints);
    slice.set("ports", ports.deepCopy());
    hand.tryCreate(Kinds.ENDPOINT_SLICE, Tree.namespace(service), slice);
  }

  @Override
  public void reset() {
    dirty.clear();
  }
}
