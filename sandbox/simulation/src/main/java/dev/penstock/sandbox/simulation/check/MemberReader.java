package dev.penstock.sandbox.simulation.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.sandbox.kubernetes.rules.Kinds;
import dev.penstock.sandbox.kubernetes.rules.Tree;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads Ingresses by the rules of LBC 1.1, 1.2, 1.3, 4.1, 4.7 and external-dns 1.4. */
final class MemberReader {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PREFIX = "alb.ingress.kubernetes.io/";
  private static final String CONTROLLER = "ingress.k8s.aws/alb";
  private static final String PARAMETERS = "ingressclassparams.elbv2.k8s.aws";

  private static final String OCTET = "(25[0-5]|2[0-4]\\d|1?\\d?\\d)";
  private static final String CIDR =
      "(" + OCTET + "(\\." + OCTET + "){3}/([0-9]|[12]\\d|3[0-2])|[0-9a-fA-F:]+/\\d{1,3})";

  /** Values that somebody who cannot spell gets wrong, and how right ones look. */
  private static final Map<String, String> FORMS =
      Map.ofEntries(
          Map.entry("scheme", "internal|internet-facing"),
          // No account has the certificate that mistakes name: what stood before goes on.
          Map.entry("certificate-arn", "(?!.*/none$).*"),
          Map.entry("target-type", "ip|instance"),
          Map.entry("ssl-redirect", "\\d{1,5}"),
          Map.entry("group.order", "-?\\d{1,4}"),
          Map.entry("ip-address-type", "ipv4|dualstack|dualstack-without-public-ipv4"),
          Map.entry("healthcheck-port", "\\d{1,5}|traffic-port|[a-z0-9-]*[a-z][a-z0-9-]*"),
          Map.entry("healthcheck-protocol", "HTTP|HTTPS"),
          Map.entry("healthcheck-interval-seconds", "\\d{1,4}"),
          Map.entry("healthcheck-timeout-seconds", "\\d{1,4}"),
          Map.entry("healthy-threshold-count", "\\d{1,3}"),
          Map.entry("unhealthy-threshold-count", "\\d{1,3}"),
          Map.entry("backend-protocol", "HTTP|HTTPS"),
          Map.entry("backend-protocol-version", "HTTP1|HTTP2|GRPC"),
          Map.entry("load-balancer-name", "[0-9A-Za-z-]{1,32}"),
          Map.entry("inbound-cidrs", CIDR + "(\\s*,\\s*" + CIDR + ")*"),
          Map.entry("tags", "([^=,]+=[^,]*)(,[^=,]+=[^,]*)*"),
          Map.entry("load-balancer-attributes", "([^=,]+=[^,]*)(,[^=,]+=[^,]*)*"),
          Map.entry("target-group-attributes", "([^=,]+=[^,]*)(,[^=,]+=[^,]*)*"));

  /** Keys that change who is answered, which is not judged here. */
  private static final List<String> BEYOND =
      List.of("conditions.", "transforms.", "auth-", "jwt", "use-regex-path-match", "frontend-nlb");

  private final ClusterEyes cluster;
  private final ObjectNode ingress;
  private final Map<String, String> annotations;
  private final List<String> problems = new ArrayList<>();
  private String classGroup = "";

  private MemberReader(ClusterEyes cluster, ObjectNode ingress) {
    this.cluster = cluster;
    this.ingress = ingress;
    this.annotations = Tree.texts(ingress, "metadata", "annotations");
  }

  /** The Ingresses of a cluster that are ours, those that go included. */
  static List<Member> read(ClusterEyes cluster) {
    var members = new ArrayList<Member>();
    for (var ingress : cluster.all(ClusterEyes.INGRESSES)) {
      new MemberReader(cluster, ingress).member().ifPresent(members::add);
    }
    members.sort(Comparator.comparing(Member::order).thenComparing(Member::path));
    return members;
  }

  private Optional<Member> member() {
    if (!isOurs()) {
      return Optional.empty();
    }
    forms();
    var ports = ports();
    var order = number("group.order").orElse(0);
    if (order < -1000 || order > 1000) {
      problems.add("group.order");
    }
    return group()
        .map(group ->
            new Member(
                cluster.name(),
                ingress,
                group,
                order,
                ports,
                number("ssl-redirect"),
                paths(),
                fallback(),
                names(),
                problems.stream().findFirst()));
  }

