package dev.penstock.sandbox.simulation.check;

import dev.penstock.sandbox.aws.engine.RowChange;
import dev.penstock.sandbox.aws.engine.Rows.ListenerRow;
import dev.penstock.sandbox.aws.engine.Rows.LoadBalancerRow;
import dev.penstock.sandbox.aws.engine.Rows.RecordRow;
import dev.penstock.sandbox.aws.engine.Rows.RuleRow;
import dev.penstock.sandbox.kubernetes.store.StoreKey;
import dev.penstock.sandbox.simulation.check.Traffic.Forwarded;
import dev.penstock.sandbox.simulation.check.Traffic.Redirected;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What visitors lose by a call of ours: whoever was served before it is served after it, as long as
 * the member that asks for this is as it was when the call was decided.
 */
final class VisitorLosses {
  /** A visitor of a member who is no longer served. */
  record Loss(String text, boolean othersInError) {}

  private final Evidence evidence;
  private Optional<Evidence.Call> judged = Optional.empty();
  private List<Loss> losses = List.of();

  VisitorLosses(Evidence evidence) {
    this.evidence = evidence;
  }

  List<Loss> losses(Evidence.Call call) {
    if (judged.filter(call::equals).isEmpty()) {
      judged = Optional.of(call);
      losses = call.entry().effective() ? judge(call) : List.of();
    }
    return losses;
  }

  private List<Loss> judge(Evidence.Call call) {
    var found = new ArrayList<Loss>();
    for (var balancer : balancers(call)) {
      standing(call, call.before().clusterOf(balancer), call.before().stackOf(balancer))
          .forEach(member -> visits(call, balancer, member, found));
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
  private static Set<String> balancers(Evidence.Call call) {
    var arns = new HashSet<String>();
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

  /** Members that are right, stay, and were the same when the call was decided, as their group. */
  private List<Member> standing(Evidence.Call call, String cluster, String group) {
    var eyes = evidence.cluster(cluster);
    if (eyes.isEmpty()) {
      return List.of();
    }
    var known = evidence.known(call);
    var members =
        evidence.members(eyes.get()).stream().filter(m -> m.group().equals(group)).toList();
    if (members.stream().anyMatch(m -> m.problem().isEmpty() && edited(eyes.get(), m, known))) {
      return List.of();
    }
    return members.stream()
        .filter(member -> member.problem().isEmpty() && !member.leaving())
        .toList();
  }

  private static boolean edited(ClusterEyes eyes, Member member, Instant known) {
    return eyes.edited(member.key()).isAfter(known)
        || member.services().stream()
            .map(port -> new StoreKey(ClusterEyes.SERVICES, member.namespace(), port.service()))
            .anyMatch(service -> eyes.edited(service).isAfter(known));
  }

  private void visits(Evidence.Call call, String balancer, Member member, List<Loss> found) {
    var group = evidence.members(evidence.cluster(member.cluster()).orElseThrow());
    var before = new Traffic(call.before());
    var after = new Traffic(call.estate());
    for (var port : member.ports().keySet()) {
      for (var path : member.paths()) {
        if (!(path.backend() instanceof Member.Services)) {
          continue;
        }
        for (var asked : path.examples()) {
          var host = path.example();
          if (!answers(group, member, port, host, asked)
              || !serves(call.before(), member, before.request(balancer, port, host, asked))) {
            continue;
          }
          var end = after.request(balancer, port, host, asked);
          if (!(end instanceof Redirected) && !serves(call.estate(), member, end)) {
            var text =
                call + ": visitors of " + host + asked + " on port " + port + " of " + member;
            found.add(new Loss(text + " now meet " + end, inError(group, member)));
            return;
          }
        }
      }
    }
  }

  /** Whether the member is the first of its group to answer there. */
  private static boolean answers(
      List<Member> members, Member member, int port, String host, String asked) {
    return members.stream()
        .filter(other -> other.group().equals(member.group()) && other.ports().containsKey(port))
        .filter(other -> other.answering(host, asked).isPresent())
        .findFirst()
        .filter(member::equals)
        .isPresent();
  }

  private static boolean inError(List<Member> members, Member member) {
    return members.stream()
        .anyMatch(other -> other.group().equals(member.group()) && other.problem().isPresent());
  }

  /** Whether somebody stands behind the end who belongs to the member. */
  private static boolean serves(Estate estate, Member member, Traffic.End end) {
    return end instanceof Forwarded(var groups)
        && groups.stream()
            .filter(arn ->
                estate
                    .tagsOf(arn)
                    .getOrDefault("ingress.k8s.aws/resource", "")
                    .startsWith(member.path() + "-"))
            .anyMatch(arn -> !estate.registered(arn).isEmpty());
  }

  /**
   * A name that led to a load balancer of a member that still claims it leads to one of its own.
   */
  private void name(Evidence.Call call, RowChange change, List<Loss> found) {
    var row = (RecordRow) change.before().or(change::after).orElseThrow();
    if (!row.model().typeAsString().equals("A") || change.before().isEmpty()) {
      return;
    }
    var host =
        row.model().name().substring(0, row.model().name().length() - 1).replace("\\052", "*");
    var before = new Traffic(call.before()).behind(host);
    var after = new Traffic(call.estate()).behind(host);
    if (before.isEmpty()) {
      return;
    }
    var arn = before.get().arn();
    var cluster = call.before().clusterOf(arn);
    var group = call.before().stackOf(arn);
    var still =
        standing(call, cluster, group).stream().filter(m -> m.names().contains(host)).findFirst();
    var kept =
        after
            .filter(row2 -> call.estate().clusterOf(row2.arn()).equals(cluster))
            .filter(row2 -> call.estate().stackOf(row2.arn()).equals(group))
            .isPresent();
    if (still.isPresent() && !kept && !plain(still.get())) {
      found.add(
          new Loss(
              call + " took " + host + " from " + still.get() + ", which still claims it",
              inError(evidence.members(evidence.cluster(cluster).orElseThrow()), still.get())));
    }
  }

  /** Whether the member names targets of its own for its host names. */
  private static boolean plain(Member member) {
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
    for (var member : standing(call, cluster, group)) {
      for (var host : member.names()) {
        var alias = new Traffic(call.estate()).alias(host, "A").map(Traffic::bare);
        if (alias.filter(dnsName::equals).isPresent()) {
          found.add(
              new Loss(
                  call + " left " + host + " of " + member + " without load balancer",
                  inError(evidence.members(evidence.cluster(cluster).orElseThrow()), member)));
        }
      }
    }
  }
}
