package dev.penstock.streams.decide;

import dev.penstock.plan.Neighbours;
import dev.penstock.plan.Neighbours.Neighbour;
import dev.penstock.plan.Revocations;
import dev.penstock.plan.Verdict;
import dev.penstock.schemas.aws.Live.LiveListener;
import dev.penstock.schemas.aws.Permission;
import dev.penstock.schemas.key.ResourceKey;
import java.util.List;

/** The listeners of a stack that nobody wants any more and that still take requests (I6). */
record Listening(List<ResourceKey> keys, List<Integer> ports) {
  static Listening of(Neighbours neighbours) {
    var going = neighbours.going().stream().filter(n -> n.live() instanceof LiveListener).toList();
    return new Listening(
        going.stream().map(Neighbour::key).toList(),
        going.stream().map(n -> ((LiveListener) n.live()).spec().port()).toList());
  }

  /** The update of the security group before them; their ports stay open until they are gone. */
  Verdict before(Verdict.Update update) {
    return Revocations.of(update).stream().noneMatch(this::admits)
        ? update
        : Revocations.spared(update, this::admits)
            .<Verdict>map(u -> u)
            .orElseGet(
                () -> new Verdict.Blocked(keys, "a listener that goes still takes requests"));
  }

  private boolean admits(Permission permission) {
    return ports.stream().anyMatch(p -> permission.fromPort() <= p && p <= permission.toPort());
  }
}
