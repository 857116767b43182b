package dev.penstock.cli.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.cli.bench.Addresses.Place;
import dev.penstock.sandbox.kubernetes.LiveCluster;
import dev.penstock.sandbox.kubernetes.SimulatedCluster;
import dev.penstock.sandbox.kubernetes.rules.DeleteOptions;
import dev.penstock.sandbox.kubernetes.rules.Kind;
import dev.penstock.sandbox.kubernetes.rules.Kinds;
import dev.penstock.sandbox.kubernetes.rules.WriteOptions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Stacks as in the peers' runs: one Ingress with one host, a path, a Service and an EndpointSlice
 * for each target group, and pods with their status, all written through the cluster's API.
 */
final class BenchFleet {
  static final String INGRESS = "web";
  private static final WriteOptions WRITER = WriteOptions.of("bench");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final LiveCluster cluster;
  private final Addresses addresses = new Addresses();
  private final Map<String, List<Member>> members = new LinkedHashMap<>();
  private int pods;

  /** One pod behind one target group of a stack. */
  record Member(String pod, String uid, Place place) {
    String address() {
      return place.address();
    }
  }

  /** A pod that is ready and not yet in the slice, and the one whose place it takes. */
  record Replacement(String stack, int group, Member gone, Member fresh) {
    String address() {
      return fresh.address();
    }
  }

  BenchFleet(LiveCluster cluster) {
    this.cluster = cluster;
  }

  static String stack(int number) {
    return "s%05d".formatted(number);
  }

  /** Everything of a stack but its Ingress; answers the pods' addresses. */
  List<String> prepare(String stack, int groups, int podsEach) {
    return cluster.turn(c -> {
      var given = new ArrayList<String>();
      create(c, Kinds.NAMESPACE, "", Manifests.NAMESPACE.formatted(stack));
      for (int group = 0; group < groups; group++) {
        var list = new ArrayList<Member>();
        for (int i = 0; i < podsEach; i++) {
          list.add(pod(c, stack, group));
        }
        list.forEach(member -> given.add(member.address()));
        members.put(stack + "/" + group, list);
        create(c, Kinds.SERVICE, stack, Manifests.SERVICE.formatted(stack, group));
        create(c, Kinds.ENDPOINT_SLICE, stack, slice(stack, group));
      }
      return given;
    });
  }

  /** The Ingress of a prepared stack. */
  void expose(String stack, int groups) {
    var paths = new ArrayList<String>();
    for (int group = 0; group < groups; group++) {
      paths.add(Manifests.PATH.formatted(group, group));
    }
    var text = Manifests.INGRESS.formatted(stack, stack, String.join(",", paths));
    cluster.turn(c -> create(c, Kinds.INGRESS, stack, text));
  }

  /** A new pod becomes ready and an old one begins to end; the slice still names the old one. */
  Replacement ready(String stack, int group) {
    return cluster.turn(c -> {
      var gone = members(stack, group).getFirst();
      c.api().delete(Kinds.POD, stack, gone.pod(), DeleteOptions.background());
      return new Replacement(stack, group, gone, pod(c, stack, group));
    });
  }

  /** The slice names the new pod in place of the old one. */
  void replace(List<Replacement> replacements) {
    cluster.turn(c -> {
      for (var replacement : replacements) {
        var list = members(replacement.stack(), replacement.group());
        list.remove(replacement.gone());
        list.addLast(replacement.fresh());
        var name = "svc-" + replacement.group() + "-bench";
        var live = c.api().get(Kinds.ENDPOINT_SLICE, replacement.stack(), name).deepCopy();
        live.set(
            "endpoints", parse(slice(replacement.stack(), replacement.group())).get("endpoints"));
        c.api().update(Kinds.ENDPOINT_SLICE, replacement.stack(), name, live, WRITER);
      }
      return replacements;
    });
  }

  /** Pods that were replaced are gone for good. */
  void forget(List<Replacement> replacements) {
    cluster.turn(c -> {
      for (var replacement : replacements) {
        c.api()
            .delete(Kinds.POD, replacement.stack(), replacement.gone().pod(), DeleteOptions.now());
      }
      return replacements;
    });
  }

  /** A change of the Ingress that asks for nothing. */
  void touch(String stack, Instant now) {
    cluster.turn(c -> {
      var live = c.api().get(Kinds.INGRESS, stack, INGRESS).deepCopy();
      live.withObject("/metadata/annotations").put("bench.penstock.dev/touched", now.toString());
      return c.api().update(Kinds.INGRESS, stack, INGRESS, live, WRITER);
    });
  }

  /** The host name in the status of the stack's Ingress. */
  Optional<String> status(String stack) {
    return cluster.turn(c ->
        c.api()
            .find(Kinds.INGRESS, stack, INGRESS)
            .map(object -> object.at("/status/loadBalancer/ingress/0/hostname").asText(""))
            .filter(name -> !name.isEmpty()));
  }

  private List<Member> members(String stack, int group) {
    var list = members.get(stack + "/" + group);
    if (list == null) {
      throw new IllegalArgumentException("no such stack: " + stack + "/" + group);
    }
    return list;
  }

  private Member pod(SimulatedCluster c, String stack, int group) {
    var place = addresses.next();
    var name = "svc-%d-%05d".formatted(group, pods++);
    var node = BenchWorld.nodeName(place.node());
    var created =
        create(c, Kinds.POD, stack, Manifests.POD.formatted(stack, name, group, node)).deepCopy();
    created.set("status", parse(Manifests.POD_STATUS.formatted(place.address(), place.address())));
    c.api().update(Kinds.POD, stack, name, created, WRITER.on("status"));
    return new Member(name, created.at("/metadata/uid").asText(), place);
  }

  private String slice(String stack, int group) {
    var endpoints =
        members(stack, group).stream()
            .map(member ->
                Manifests.ENDPOINT.formatted(
                    member.address(),
                    BenchWorld.nodeName(member.place().node()),
                    BenchWorld.zone(member.place().node()),
                    stack,
                    member.pod(),
                    member.uid()))
            .toList();
    return Manifests.SLICE.formatted(stack, group, group, String.join(",", endpoints));
  }

  private static ObjectNode create(SimulatedCluster c, Kind kind, String namespace, String text) {
    return c.api().create(kind, namespace, parse(text), WRITER);
  }

  private static ObjectNode parse(String text) {
    try {
      return (ObjectNode) JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
