package dev.penstock.sandbox.simulation.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.sandbox.kubernetes.rules.Tree;
import dev.penstock.sandbox.kubernetes.store.StoreKey;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * An Ingress of ours and what it asks for, read from the object alone.
 *
 * @param group the stack: a group's name, or {@code namespace/name}
 * @param ports what each listener speaks
 * @param problem why it cannot be carried out as written, as far as is judged here
 * @param names the host names that it claims
 */
record Member(
    String cluster,
    ObjectNode object,
    String group,
    int order,
    SortedMap<Integer, String> ports,
    Optional<Integer> redirect,
    List<Path> paths,
    Optional<Backend> fallback,
    Set<String> names,
    Optional<String> problem) {

  /** The finalizer of who is alone in its group. */
  static final String OWN_GROUP = "ingress.k8s.aws/resources";

  /** What the finalizer of a group's member begins with; the group's name follows. */
  static final String GROUP = "group.ingress.k8s.aws/";

  /** What answers at a path. */
  sealed interface Backend {}

  record Fixed(String status) implements Backend {}

  record Redirect(String protocol, String port) implements Backend {}

  /** Ports of Services, and how targets are found; weightless ones get nothing. */
  record Services(List<ServicePort> ports) implements Backend {}

  record ServicePort(String service, String port) {}

  /** Something that is not judged here. */
  record Other() implements Backend {}

  record Path(String host, String path, String type, Backend backend) {
    boolean matches(String askedHost, String asked) {
      var hosts = host.isEmpty() || Traffic.matches(host.toLowerCase(Locale.ROOT), askedHost);
      return hosts && pattern(asked);
    }

    private boolean pattern(String asked) {
      if (path.isEmpty()) {
        return true;
      }
      return switch (type) {
        case "Exact" -> path.equals(asked);
        case "Prefix" -> {
          var bare = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
          yield asked.equals(bare) || asked.startsWith(bare + "/");
        }
        default -> Traffic.matches(path, asked);
      };
    }

    /** Whether it answers whatever the other path answers. */
    boolean takesIn(Path other) {
      return other.examples().stream().allMatch(asked -> matches(other.example(), asked));
    }

    /** Paths that a visitor may ask for. */
    List<String> examples() {
      var plain = path.isEmpty() ? "/" : path.replace("*", "x").replace("?", "y");
      return type.equals("Prefix")
          ? List.of(plain, plain + (plain.endsWith("/") ? "deep" : "/deep"))
          : List.of(plain);
    }

    /** A host that a visitor may ask for. */
    String example() {
      return host.isEmpty() ? "anybody.invalid" : host.toLowerCase(Locale.ROOT).replace("*", "x");
    }
  }

  String namespace() {
    return text("namespace");
  }

  String name() {
    return text("name");
  }

  StoreKey key() {
    return new StoreKey(ClusterEyes.INGRESSES, namespace(), name());
  }

  /** {@code namespace/name}: what members of one order are sorted by. */
  String path() {
    return namespace() + "/" + name();
  }

  private String text(String field) {
    return object.path("metadata").path(field).asText("");
  }

  Optional<String> annotation(String key) {
    JsonNode value =
        object.path("metadata").path("annotations").path("alb.ingress.kubernetes.io/" + key);
    return value.isMissingNode() ? Optional.empty() : Optional.of(value.asText());
  }

  /** The name of the load balancer that it shows to its users, or an empty text. */
  String address() {
    return object.at("/status/loadBalancer/ingress/0/hostname").asText();
  }

  /** Whether somebody deleted it. */
  boolean leaving() {
    return object.path("metadata").has("deletionTimestamp");
  }

  /** All ports of Services that it names. */
  List<ServicePort> services() {
    return Stream.concat(paths.stream().map(Path::backend), fallback.stream())
        .flatMap(
            backend -> backend instanceof Services(var named) ? named.stream() : Stream.empty())
        .distinct()
        .toList();
  }

  /** The path that answers a visitor, if one does. */
  Optional<Path> answering(String host, String asked) {
    return paths.stream().filter(path -> path.matches(host, asked)).findFirst();
  }

  @Override
  public String toString() {
    return "Ingress " + path() + " of cluster " + cluster;
  }

  /** Whether it is in another group than this one, which still holds it by its finalizer. */
  boolean wasIn(String former) {
    var own = former.contains("/");
    var finalizer = own ? OWN_GROUP : GROUP + former;
    return !group.equals(former)
        && (!own || former.equals(path()))
        && Tree.items(object, "metadata", "finalizers").stream()
            .anyMatch(it -> it.asText().equals(finalizer));
  }
}
