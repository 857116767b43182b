package dev.penstock.streams.decide;

import dev.penstock.plan.Written;
import dev.penstock.schemas.aws.Aspect;
import dev.penstock.schemas.aws.Live;
import dev.penstock.schemas.aws.LoadBalancerSpec;
import dev.penstock.schemas.command.Cause;
import dev.penstock.schemas.command.CommandKey;
import dev.penstock.schemas.command.Lane;
import dev.penstock.schemas.command.Operation;
import dev.penstock.schemas.command.Reading;
import dev.penstock.schemas.command.Urgency;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.ResourceKind;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.key.StackKind;
import dev.penstock.schemas.table.ObservedRow;
import dev.penstock.schemas.table.ObservedRow.Missing;
import dev.penstock.schemas.table.TimerRow.TimerKind;
import dev.penstock.streams.fold.Observed;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.tables.Tables.Entry;
import dev.penstock.streams.turn.ClusterNames;
import dev.penstock.streams.turn.Timers;
import dev.penstock.streams.turn.Turn;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Asks AWS: the only commands that shadow allows. A read that finds no room is asked for later. */
final class Reads {
  private static final int PART_OF_AGE = 8;
  private static final long LONGEST_POLL_MILLIS = Duration.ofMinutes(10).toMillis();

  private Reads() {}

  /** Everything that a resource's own calls answer. */
  static void resource(Turn turn, ResourceKey key, Optional<String> id, Optional<String> name) {
    var live = Knowledge.live(turn, key);
    var awaited = live.flatMap(l -> awaited(turn, key, l));
    if (live.isPresent() && awaited.isPresent()) {
      // An answer that changes nothing wakes nobody who would ask again.
      var soon = turn.now().plusMillis(pollMillis(turn, live.get()));
      Timers.set(turn, TimerKind.OBSERVE, key.toString(), soon);
    }
    var aspects = awaited.orElseGet(() -> everything(turn, key));
    var reading = new Reading.ReadResource(id, name, aspects);
    ask(turn, key, reading, Urgency.STRUCTURE, key.toString());
  }

  private static List<Aspect> everything(Turn turn, ResourceKey key) {
    return Stream.of(Aspect.values())
        .filter(aspect -> aspect != Aspect.CAPACITY || reserves(turn, key))
        .toList();
  }

  /**
   * What alone is waited for: that a load balancer is provisioned, that AWS has checked the one
   * behind a group of target type alb, which it does once a listener forwards to the group, that a
   * certificate is issued.
   */
  static Optional<List<Aspect>> awaited(Turn turn, ResourceKey key, Live live) {
    if (live instanceof Live.LiveLoadBalancer b && b.state().equals("provisioning")) {
      return Optional.of(List.of(Aspect.CORE));
    }
    if (live instanceof Live.LiveCertificate c && c.pending()) {
      return Optional.of(List.of(Aspect.CORE, Aspect.TAGS));
    }
    return !Completeness.checked(live) && Frontends.listens(turn, key, live)
        ? Optional.of(List.of(Aspect.CORE, Aspect.BEHIND))
        : Optional.empty();
  }

  /** How long to wait before the next look at what is waited for: ACM may wait for days. */
  static long pollMillis(Turn turn, Live live) {
    var soon = turn.settings().healthPollMillis();
    return live instanceof Live.LiveCertificate certificate
        ? Math.max(soon, Math.min(age(turn, certificate) / PART_OF_AGE, LONGEST_POLL_MILLIS))
        : soon;
  }

  private static long age(Turn turn, Live.LiveCertificate certificate) {
    return certificate
        .requestedAt()
        .map(at -> Duration.between(at, turn.now()).toMillis())
        .orElse(0L);
  }

  /** A certificate as part of the sweep, or because nothing is known of it. */
  static void certificate(Turn turn, ResourceKey key, Optional<String> id) {
    var live = Knowledge.live(turn, key);
    if (live.filter(l -> awaited(turn, key, l).isEmpty()).isEmpty()) {
      resource(turn, key, id, Identities.name(turn, key));
      return;
    }
    var reading = new Reading.ReadResource(id, Optional.empty(), List.of(Aspect.CORE, Aspect.TAGS));
    ask(turn, key, reading, Urgency.SWEEP, key.toString());
  }

  /** A target group that is not ours: what it is, nothing more. */
  static void group(
      Turn turn, ResourceKey key, Optional<String> id, Optional<String> name, Urgency urgency) {
    var reading = new Reading.ReadResource(id, name, List.of(Aspect.CORE));
    ask(turn, key, reading, urgency, key.toString());
  }

  /** Our rules on a group that is not ours, which no scan by tags shows: part of the sweep. */
  static void rules(Turn turn, ResourceKey key) {
    if (key.kind() == ResourceKind.SECURITY_GROUP_RULES) {
      var aspects = List.of(Aspect.values());
      var reading = new Reading.ReadResource(Optional.of(key.id()), Optional.empty(), aspects);
      ask(turn, key, reading, Urgency.SWEEP, key.stack().cluster());
    }
  }

  static void health(Turn turn, ResourceKey group, String arn, boolean urgent) {
    var urgency = urgent ? Urgency.STRUCTURE : Urgency.TAGS;
    ask(turn, group, new Reading.ReadTargetHealth(arn, List.of()), urgency, group.toString());
  }

