package dev.penstock.sandbox.kubernetes.http;

import dev.penstock.sandbox.kubernetes.rules.Kind;
import dev.penstock.sandbox.kubernetes.rules.Kinds;
import dev.penstock.sandbox.kubernetes.rules.Refusal;
import java.util.List;

/**
 * What a resource path names. A collection has an empty name; without a namespace in the path the
 * namespace is empty.
 */
record RequestTarget(Kind kind, String namespace, String name, String subresource) {
  /** Parses {@code /api/v1/…} and {@code /apis/GROUP/VERSION/…}. */
  static RequestTarget parse(List<String> path, Kinds kinds) {
    boolean core = path.getFirst().equals("api");
    int start = core ? 2 : 3;
    if (path.size() <= start) {
      throw Refusal.unknownPath();
    }
    var group = core ? "" : path.get(1);
    var version = path.get(start - 1);
    var rest = path.subList(start, path.size());
    boolean inside =
        rest.size() >= 3
            && rest.getFirst().equals("namespaces")
            && kinds.find(group, version, rest.get(2)).isPresent();
    var namespace = inside ? rest.get(1) : "";
    var own = inside ? rest.subList(2, rest.size()) : rest;
    if (own.size() > 3) {
      throw Refusal.unknownPath();
    }
    var kind = kinds.find(group, version, own.getFirst()).orElseThrow(Refusal::unknownPath);
    if (kind.namespaced() ? !inside && own.size() > 1 : inside) {
      throw Refusal.unknownPath();
    }
    return new RequestTarget(
        kind, namespace, own.size() > 1 ? own.get(1) : "", own.size() > 2 ? own.get(2) : "");
  }

  boolean collection() {
    return name.isEmpty();
  }
}
