package dev.penstock.streams.decide;

import dev.penstock.plan.Order;
import dev.penstock.plan.names.StackNames;
import dev.penstock.schemas.aws.Link;
import dev.penstock.schemas.aws.Live;
import dev.penstock.schemas.aws.Live.LiveTargetGroup;
import dev.penstock.schemas.aws.TargetHealth;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ResourceIds;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.ResourceKind;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.table.DesiredRow;
import dev.penstock.schemas.table.ObservedRow.Present;
import dev.penstock.schemas.table.ReferenceRow;
import dev.penstock.schemas.table.TargetRow;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.tables.Tables.Entry;
import dev.penstock.streams.turn.Dirt;
import dev.penstock.streams.turn.Turn;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether all that a stack wants is there and able to serve, so that clients may be led to it: each
 * resource is present, and each target group that has endpoints a healthy target, or serves no
 * worse than the group whose place it takes. A group that nothing links to needs no health, and
 * while others are replaced a group that takes nobody's place needs none for the stack to be whole:
 * who comes new waits for it alone. One is made for a decision, since it keeps what it found the
 * first time.
 */
final class Completeness {
  /**
   * What AWS says of a load balancer behind a group without any check: nothing yet, that the first
   * one is under way, or that no listener forwards to the group, so that none is made.
   */
  private static final List<String> UNCHECKED =
      List.of("", TargetHealth.INITIAL, TargetHealth.UNUSED);

  /**
   * States of targets that are not healthy and that no check under way will change: it failed, or
   * none is made, since no listener forwards to the group or its checks are off.
   */
  private static final List<String> WITHOUT_HEALTH =
      List.of(TargetHealth.UNHEALTHY, TargetHealth.UNUSED, TargetHealth.UNAVAILABLE);

  private static final String WAITS = "waits-for-targets ";

  /** AWS sends requests to unhealthy targets, but only where none is healthy. */
  private enum Service {
    NONE,
    UNHEALTHY,
    HEALTHY
  }

  private final Turn turn;
  private final StackId stack;
  private final StackId waiting;
  private final Map<ObjectKey, List<Entry<DesiredRow>>> byMember = new HashMap<>();
  private final Map<String, List<ResourceKey>> standing = new HashMap<>();
  private final Set<Link> used = new HashSet<>();
  private Optional<Boolean> whole = Optional.empty();

  Completeness(Turn turn, StackId stack) {
    this(turn, stack, stack);
  }

  /**
   * @param waiting the stack that is decided again when the targets of {@code stack} change
   */
  Completeness(Turn turn, StackId stack, StackId waiting) {
    this.turn = turn;
    this.stack = stack;
    this.waiting = waiting;
  }

  /**
   * Whether all that the stack answers now is answered as well by what takes its place: who comes
   * new waits for his own targets alone. If not, the stack is decided again when it may be.
   */
  boolean whole() {
    if (whole.isEmpty()) {
      var fresh = replaces() ? Service.NONE : Service.HEALTHY;
      whole = Optional.of(wanted().allMatch(key -> isThere(key, fresh)));
    }
    return whole.get() || await();
  }

  /** What one member wants, if it wants anything; else as {@link #whole}. */
  boolean whole(ObjectKey member) {
    var own = of(member).stream().filter(e -> e.row().wanted()).map(Completeness::key).toList();
    return !own.isEmpty() && own.stream().allMatch(key -> isThere(key, Service.HEALTHY)) || await();
  }

  /** What the member wants, or wanted. */
  List<Entry<DesiredRow>> of(ObjectKey member) {
    if (byMember.isEmpty()) {
      for (var entry : turn.scan(Table.DESIRED, stack + "|")) {
        for (var wants : entry.row().wantedBy()) {
          byMember.computeIfAbsent(wants, _ -> new ArrayList<>()).add(entry);
        }
      }
    }
    return byMember.getOrDefault(member, List.of());
  }

  /** What stands behind the network load balancer in front; else as {@link #whole}. */
  boolean behind() {
    return wanted()
            .filter(key -> !StackNames.isFrontend(key.id()))
            .allMatch(key -> isThere(key, Service.HEALTHY))
        || await();
  }

  /** Its resources make a stack dirty by themselves, their targets only where it waits for them. */
  private boolean await() {
    turn.put(Table.REFERENCES, waits(stack) + waiting, new ReferenceRow(waiting.toString()));
    return false;
  }

