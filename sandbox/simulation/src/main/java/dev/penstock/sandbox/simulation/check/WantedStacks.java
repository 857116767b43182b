package dev.penstock.sandbox.simulation.check;

import dev.penstock.sandbox.aws.engine.Rows.LoadBalancerRow;
import dev.penstock.sandbox.kubernetes.rules.Tree;
import dev.penstock.sandbox.simulation.check.Traffic.Forwarded;
import dev.penstock.sandbox.simulation.check.Traffic.Redirected;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The load balancers of one cluster, by who is answered there. */
final class WantedStacks {
  private static final String NOBODY = "nobody.invalid";

  private final Evidence evidence;
  private final ClusterEyes cluster;
  private final Estate estate;
  private final Traffic traffic;

  WantedStacks(Evidence evidence, ClusterEyes cluster, Estate estate) {
    this.evidence = evidence;
    this.cluster = cluster;
    this.estate = estate;
    this.traffic = new Traffic(estate);
  }

  void compare(List<String> differences) {
    Map<String, List<Member>> groups =
        evidence.members(cluster).stream()
            .filter(member -> !member.leaving())
            .collect(Collectors.groupingBy(Member::group, TreeMap::new, Collectors.toList()));
    groups.forEach((group, members) -> {
      var left = left(group, groups);
      var stayed = stayed(group, groups).stream().filter(m -> !left.contains(m)).toList();
      compare(group, members, stayed, left, differences);
    });
    evidence.members(cluster).stream()
        .filter(Member::leaving)
        .filter(WantedStacks::waits)
        .forEach(member -> differences.add(member + " is deleted and still waits for us"));
    leftovers(groups, differences);
  }

  private static boolean waits(Member member) {
    return Tree.items(member.object(), "metadata", "finalizers").stream()
        .anyMatch(finalizer -> finalizer.asText().contains("ingress.k8s.aws/"));
  }

  /**
   * @param stayed who went elsewhere and still has a say here, and may answer first
   * @param left who has here what he had, since he is not served where he went
   */
  private void compare(
      String group,
      List<Member> members,
      List<Member> stayed,
      List<Member> left,
      List<String> differences) {
    var right = right(members);
    if (right.isEmpty()) {
      return;
    }
    var found =
        estate.loadBalancers().all().stream()
            .filter(row -> ours(row.arn()) && estate.stackOf(row.arn()).equals(group))
            .toList();
    var balancers = found.stream().filter(LoadBalancerRow::application).toList();
    if (balancers.size() != 1) {
      differences.add(
          "group %s of cluster %s has %d load balancers"
              .formatted(group, cluster.name(), balancers.size()));
      return;
    }
    var balancer = balancers.getFirst();
    var fronts = found.stream().filter(row -> !row.application()).toList();
    var asking = Stream.concat(members.stream(), stayed.stream()).toList();
    var there = Stream.concat(asking.stream(), left.stream()).toList();
    scheme(balancer, Standing.schemes(estate, group, there), differences);
    if (Standing.agree(estate, group, there)) {
      right.forEach(member -> address(balancer, member, differences));
      listeners(balancer, asking, left, differences);
      if (left.isEmpty()) {
        new WantedFrontends(estate, balancer, members, differences).compare(fronts);
      }
      if (left.isEmpty() && stayed.isEmpty()) {
        new WantedSettings(evidence, cluster, estate, members, differences).compare(balancer);
      }
    }
  }

  private static List<Member> right(List<Member> members) {
    return members.stream().filter(member -> member.problem().isEmpty()).toList();
  }

  private static boolean allRight(List<Member> members) {
    return right(members).size() == members.size();
  }

  private static void scheme(
      LoadBalancerRow balancer, Set<String> asked, List<String> differences) {
    var allowed = asked.isEmpty() ? Set.of("internal") : asked;
    var scheme = balancer.model().schemeAsString();
    if (!allowed.contains(scheme)) {
      differences.add(balancer.arn() + " is " + scheme + ", asked is " + allowed);
    }
  }

  private static void address(LoadBalancerRow balancer, Member member, List<String> differences) {
    var address = member.address();
    if (!address.equals(balancer.model().dnsName().toLowerCase(Locale.ROOT))) {
      differences.add(
          member + " has the address '" + address + "' and not " + balancer.model().dnsName());
    }
  }