  private boolean isOurs() {
    var legacy = annotations.get("kubernetes.io/ingress.class");
    if (legacy != null) {
      return legacy.equals("alb");
    }
    var name = Tree.text(ingress, "spec", "ingressClassName");
    var classes = Kinds.INGRESS_CLASS.resource();
    var found =
        cluster.all(classes).stream()
            .filter(c ->
                name.isEmpty()
                    ? Tree.annotation(c, "ingressclass.kubernetes.io/is-default-class")
                        .equals("true")
                    : Tree.name(c).equals(name))
            .findFirst();
    if (found.isEmpty()) {
      problems.add("its class does not exist");
      return held().isPresent();
    }
    parameters(Tree.text(found.get(), "spec", "parameters", "name"));
    return Tree.text(found.get(), "spec", "controller").equals(CONTROLLER);
  }

  /** Of what a class says only the group is judged here. */
  private void parameters(String name) {
    if (name.isEmpty()) {
      return;
    }
    var found = cluster.find(PARAMETERS, "", name);
    if (found.isEmpty()) {
      problems.add("the parameters of its class do not exist");
      return;
    }
    classGroup = Tree.text(found.get(), "spec", "group", "name");
    var others = found.get().path("spec").propertyStream().map(Map.Entry::getKey);
    others
        .filter(key -> !key.equals("group"))
        .forEach(key -> problems.add("its class says " + key + ", which is not judged here"));
  }

  /** The group whose finalizer the Ingress has. */
  private Optional<String> held() {
    for (var finalizer : Tree.items(ingress, "metadata", "finalizers")) {
      var text = finalizer.asText();
      if (text.equals(Member.OWN_GROUP)) {
        return Optional.of(Tree.namespace(ingress) + "/" + Tree.name(ingress));
      }
      if (text.startsWith(Member.GROUP)) {
        return Optional.of(text.substring(Member.GROUP.length()));
      }
    }
    return Optional.empty();
  }

  private Optional<String> group() {
    var name = classGroup.isEmpty() ? annotations.get(PREFIX + "group.name") : classGroup;
    if (name == null) {
      return Optional.of(Tree.namespace(ingress) + "/" + Tree.name(ingress));
    }
    if (name.matches("([a-z0-9][-a-z0-9.]*)?[a-z0-9]") && name.length() <= 63) {
      return Optional.of(name);
    }
    problems.add("group.name");
    return held();
  }

  private void forms() {
    FORMS.forEach((key, form) -> {
      var value = annotations.get(PREFIX + key);
      if (value != null && !value.matches(form)) {
        problems.add(key);
      }
    });
    for (var key : annotations.keySet()) {
      var bare = key.startsWith(PREFIX) ? key.substring(PREFIX.length()) : "";
      if (BEYOND.stream().anyMatch(bare::startsWith)) {
        problems.add(bare);
      }
    }
  }

  private Optional<Integer> number(String key) {
    var value = annotations.get(PREFIX + key);
    return value != null && value.matches("-?\\d{1,5}")
        ? Optional.of(Integer.parseInt(value))
        : Optional.empty();
  }

  private SortedMap<Integer, String> ports() {
    var ports = new TreeMap<Integer, String>();
    var given = annotations.get(PREFIX + "listen-ports");
    if (given == null) {
      var tls = annotations.containsKey(PREFIX + "certificate-arn");
      ports.put(tls ? 443 : 80, tls ? "HTTPS" : "HTTP");
      return ports;
    }
    try {
      for (var item : JSON.readTree(given)) {
        item.properties().forEach(e -> ports.put(e.getValue().asInt(), e.getKey()));
      }
    } catch (JsonProcessingException _) {
      problems.add("listen-ports");
    }
    var wrong =
        ports.entrySet().stream()
            .anyMatch(e ->
                e.getKey() < 1
                    || e.getKey() > 65535
                    || !List.of("HTTP", "HTTPS").contains(e.getValue()));
    if (wrong || ports.isEmpty()) {
      problems.add("listen-ports");
    }
    return ports;
  }

