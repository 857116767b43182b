package dev.penstock.sandbox.simulation.check;

import dev.penstock.sandbox.aws.engine.RowChange;
import dev.penstock.sandbox.aws.engine.Rows.ListenerRow;
import dev.penstock.sandbox.aws.engine.Rows.LoadBalancerRow;
import dev.penstock.sandbox.aws.engine.Rows.RecordRow;
import dev.penstock.sandbox.aws.engine.Rows.RuleRow;
import dev.penstock.sandbox.kubernetes.store.StoreKey;
import dev.penstock.sandbox.simulation.check.Traffic.Forwarded;
import dev.penstock.sandbox.simulation.check.Traffic.Redirected;
import dev.penstock.sandbox.simulation.check.Traffic.Refused;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What visitors lose by a call of ours: whoever was served before it is served after it, as long as
 * the member that asks for this is as it was when the call was decided.
 */
final class VisitorLosses {
  /** A visitor of a member who is no longer served. */
  record Loss(String text, boolean othersInError) {}

  /** What a visitor asks for. */
  record Visit(int port, String host, String asked) {
    String text(Evidence.Call call, Member member, Traffic.End end) {
      return "%s: visitors of %s%s on port %d of %s now meet %s"
          .formatted(call, host, asked, port, member, end);
    }
  }

  private final Evidence evidence;
  private Optional<Evidence.Call> latest = Optional.empty();
  private List<Loss> losses = List.of();

  VisitorLosses(Evidence evidence) {
    this.evidence = evidence;
  }

  List<Loss> losses(Evidence.Call call) {
    if (latest.filter(call::equals).isEmpty()) {
      latest = Optional.of(call);
      losses = call.entry().effective() ? judge(call) : List.of();
    }
    return losses;
  }

  private List<Loss> judge(Evidence.Call call) {
    var found = new ArrayList<Loss>();
    for (var balancer : balancers(call)) {
      var cluster = call.before().clusterOf(balancer);
      var group = call.before().stackOf(balancer);
      for (var member : judged(call, cluster, group).orElse(List.of())) {
        loss(call, balancer, member, visit -> answers(member, visit)).ifPresent(found::add);
      }
      for (var member : moving(call, cluster, group)) {
        loss(call, balancer, member, visit -> leadsTo(call.before(), visit.host(), balancer))
            .ifPresent(found::add);
      }
    }
    for (var change : call.of(Estate.RECORDS)) {
      name(call, change, found);
    }
    for (var change : call.of(Estate.LOAD_BALANCERS)) {
      if (change.after().isEmpty()) {
        orphans(call, (LoadBalancerRow) change.before().orElseThrow(), found);
      }
    }
    return List.copyOf(found);
  }

  /** Load balancers whose listeners or rules the call changed. */
  static Set<String> balancers(Evidence.Call call) {
    var arns = new TreeSet<String>();
    for (var change : call.of(Estate.LISTENERS)) {
      arns.add(((ListenerRow) change.before().or(change::after).orElseThrow()).loadBalancerArn());
    }
    for (var change : call.of(Estate.RULES)) {
      var rule = (RuleRow) change.before().or(change::after).orElseThrow();
      call.before()
          .listeners()
          .find(rule.listenerArn())
          .ifPresent(listener -> arns.add(listener.loadBalancerArn()));
    }
    arns.removeIf(arn -> !call.estate().loadBalancers().has(arn));
    return arns;
  }

  /**
   * The members that are right and stay, of a group whose members were the same when the call was
   * decided; another group is not judged.
   */
  Optional<List<Member>> judged(Evidence.Call call, String cluster, String group) {
    var eyes = evidence.cluster(cluster);
    if (eyes.isEmpty()) {
      return Optional.empty();
    }
    var known = evidence.known(call);
    var members =
        evidence.members(eyes.get()).stream()
            .filter(member -> member.group().equals(group) && member.problem().isEmpty())
            .toList();
    return members.stream().anyMatch(member -> edited(eyes.get(), member, known))
        ? Optional.empty()
        : Optional.of(members.stream().filter(member -> !member.leaving()).toList());
  }

  private static boolean edited(ClusterEyes eyes, Member member, Instant known) {
    return eyes.edited(member.key()).isAfter(known)
        || member.services().stream()
            .map(port -> new StoreKey(ClusterEyes.SERVICES, member.namespace(), port.service()))
            .anyMatch(service -> eyes.edited(service).isAfter(known));
  }

  /** Members that went to another group, and that the former one still holds. */
  private List<Member> moving(Evidence.Call call, String cluster, String group) {
    var eyes = evidence.cluster(cluster);
    if (eyes.isEmpty()) {
      return List.of();
    }
    return evidence.members(eyes.get()).stream()
        .filter(member -> member.wasIn(group))
        .filter(member -> member.problem().isEmpty() && !member.leaving())
        .filter(member -> !edited(eyes.get(), member, evidence.known(call)))
        .toList();
  }

  /** Whether the name leads visitors there. */
  private static boolean leadsTo(Estate estate, String host, String balancer) {
    return new Traffic(estate).behind(host).filter(row -> row.arn().equals(balancer)).isPresent();
  }

  private Optional<Loss> loss(
      Evidence.Call call, String balancer, Member member, Predicate<Visit> counts) {
    var before = new Traffic(call.before());
    var after = new Traffic(call.estate());
    return visits(member)
        .filter(counts)
        .filter(v ->
            serves(call.before(), member, before.request(balancer, v.port(), v.host(), v.asked())))
        .flatMap(v -> {
          var end = after.request(balancer, v.port(), v.host(), v.asked());
          return leadsOn(after, balancer, v, end) || serves(call.estate(), member, end)
              ? Stream.empty()
              : Stream.of(new Loss(v.text(call, member, end), inError(member)));
        })
        .findFirst();
  }

