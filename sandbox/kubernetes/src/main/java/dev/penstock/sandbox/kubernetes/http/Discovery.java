package dev.penstock.sandbox.kubernetes.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.sandbox.kubernetes.rules.Kind;
import dev.penstock.sandbox.kubernetes.rules.Kinds;
import dev.penstock.sandbox.kubernetes.rules.Refusal;
import dev.penstock.sandbox.kubernetes.rules.Tree;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code /api}, {@code /apis} and below: what the server serves, in the plain and in the aggregated
 * form.
 */
final class Discovery {
  private static final String AGGREGATED = "g=apidiscovery.k8s.io";
  private static final List<String> VERBS =
      List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");
  private static final List<String> PART_VERBS = List.of("get", "patch", "update");

  private final Kinds kinds;

  Discovery(Kinds kinds) {
    this.kinds = kinds;
  }

  Answer answer(Request request) {
    var path = request.path();
    boolean core = path.getFirst().equals("api");
    if (path.size() == 1 && request.accepts(AGGREGATED)) {
      return aggregated(core);
    }
    if (core) {
      return path.size() == 1 ? versions() : resources("", path.get(1));
    }
    return switch (path.size()) {
      case 1 -> groups();
      case 2 -> Answer.ok(group(path.get(1), false));
      default -> resources(path.get(1), path.get(2));
    };
  }

  private static Answer versions() {
    var answer = Tree.object().put("kind", "APIVersions");
    answer.putArray("versions").add("v1");
    answer
        .putArray("serverAddressByClientCIDRs")
        .addObject()
        .put("clientCIDR", "0.0.0.0/0")
        .put("serverAddress", "127.0.0.1");
    return Answer.ok(answer);
  }

  private Answer groups() {
    var answer = Tree.object().put("kind", "APIGroupList").put("apiVersion", "v1");
    var groups = answer.putArray("groups");
    for (var name : byGroup().keySet()) {
      if (!name.isEmpty()) {
        groups.add(group(name, true));
      }
    }
    return Answer.ok(answer);
  }

  private ObjectNode group(String name, boolean listed) {
    var versions = byGroup().get(name);
    if (versions == null) {
      throw Refusal.unknownPath();
    }
    var group = Tree.object();
    if (!listed) {
      group.put("kind", "APIGroup").put("apiVersion", "v1");
    }
    group.put("name", name);
    var list = group.putArray("versions");
    for (var version : versions) {
      list.addObject().put("groupVersion", name + "/" + version).put("version", version);
    }
    var preferred = versions.iterator().next();
    group
        .putObject("preferredVersion")
        .put("groupVersion", name + "/" + preferred)
        .put("version", preferred);
    return group;
  }

  private Map<String, Set<String>> byGroup() {
    var groups = new LinkedHashMap<String, Set<String>>();
    for (var kind : kinds.all()) {
      groups.computeIfAbsent(kind.group(), _ -> new LinkedHashSet<>()).add(kind.version());
    }
    return groups;
  }

  private Answer resources(String group, String version) {
    var found =
        kinds.all().stream()
            .filter(k -> k.group().equals(group) && k.version().equals(version))
            .toList();
    if (found.isEmpty()) {
      throw Refusal.unknownPath();
    }
    var answer =
        Tree.object()
            .put("kind", "APIResourceList")
            .put("apiVersion", "v1")
            .put("groupVersion", found.getFirst().apiVersion());
    var list = answer.putArray("resources");
    for (var kind : found) {
      var resource =
          list.addObject()
              .put("name", kind.plural())
              .put("singularName", kind.singular())
              .put("namespaced", kind.namespaced())
              .put("kind", kind.kind());
      VERBS.forEach(resource.putArray("verbs")::add);
      names(resource, kind);
      for (var part : parts(kind)) {
        var entry =
            list.addObject()
                .put("name", kind.plural() + "/" + part)
                .put("singularName", "")
                .put("namespaced", kind.namespaced())
                .put("kind", part.equals("scale") ? "Scale" : kind.kind());
        if (part.equals("scale")) {
          entry.put("group", "autoscaling").put("version", "v1");
        }
        PART_VERBS.forEach(entry.putArray("verbs")::add);
      }
    }
    return Answer.ok(answer);
  }

  private static void names(ObjectNode resource, Kind kind) {
    if (!kind.shortNames().isEmpty()) {
      kind.shortNames().forEach(resource.putArray("shortNames")::add);
    }
    if (kind.has(Kind.Trait.ALL)) {
      resource.putArray("categories").add("all");
    }
  }

  private static List<String> parts(Kind kind) {
    var parts = new ArrayList<String>();
    if (kind.has(Kind.Trait.STATUS)) {
      parts.add("status");
    }
    if (kind.has(Kind.Trait.SCALE)) {
      parts.add("scale");
    }
    return parts;
  }

  private Answer aggregated(boolean core) {
    var answer =
        Tree.object()
            .put("kind", "APIGroupDiscoveryList")
            .put("apiVersion", "apidiscovery.k8s.io/v2");
    answer.putObject("metadata");
    var items = answer.putArray("items");
    for (var group : byGroup().entrySet()) {
      if (group.getKey().isEmpty() != core) {
        continue;
      }
      var item = items.addObject();
      var metadata = item.putObject("metadata").putNull("creationTimestamp");
      if (!core) {
        metadata.put("name", group.getKey());
      }
      var versions = item.putArray("versions");
      for (var version : group.getValue()) {
        var entry = versions.addObject().put("version", version).put("freshness", "Current");
        var list = entry.putArray("resources");
        kinds.all().stream()
            .filter(k -> k.group().equals(group.getKey()) && k.version().equals(version))
            .forEach(k -> aggregated(list.addObject(), k));
      }
    }
    var type = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
    return new Answer(200, type, answer.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static void aggregated(ObjectNode resource, Kind kind) {
    resource.put("resource", kind.plural());
    resource
        .putObject("responseKind")
        .put("group", kind.group())
        .put("version", kind.version())
        .put("kind", kind.kind());
    resource
        .put("scope", kind.namespaced() ? "Namespaced" : "Cluster")
        .put("singularResource", kind.singular());
    VERBS.forEach(resource.putArray("verbs")::add);
    names(resource, kind);
    if (parts(kind).isEmpty()) {
      return;
    }
    var list = resource.putArray("subresources");
    for (var part : parts(kind)) {
      var entry = list.addObject().put("subresource", part);
      boolean scale = part.equals("scale");
      entry
          .putObject("responseKind")
          .put("group", scale ? "autoscaling" : kind.group())
          .put("version", scale ? "v1" : kind.version())
          .put("kind", scale ? "Scale" : kind.kind());
      PART_VERBS.forEach(entry.putArray("verbs")::add);
    }
  }
}