  private void listeners(
      LoadBalancerRow balancer, List<Member> members, List<Member> left, List<String> differences) {
    var right = right(members);
    var ports = new TreeMap<Integer, String>();
    right.forEach(member -> ports.putAll(member.ports()));
    var redirect = right.stream().flatMap(member -> member.redirect().stream()).findFirst();
    ports.forEach((port, protocol) -> {
      var end = traffic.request(balancer.arn(), port, NOBODY, "/");
      if (protocol.equals("HTTP") && redirect.isPresent()) {
        if (!redirects(end, redirect.get())) {
          differences.add(place(balancer, port, NOBODY, "/") + " should redirect, but: " + end);
        }
      } else if (!protocol.equals("HTTP") || !redirectsAsBefore(balancer, members, left, end)) {
        visitors(balancer, members, left, port, differences);
      }
    });
    if (allRight(members) && left.isEmpty()) {
      estate.listeners().in(balancer.arn()).stream()
          .filter(row -> ours(row.arn()))
          .filter(row -> !ports.containsKey(row.model().port()))
          .forEach(row -> differences.add("nobody asks for " + row.arn()));
    }
  }

  /** Whether a member that is wrong now, or left, asks for it: the group goes on to redirect. */
  private boolean redirectsAsBefore(
      LoadBalancerRow balancer, List<Member> members, List<Member> left, Traffic.End end) {
    var group = estate.stackOf(balancer.arn());
    return Stream.concat(members.stream(), left.stream())
        .filter(member -> Standing.kept(estate, group, member).isPresent())
        .anyMatch(member -> member.redirect().filter(port -> redirects(end, port)).isPresent());
  }

  private static boolean redirects(Traffic.End end, int port) {
    return end.equals(new Redirected("HTTPS", Integer.toString(port)));
  }

  private void visitors(
      LoadBalancerRow balancer,
      List<Member> members,
      List<Member> left,
      int port,
      List<String> differences) {
    var onPort =
        members.stream()
            .filter(m -> m.ports().containsKey(port) || m.problem().isPresent())
            .toList();
    var asked = new HashSet<String>();
    for (var member : onPort) {
      for (var path : member.paths()) {
        for (var example : path.examples()) {
          if (asked.add(path.example() + example) && !answers(left, path.example(), example)) {
            visit(balancer, onPort, port, path.example(), example, differences);
          }
        }
      }
    }
    if (!answers(left, NOBODY, "/nowhere")) {
      visit(balancer, onPort, port, NOBODY, "/nowhere", differences);
    }
  }

  /** Whether what one of them had may answer there: of that he keeps what he still names. */
  private static boolean answers(List<Member> left, String host, String path) {
    return left.stream()
        .anyMatch(m -> m.answering(host, path).isPresent() || m.fallback().isPresent());
  }

  private void visit(
      LoadBalancerRow balancer,
      List<Member> members,
      int port,
      String host,
      String path,
      List<String> differences) {
    var end = traffic.request(balancer.arn(), port, host, path);
    var where = place(balancer, port, host, path);
    var answering = answering(members, host, path);
    var fallbacks = members.stream().filter(member -> member.fallback().isPresent()).toList();
    if (!answering.isEmpty()) {
      noneOf(answering, m -> m.answering(host, path).orElseThrow().backend(), end)
          .ifPresent(why -> differences.add(where + ": " + why));
    } else if (!fallbacks.isEmpty()) {
      noneOf(fallbacks, m -> m.fallback().orElseThrow(), end)
          .ifPresent(why -> differences.add(where + ": " + why));
    } else if (allRight(members) && !end.equals(new Traffic.Fixed("404"))) {
      differences.add(where + " should find nothing, but: " + end);
    }
  }

  /** Why the end is what none of them asks for; while one of them is wrong, it may be anything. */
  private Optional<String> noneOf(
      List<Member> members, Function<Member, Member.Backend> backend, Traffic.End end) {
    if (!allRight(members)) {
      return Optional.empty();
    }
    var why = members.stream().map(member -> wrong(member, backend.apply(member), end)).toList();
    return why.stream().allMatch(Optional::isPresent) ? why.getFirst() : Optional.empty();
  }

  /** The first member in order that answers, and those whose rules stand before its own if live. */
  private static List<Member> answering(List<Member> members, String host, String path) {
    var answering = members.stream().filter(m -> m.answering(host, path).isPresent()).toList();
    return answering.stream()
        .filter(m ->
            answering
                .getFirst()
                .answering(host, path)
                .orElseThrow()
                .takesIn(m.answering(host, path).orElseThrow()))
        .toList();
  }

