package dev.penstock.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.penstock.schemas.aws.Aspect;
import dev.penstock.schemas.aws.Live.LiveLoadBalancer;
import dev.penstock.schemas.aws.LoadBalancerSpec;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.table.ObservedRow;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The minimum capacity of a load balancer: when it is written, and when it returns to none. */
final class CapacityTest {
  private static final Optional<Integer> SILENCE = Optional.empty();
  private static final Verdict IN_SYNC = new Verdict.InSync();

  @Test
  void isReservedOnceTheLoadBalancerIsThere() {
    var want = spec(Optional.of(500));
    assertEquals(IN_SYNC, diff(want, live(SILENCE, "provisioning"), List.of()));
    assertEquals(Optional.of(500), written(diff(want, live(SILENCE, "active"), List.of())));
    assertEquals(IN_SYNC, diff(want, live(Optional.of(500), "active"), List.of()));
  }

  @Test
  void returnsToNoneWhenItWasOurs() {
    var live = live(Optional.of(500), "active");
    assertEquals(IN_SYNC, diff(spec(SILENCE), live, List.of()), "by hand: it stays");
    var ours = Written.remember(List.of(), "arn:lb", spec(Optional.of(500)));
    assertEquals(Optional.of(0), written(diff(spec(SILENCE), live, ours)));
    var after = Written.remember(ours, "arn:lb", spec(Optional.of(0)));
    assertEquals(List.of("id:arn:lb"), after, "and is forgotten");
  }

  @Test
  void zeroEndsWhatSomebodyElseReserved() {
    var want = spec(Optional.of(0));
    assertEquals(Optional.of(0), written(diff(want, live(Optional.of(500), "active"), List.of())));
    assertEquals(IN_SYNC, diff(want, live(SILENCE, "active"), List.of()), "nothing was read yet");
  }

  private static Optional<Integer> written(Verdict verdict) {
    var update = assertInstanceOf(Verdict.Update.class, verdict);
    assertEquals(List.of(Aspect.CAPACITY), update.aspects());
    return ((LoadBalancerSpec) update.desired()).minimumCapacityUnits();
  }

  private static Verdict diff(LoadBalancerSpec want, LiveLoadBalancer live, List<String> memory) {
    var key = new ResourceKey(Specs.STACK, Specs.key(want).kind(), Specs.key(want).id());
    return new Differ(Specs.OURS)
        .diff(
            key,
            Optional.of(want),
            new ObservedRow(new ObservedRow.Present(live), 1, Instant.EPOCH, 1, memory));
  }

  private static LiveLoadBalancer live(Optional<Integer> units, String state) {
    return new LiveLoadBalancer("arn:lb", spec(units), "lb.example", "Z1", "vpc-1", state, "");
  }

  private static LoadBalancerSpec spec(Optional<Integer> units) {
    var plain = Specs.loadBalancer("internal", List.of("a"), Map.of(), Specs.tags("LoadBalancer"));
    return new LoadBalancerSpec(
        plain.name(),
        plain.type(),
        plain.scheme(),
        plain.ipAddressType(),
        plain.subnets(),
        plain.securityGroups(),
        plain.customerOwnedIpv4Pool(),
        plain.ipv4IpamPoolId(),
        units,
        plain.attributes(),
        plain.tags(),
        plain.allocationIds());
  }
}
