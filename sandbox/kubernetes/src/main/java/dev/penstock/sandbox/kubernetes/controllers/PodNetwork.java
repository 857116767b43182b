package dev.penstock.sandbox.kubernetes.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.sandbox.kubernetes.rules.ApiRules;
import dev.penstock.sandbox.kubernetes.rules.Kinds;
import dev.penstock.sandbox.kubernetes.rules.Selector;
import dev.penstock.sandbox.kubernetes.rules.Tree;
import dev.penstock.sandbox.kubernetes.store.StoreKey;
import java.util.Comparator;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The pods' addresses, and who answers at them. An address that was given back is the last to be
 * given again.
 */
public final class PodNetwork {
  private final ApiRules api;
  private final long first;
  private final long size;
  private final TreeMap<String, StoreKey> holders = new TreeMap<>();
  private long cursor;

  /** A pod that answered, and its HTTP status. */
  public record Answer(String uid, String namespace, String name, int status) {}

  PodNetwork(ApiRules api, String cidr) {
    this.api = api;
    int slash = cidr.indexOf('/');
    int bits = 32 - Integer.parseInt(cidr.substring(slash + 1));
    this.size = 1L << bits;
    this.first = number(cidr.substring(0, slash)) & -size;
  }

  private static long number(String ip) {
    long number = 0;
    for (var octet : ip.split("\\.")) {
      number = number << 8 | Integer.parseInt(octet);
    }
    return number;
  }

  private static String text(long number) {
    return "%d.%d.%d.%d"
        .formatted(number >> 24 & 255, number >> 16 & 255, number >> 8 & 255, number & 255);
  }

  /**
   * Takes a free address for the pod: never one of a node, nor the first four or the last of the
   * range. Empty if none is left.
   */
  Optional<String> take(StoreKey pod) {
    for (long i = 0; i < size; i++) {
      long host = (cursor + i) % size;
      var ip = text(first + host);
      boolean reserved = host < 4 || host == size - 1;
      if (!reserved && !holders.containsKey(ip) && nodeAt(ip).isEmpty()) {
        cursor = host + 1;
        holders.put(ip, pod);
        return Optional.of(ip);
      }
    }
    return Optional.empty();
  }

  /** Remembers an address that a restored pod holds. */
  void keep(String ip, StoreKey pod) {
    holders.put(ip, pod);
    long host = number(ip) - first;
    if (host >= 0 && host < size) {
      cursor = Math.max(cursor, host + 1);
    }
  }

  void release(String ip) {
    holders.remove(ip);
  }

  void reset() {
    holders.clear();
    cursor = 0;
  }

  public Optional<Answer> probe(String ip, int port) {
    var holder = holders.get(ip);
    if (holder != null) {
      return api.store().get(holder).filter(p -> listens(p, port)).flatMap(this::answer);
    }
    return nodeAt(ip).flatMap(node -> probeNode(node, port));
  }

  private Optional<Answer> answer(ObjectNode pod) {
    var answer =
        new Answer(Tree.uid(pod), Tree.namespace(pod), Tree.name(pod), Marks.httpStatus(pod));
    return Optional.of(answer).filter(_ -> runs(pod));
  }

  /** Containers run from their start to the end of the grace period, on a node that is up. */
  private boolean runs(ObjectNode pod) {
    var node = api.find(Kinds.NODE, "", Tree.text(pod, "spec", "nodeName"));
    boolean up = node.isPresent() && !Marks.down(node.get());
    return up && Tree.text(pod, "status", "phase").equals("Running");
  }

  /**
   * A container that declares ports listens on these; one that declares none may listen anywhere.
   */
  private static boolean listens(ObjectNode pod, int port) {
    var containers = Tree.items(pod, "spec", "containers");
    boolean silent = containers.stream().anyMatch(c -> c.path("ports").isEmpty());
    return silent
        || containers.stream()
            .flatMap(c -> Tree.items(c, "ports").stream())
            .anyMatch(p -> p.path("containerPort").asInt() == port);
  }

  private Optional<ObjectNode> nodeAt(String ip) {
    return api.all(Kinds.NODE, "").stream()
        .filter(n ->
            Tree.text(Tree.find(Tree.at(n, "status", "addresses"), "type", "InternalIP"), "address")
                .equals(ip))
        .findFirst();
  }

  /**
   * What kube-proxy does: any node answers for a node port, as long as a ready pod can (with policy
   * Local, one on this node).
   */
  private Optional<Answer> probeNode(ObjectNode node, int port) {
    if (Marks.down(node)) {
      return Optional.empty();
    }
    for (var service : api.all(Kinds.SERVICE, "")) {
      boolean serves =
          Tree.items(service, "spec", "ports").stream()
              .anyMatch(p -> p.path("nodePort").asInt() == port);
      boolean checks = Tree.at(service, "spec", "healthCheckNodePort").asInt() == port;
      if (serves || checks) {
        boolean local = Tree.text(service, "spec", "externalTrafficPolicy").equals("Local");
        var found = backend(service, local ? Tree.name(node) : "");
        return checks ? Optional.of(localHealth(service, found)) : found;
      }
    }
    return Optional.empty();
  }

  private static Answer localHealth(ObjectNode service, Optional<Answer> found) {
    int status = found.isPresent() ? 200 : 503;
    return new Answer(Tree.uid(service), Tree.namespace(service), Tree.name(service), status);
  }

  private Optional<Answer> backend(ObjectNode service, String onNode) {
    var selector = Tree.texts(service, "spec", "selector");
    if (selector.isEmpty()) {
      return Optional.empty();
    }
    var matches = Selector.plain(selector);
    return api.all(Kinds.POD, Tree.namespace(service)).stream()
        .filter(matches)
        .filter(p -> onNode.isEmpty() || Tree.text(p, "spec", "nodeName").equals(onNode))
        .filter(p -> Conditions.isTrue(p, "Ready"))
        .sorted(Comparator.<JsonNode, Boolean>comparing(Tree::deleting).thenComparing(Tree::name))
        .flatMap(p -> answer(p).stream())
        .findFirst();
  }
}