  /** Why the end is not what the member asks for. */
  private Optional<String> wrong(Member member, Member.Backend backend, Traffic.End end) {
    return switch (backend) {
      case Member.Fixed(var status) ->
          end.equals(new Traffic.Fixed(status))
              ? Optional.empty()
              : Optional.of(member + " asks for " + status + ", but: " + end);
      case Member.Redirect(var protocol, var port) ->
          end instanceof Redirected(var p, var at)
                  && (protocol.isEmpty() || protocol.equals(p))
                  && (port.isEmpty() || port.equals(at))
              ? Optional.empty()
              : Optional.of(member + " asks for a redirect, but: " + end);
      case Member.Services(var ports) ->
          end instanceof Forwarded(var groups)
              ? targets(member, ports, groups)
              : Optional.of(member + " asks for " + ports + ", but: " + end);
      case Member.Other() -> Optional.empty();
    };
  }

  private Optional<String> targets(
      Member member, List<Member.ServicePort> ports, Set<String> groups) {
    var must = new TreeSet<String>();
    var may = new TreeSet<String>();
    for (var port : ports) {
      var service =
          cluster.find(ClusterEyes.SERVICES, member.namespace(), port.service()).orElseThrow();
      var ip = Endpoints.isIp(Tree.texts(member.object(), "metadata", "annotations"), service);
      var endpoints = Endpoints.of(cluster, service, port.port(), ip);
      must.addAll(endpoints.must());
      may.addAll(endpoints.may());
    }
    return WantedBindings.difference(estate, groups, must, may)
        .map(why -> "behind " + ports + " of " + member + " " + why);
  }

  private static String place(LoadBalancerRow balancer, int port, String host, String path) {
    return host + ":" + port + path + " at " + balancer.model().loadBalancerName();
  }

  /** What carries our marks and nobody asks for. */
  private void leftovers(Map<String, List<Member>> groups, List<String> differences) {
    for (var row : estate.loadBalancers().all()) {
      leftover(row.arn(), groups, differences);
    }
    for (var row : estate.targetGroups().all()) {
      leftover(row.arn(), groups, differences);
      var members = groups.getOrDefault(estate.stackOf(row.arn()), List.of());
      var resource = estate.resourceOf(row.arn());
      var asked =
          members.stream()
              .anyMatch(m ->
                  m.problem().isPresent()
                      || row.model().targetTypeAsString().equals("alb")
                      || m.services().stream()
                          .map(p -> m.path() + "-" + p.service() + ":" + p.port())
                          .anyMatch(id -> Objects.equals(id, resource)));
      var kept = keptFor(estate.stackOf(row.arn()), groups);
      if (!members.isEmpty() && ours(row.arn()) && !asked && !kept) {
        differences.add("no member asks for " + resource + ": " + row.arn());
      }
    }
    for (var group : estate.securityGroups().all()) {
      leftover(group.groupId(), groups, differences);
    }
  }

  private void leftover(String id, Map<String, List<Member>> groups, List<String> differences) {
    var stack = estate.stackOf(id);
    if (ours(id) && !stack.isEmpty() && !groups.containsKey(stack) && !keptFor(stack, groups)) {
      differences.add("nobody asks for " + id + " of group " + stack);
    }
  }

  private boolean ours(String id) {
    return estate.clusterOf(id).equals(cluster.name());
  }

  private boolean keptFor(String former, Map<String, List<Member>> groups) {
    return !stayed(former, groups).isEmpty() || !left(former, groups).isEmpty();
  }

  /** Who went to a group that cannot serve him as he is: he keeps what he had in the former one. */
  private List<Member> left(String former, Map<String, List<Member>> groups) {
    return movedFrom(former, groups)
        .filter(member -> member.problem().isPresent() || !agree(member.group()))
        .toList();
  }

  private boolean agree(String group) {
    return Standing.agree(estate, group, Standing.in(estate, group, evidence.members(cluster)));
  }

  /** Who went elsewhere while a member of the former group holds one of its names there. */
  private List<Member> stayed(String former, Map<String, List<Member>> groups) {
    var held =
        groups.getOrDefault(former, List.of()).stream()
            .flatMap(member -> member.names().stream())
            .filter(host -> leadsTo(host, former))
            .collect(Collectors.toSet());
    return movedFrom(former, groups)
        .filter(member -> member.names().stream().anyMatch(held::contains))
        .toList();
  }

  private static Stream<Member> movedFrom(String former, Map<String, List<Member>> groups) {
    return groups.values().stream().flatMap(List::stream).filter(member -> member.wasIn(former));
  }

  private boolean leadsTo(String host, String group) {
    return traffic
        .behind(host)
        .filter(row -> ours(row.arn()) && estate.stackOf(row.arn()).equals(group))
        .isPresent();
  }
}