  /** Whether the visitor is sent on to something that listens. */
  private static boolean leadsOn(Traffic traffic, String balancer, Visit visit, Traffic.End end) {
    return end instanceof Redirected(_, var to)
        && !(traffic.request(balancer, port(visit, to), visit.host(), visit.asked())
            instanceof Refused);
  }

  /** AWS API: RedirectActionConfig; anything but a number is the port that was asked. */
  private static int port(Visit visit, String to) {
    return to.chars().allMatch(Character::isDigit) ? Integer.parseInt(to) : visit.port();
  }

  /** An example of each thing that the member wants its Services to answer. */
  static Stream<Visit> visits(Member member) {
    return member.ports().keySet().stream()
        .flatMap(port ->
            member.paths().stream()
                .filter(path -> path.backend() instanceof Member.Services)
                .flatMap(path ->
                    path.examples().stream().map(asked -> new Visit(port, path.example(), asked))));
  }

  private List<Member> members(Member member) {
    return evidence.members(evidence.cluster(member.cluster()).orElseThrow()).stream()
        .filter(other -> other.group().equals(member.group()))
        .toList();
  }

  /** Whether the member is the first of its group to answer there. */
  boolean answers(Member member, Visit visit) {
    return members(member).stream()
        .filter(other -> other.ports().containsKey(visit.port()))
        .filter(other -> other.answering(visit.host(), visit.asked()).isPresent())
        .findFirst()
        .filter(member::equals)
        .isPresent();
  }

  private boolean inError(Member member) {
    return members(member).stream().anyMatch(other -> other.problem().isPresent());
  }

  /** Whether somebody stands behind the end who belongs to the member. */
  private static boolean serves(Estate estate, Member member, Traffic.End end) {
    return groups(estate, member, end).anyMatch(arn -> !estate.registered(arn).isEmpty());
  }

  /** The target groups of the member behind the end. */
  static Stream<String> groups(Estate estate, Member member, Traffic.End end) {
    return end instanceof Forwarded(var groups)
        ? groups.stream()
            .filter(arn ->
                member.services().stream()
                    .map(port -> member.path() + "-" + port.service() + ":")
                    .anyMatch(estate.resourceOf(arn)::startsWith))
        : Stream.empty();
  }

  /**
   * A name that led to a load balancer of a member that still claims it leads to one of its own; of
   * several that left, one takes it along.
   */
  private void name(Evidence.Call call, RowChange change, List<Loss> found) {
    var row = (RecordRow) change.before().or(change::after).orElseThrow();
    if (!row.model().typeAsString().equals("A") || change.before().isEmpty()) {
      return;
    }
    var host = Traffic.host(row.model());
    var before = new Traffic(call.before()).behind(host);
    var after = new Traffic(call.estate()).behind(host);
    if (before.isEmpty()) {
      return;
    }
    var arn = before.get().arn();
    var cluster = call.before().clusterOf(arn);
    var group = call.before().stackOf(arn);
    var standing = claimants(judged(call, cluster, group).orElse(List.of()), host).findFirst();
    var still = standing.or(() -> claimants(moving(call, cluster, group), host).findFirst());
    var kept =
        after
            .filter(it -> call.estate().clusterOf(it.arn()).equals(cluster))
            .map(it -> call.estate().stackOf(it.arn()))
            .filter(it ->
                it.equals(group) || standing.isEmpty() && isTakenAlong(host, cluster, group, it))
            .isPresent();
    if (still.isPresent() && !kept && !namesTargets(still.get())) {
      found.add(
          new Loss(
              call + " took " + host + " from " + still.get() + ", which still claims it",
              inError(still.get())));
    }
  }

  private static Stream<Member> claimants(List<Member> members, String host) {
    return members.stream().filter(member -> member.names().contains(host));
  }

  /** Whether a member that claims the name went from one group to the other, now or before. */
  private boolean isTakenAlong(String host, String cluster, String former, String next) {
    return evidence.cluster(cluster).stream()
        .flatMap(eyes -> claimants(evidence.members(eyes), host))
        .anyMatch(member -> member.wasIn(former) && member.group().equals(next));
  }

  /** Whether the member names targets of its own for its host names. */
  private static boolean namesTargets(Member member) {
    return member
        .object()
        .path("metadata")
        .path("annotations")
        .propertyStream()
        .anyMatch(a -> a.getKey().contains("external-dns") && !a.getKey().endsWith("/hostname"));
  }

  /** Names that still lead to a load balancer that went. */
  private void orphans(Evidence.Call call, LoadBalancerRow gone, List<Loss> found) {
    var dnsName = Traffic.bare(gone.model().dnsName());
    var cluster = call.before().clusterOf(gone.arn());
    var group = call.before().stackOf(gone.arn());
    var members = new ArrayList<>(judged(call, cluster, group).orElse(List.of()));
    members.addAll(moving(call, cluster, group));
    for (var member : members) {
      for (var host : member.names()) {
        var alias = new Traffic(call.estate()).alias(host, "A").map(Traffic::bare);
        if (alias.filter(dnsName::equals).isPresent()) {
          found.add(
              new Loss(
                  call + " left " + host + " of " + member + " without load balancer",
                  inError(member)));
        }
      }
    }
  }
}