  /**
   * What belongs to a cluster; the first time before anything can be decided. Certificates cost a
   * call each: only then, afterwards those that are known are read one by one.
   */
  static void owned(Turn turn, String cluster, String lbcName, boolean first) {
    var names = ClusterNames.all(turn, cluster);
    var reading = new Reading.ReadOwned(names, first && makesCertificates(turn, cluster));
    inventory(turn, cluster, "owned/" + lbcName, reading, first);
  }

  /**
   * One stack, by what is known of it: part of the sweep. While something of it has no id yet that
   * AWS knows, it is looked for by its tags, too.
   */
  static void stack(Turn turn, StackId stack, Urgency urgency) {
    var cluster = turn.get(Table.CLUSTERS, stack.cluster());
    if (stack.kind() == StackKind.INGRESS && cluster.isPresent()) {
      var lbcName = cluster.get().registration().lbcName();
      var there = there(turn, stack);
      var known = new TreeMap<String, String>();
      there.forEach(
          entry -> id(entry).ifPresent(id -> known.put(id, ResourceKey.parse(entry.key()).id())));
      var byTags = there.isEmpty() || known.size() < there.size();
      var reading =
          new Reading.ReadStack(
              lbcName,
              stack,
              known,
              byTags,
              reserved(turn, there),
              ClusterNames.former(turn, stack.cluster()));
      ask(turn, wholeStack(stack), reading, urgency, stack.toString());
    }
  }

  /** A stack as part of the sweep, when there is room. */
  static void stackLater(Turn turn, StackId stack) {
    if (stack.kind() == StackKind.INGRESS) {
      Commands.await(turn, new CommandKey(wholeStack(stack), Lane.OBSERVE));
    }
  }

  private static ResourceKey wholeStack(StackId stack) {
    return new ResourceKey(stack, ResourceKind.INVENTORY, "stack");
  }

  /** What carries tags in a stack and is not known to be missing. */
  private static List<Entry<ObservedRow>> there(Turn turn, StackId stack) {
    return turn.scan(Table.OBSERVED, stack + "|").stream()
        .filter(entry -> Observed.TAGGED.contains(ResourceKey.parse(entry.key()).kind()))
        .filter(entry -> !(entry.row().presence() instanceof Missing))
        .toList();
  }

  private static Optional<String> id(Entry<ObservedRow> entry) {
    return Identities.id(ResourceKey.parse(entry.key()), entry.row());
  }

  /** A call of its own for each: only where we reserved capacity, or somebody speaks of it. */
  private static List<String> reserved(Turn turn, List<Entry<ObservedRow>> there) {
    return there.stream()
        .filter(entry -> reserves(turn, ResourceKey.parse(entry.key())))
        .flatMap(entry -> id(entry).stream())
        .toList();
  }

  private static boolean reserves(Turn turn, ResourceKey key) {
    return Written.holdsCapacity(Knowledge.of(turn, key).lastWritten())
        || turn.get(Table.DESIRED, key.toString())
            .filter(row ->
                row.spec() instanceof LoadBalancerSpec spec
                    && spec.minimumCapacityUnits().isPresent())
            .isPresent();
  }

  static void network(Turn turn, String cluster, String vpcId, boolean first) {
    inventory(turn, cluster, "network/" + vpcId, new Reading.ReadNetwork(vpcId), first);
  }

  static void certificates(Turn turn, boolean first) {
    var tags =
        turn.scan(Table.CLUSTERS, "").stream().anyMatch(e -> makesCertificates(turn, e.key()));
    inventory(turn, "", "certificates", new Reading.ReadCertificates(tags), first);
  }

  /** Only then certificates may be somebody's own: their tags cost a call each. */
  private static boolean makesCertificates(Turn turn, String cluster) {
    return turn.get(Table.CLUSTERS, cluster)
        .filter(row -> row.registration().controller().makesCertificates())
        .isPresent();
  }

  static void zones(Turn turn, boolean first) {
    inventory(turn, "", "zones", new Reading.ReadHostedZones(), first);
  }

  static void records(Turn turn, String zoneId, Urgency urgency) {
    var reading = new Reading.ReadRecords(zoneId, Optional.empty());
    ask(turn, part("", "records/" + zoneId), reading, urgency, turn.scope().toString());
  }

  static void change(Turn turn, String changeId) {
    var key = part("", "change/" + changeId);
    ask(turn, key, new Reading.ReadChange(changeId), Urgency.STRUCTURE, "change|" + changeId);
  }

  static void inventory(Turn turn, String cluster, String part, Reading reading, boolean first) {
    var urgency = first ? Urgency.CREATION : Urgency.SWEEP;
    ask(turn, part(cluster, part), reading, urgency, turn.scope().toString());
  }

  /** What is read and never written has keys of its own, so that its reads do not wait. */
  static ResourceKey part(String cluster, String part) {
    return new ResourceKey(
        new StackId(cluster, StackKind.SHARED, ""), ResourceKind.INVENTORY, part);
  }

  static void ask(Turn turn, ResourceKey key, Reading reading, Urgency urgency, String subject) {
    var lane = new CommandKey(key, Lane.OBSERVE);
    var cause = new Cause(turn.seq(), subject, "it is time to look", false);
    var wish = Commands.ask(turn, lane, urgency, cause, "Observe", new Operation.Observe(reading));
    switch (wish) {
      case Commands.Wish.Open _ -> {}
      case Commands.Wish.Full _ when Commands.leisurely(lane, urgency) ->
          Commands.await(turn, lane);
      case Commands.Wish.Busy _, Commands.Wish.Full _ ->
          Timers.setBy(
              turn,
              TimerKind.RETRY,
              lane.toString(),
              turn.now().plusMillis(turn.settings().retryMillis()));
    }
  }
}