  private List<Member.Path> paths() {
    var paths = new ArrayList<Member.Path>();
    for (var rule : Tree.items(ingress, "spec", "rules")) {
      var ofRule = new ArrayList<Member.Path>();
      for (var path : Tree.items(rule, "http", "paths")) {
        ofRule.add(
            new Member.Path(
                Tree.text(rule, "host"),
                Tree.text(path, "path"),
                Tree.text(path, "pathType"),
                backend(path.path("backend"))));
      }
      ofRule.sort(Comparator.comparing(MemberReader::rank));
      paths.addAll(ofRule);
    }
    return List.copyOf(paths);
  }

  /** Exact paths first, then prefixes, the longest first, then all else; else as written. */
  private static int rank(Member.Path path) {
    return switch (path.type()) {
      case "Exact" -> Integer.MIN_VALUE;
      case "Prefix" -> -path.path().length();
      default -> 1;
    };
  }

  private Optional<Member.Backend> fallback() {
    var backend = Tree.at(ingress, "spec", "defaultBackend");
    return backend.isMissingNode() ? Optional.empty() : Optional.of(backend(backend));
  }

  private Member.Backend backend(JsonNode backend) {
    var service = Tree.text(backend, "service", "name");
    var named = Tree.text(backend, "service", "port", "name");
    if (service.isEmpty()) {
      problems.add("a backend without service");
      return new Member.Other();
    }
    if (named.equals("use-annotation")) {
      return action(service);
    }
    var port = named.isEmpty() ? Tree.text(backend, "service", "port", "number") : named;
    return services(List.of(new Member.ServicePort(service, port)));
  }

  private Member.Backend action(String name) {
    try {
      var action = JSON.readTree(annotations.getOrDefault(PREFIX + "actions." + name, ""));
      return switch (Tree.text(action, "type")) {
        case "fixed-response" ->
            new Member.Fixed(Tree.text(action, "fixedResponseConfig", "statusCode"));
        case "redirect" ->
            new Member.Redirect(
                Tree.text(action, "redirectConfig", "protocol"),
                Tree.text(action, "redirectConfig", "port"));
        case "forward" -> forward(action);
        default -> new Member.Other();
      };
    } catch (JsonProcessingException _) {
      problems.add("actions." + name);
      return new Member.Other();
    }
  }

  private Member.Backend forward(JsonNode action) {
    var ports = new ArrayList<Member.ServicePort>();
    for (var group : Tree.items(action, "forwardConfig", "targetGroups")) {
      if (!Tree.has(group, "serviceName")) {
        return new Member.Other();
      }
      if (!Tree.text(group, "weight").equals("0")) {
        ports.add(
            new Member.ServicePort(
                Tree.text(group, "serviceName"), Tree.text(group, "servicePort")));
      }
    }
    return ports.isEmpty() ? new Member.Other() : services(ports);
  }

  /** A Service that is not there is answered with 503, a port that is not there is a mistake. */
  private Member.Backend services(List<Member.ServicePort> ports) {
    for (var port : ports) {
      var service = cluster.find(ClusterEyes.SERVICES, Tree.namespace(ingress), port.service());
      if (service.isEmpty() && ports.size() == 1) {
        return new Member.Fixed("503");
      }
      if (service.isEmpty() || !Endpoints.hasPort(service.get(), port.port())) {
        problems.add("Service " + port.service() + " has no port " + port.port());
        return new Member.Other();
      }
      if (!Endpoints.isIp(annotations, service.get())
          && Tree.text(service.get(), "spec", "type").equals("ClusterIP")) {
        problems.add("Service " + port.service() + " has no node port");
        return new Member.Other();
      }
    }
    return new Member.Services(List.copyOf(ports));
  }

  private Set<String> names() {
    var names = new TreeSet<String>();
    for (var rule : Tree.items(ingress, "spec", "rules")) {
      name(names, Tree.text(rule, "host"));
    }
    for (var tls : Tree.items(ingress, "spec", "tls")) {
      Tree.items(tls, "hosts").forEach(host -> name(names, host.asText()));
    }
    for (var prefix : List.of("external-dns.alpha.kubernetes.io/", "external-dns.kubernetes.io/")) {
      for (var name : annotations.getOrDefault(prefix + "hostname", "").split(",")) {
        name(names, name.replace(" ", ""));
      }
    }
    return names;
  }

  private static void name(Set<String> names, String name) {
    var bare = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    if (!bare.isEmpty()) {
      names.add(bare.toLowerCase(Locale.ROOT));
    }
  }
}