  private static String waits(StackId stack) {
    return WAITS + stack + " > ";
  }

  /** The group's targets changed: whoever waits for them looks again. */
  static void targetsChanged(Turn turn, ResourceKey group) {
    for (var wait : turn.scan(Table.REFERENCES, waits(group.stack()))) {
      turn.delete(Table.REFERENCES, wait.key());
      var waiting = StackId.parse(wait.row().from());
      Dirt.stack(turn, waiting, "targets of " + group.id() + " changed");
    }
  }

  /**
   * A load balancer behind a group was checked by AWS, whatever the answer: where all targets are
   * unhealthy, a network load balancer sends to all of them.
   */
  static boolean checked(Live live) {
    return !(live instanceof LiveTargetGroup group)
        || group.spec().behind().isEmpty()
        || !UNCHECKED.contains(group.behindState().orElse(""));
  }

  private Stream<ResourceKey> wanted() {
    return turn.scan(Table.DESIRED, stack + "|").stream()
        .filter(e -> e.row().wanted())
        .map(Completeness::key);
  }

  static ResourceKey key(Entry<DesiredRow> entry) {
    return ResourceKey.parse(entry.key());
  }

  /**
   * @param fresh what a target group must do that takes nobody's place
   */
  private boolean isThere(ResourceKey key, Service fresh) {
    var live = Knowledge.live(turn, key);
    if (live.isEmpty() || !checked(live.get())) {
      return false;
    }
    if (key.kind() != ResourceKind.TARGET_GROUP) {
      return true;
    }
    var targets = turn.scan(Table.TARGETS, key + "|");
    var service = service(states(targets));
    return targets.stream().noneMatch(e -> e.row().endpoint().isPresent())
        || service == Service.HEALTHY
        || service.compareTo(needed(key).orElse(fresh)) >= 0
        || !isUsed(key);
  }

  /** Less than a healthy target is enough only where it is known that there was none before. */
  private Optional<Service> needed(ResourceKey group) {
    return standing(group)
        .filter(other -> !other.equals(group))
        .map(other -> states(turn.scan(Table.TARGETS, other + "|")))
        .map(states ->
            states.isEmpty() || !WITHOUT_HEALTH.containsAll(states)
                ? Service.HEALTHY
                : service(states))
        .max(Comparator.naturalOrder());
  }

  /** Whether requests shall be sent to the group: a rule that a redirect catches has one too. */
  private boolean isUsed(ResourceKey group) {
    if (used.isEmpty()) {
      turn.scan(Table.DESIRED, stack + "|").stream()
          .filter(e -> e.row().wanted())
          .flatMap(e -> Order.links(e.row().spec()))
          .forEach(used::add);
    }
    return used.contains(new Link.Ref(group));
  }

  private static Service service(Set<String> states) {
    if (states.contains(TargetHealth.HEALTHY)) {
      return Service.HEALTHY;
    }
    return states.contains(TargetHealth.UNHEALTHY) ? Service.UNHEALTHY : Service.NONE;
  }

  /** The target group, and those in whose place it comes, as far as they are there. */
  private Stream<ResourceKey> standing(ResourceKey group) {
    return standing().getOrDefault(ResourceIds.plain(group.id()), List.of()).stream();
  }

  /** Whether target groups are there beside those in whose place they come. */
  private boolean replaces() {
    return standing().values().stream().anyMatch(generations -> generations.size() > 1);
  }

  private Map<String, List<ResourceKey>> standing() {
    if (standing.isEmpty()) {
      for (var entry :
          turn.scan(Table.OBSERVED, stack + "|" + ResourceKind.TARGET_GROUP.text() + "|")) {
        if (entry.row().presence() instanceof Present) {
          var key = ResourceKey.parse(entry.key());
          standing.computeIfAbsent(ResourceIds.plain(key.id()), _ -> new ArrayList<>()).add(key);
        }
      }
    }
    return standing;
  }

  /** What AWS says of the targets that do not leave. */
  private static Set<String> states(List<Entry<TargetRow>> targets) {
    return targets.stream()
        .flatMap(e -> e.row().registered().stream())
        .map(r -> r.health().state())
        .filter(state -> !state.endsWith(TargetHealth.DRAINING))
        .collect(Collectors.toSet());
  }
}
