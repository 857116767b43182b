package dev.penstock.sandbox.simulation.check;

import java.util.List;
import java.util.function.Consumer;

/**
 * I7: a member whose scheme is not that of its group's load balancer, because another member has
 * it, is in error: no call of ours begins to lead visitors to it there.
 */
final class LoserCheck implements Check {
  private final VisitorLosses visitors;

  LoserCheck(VisitorLosses visitors) {
    this.visitors = visitors;
  }

  @Override
  public Invariant invariant() {
    return Invariant.I7;
  }

  @Override
  public void called(Evidence.Call call, Consumer<String> wrong) {
    for (var balancer : VisitorLosses.balancers(call)) {
      var scheme =
          call.estate().loadBalancers().find(balancer).orElseThrow().model().schemeAsString();
      var members =
          visitors
              .judged(call, call.before().clusterOf(balancer), call.before().stackOf(balancer))
              .orElse(List.of());
      if (members.stream().anyMatch(member -> asks(member, scheme))) {
        members.stream()
            .filter(member -> member.annotation("scheme").isPresent() && !asks(member, scheme))
            .forEach(loser -> judge(call, balancer, loser, wrong));
      }
    }
  }

  private static boolean asks(Member member, String scheme) {
    return member.annotation("scheme").filter(scheme::equals).isPresent();
  }

  private void judge(Evidence.Call call, String balancer, Member loser, Consumer<String> wrong) {
    VisitorLosses.visits(loser)
        .filter(visit -> visitors.answers(loser, visit))
        .filter(visit -> !leads(call.before(), balancer, loser, visit))
        .filter(visit -> leads(call.estate(), balancer, loser, visit))
        .findFirst()
        .ifPresent(visit ->
            wrong.accept(
                "%s leads visitors of %s%s to %s, which asks for another scheme"
                    .formatted(call, visit.host(), visit.asked(), loser)));
  }

  private static boolean leads(
      Estate estate, String balancer, Member member, VisitorLosses.Visit visit) {
    var end = new Traffic(estate).request(balancer, visit.port(), visit.host(), visit.asked());
    return VisitorLosses.groups(estate, member, end).findAny().isPresent();
  }
}
