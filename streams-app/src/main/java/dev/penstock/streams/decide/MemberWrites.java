package dev.penstock.streams.decide;

import dev.penstock.plan.StackPlan.MemberStatus;
import dev.penstock.plan.names.Finalizers;
import dev.penstock.schemas.aws.Live;
import dev.penstock.schemas.command.Cause;
import dev.penstock.schemas.command.KubernetesWrite;
import dev.penstock.schemas.intent.MemberIntent;
import dev.penstock.schemas.intent.Problem;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.kubernetes.Ingress;
import dev.penstock.schemas.kubernetes.KubernetesObject;
import dev.penstock.schemas.kubernetes.LoadBalancerAddress;
import dev.penstock.schemas.kubernetes.LoadBalancerAddress.StatusPort;
import dev.penstock.schemas.table.MemberRow;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.tables.Tables.Entry;
import dev.penstock.streams.turn.Intents;
import dev.penstock.streams.turn.Turn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What a member's own object needs written: the finalizer before the first AWS write for it, the
 * address when its own rules are applied, Events about its problems, and at the end the finalizer's
 * removal when its own resources are gone.
 */
final class MemberWrites {
  private final Turn turn;
  private final StackId stack;
  private final Map<ObjectKey, MemberStatus> statuses = new HashMap<>();
  private final Set<String> shared;
  private final Set<ObjectKey> letGo;
  private final Cause cause;
  private final Completeness complete;
  private Optional<Boolean> anyForeign = Optional.empty();

  /** The members as the stack was planned, and what the plan says of them. */
  record Planned(List<MemberRow> members, List<MemberStatus> statuses) {}

  MemberWrites(Turn turn, StackId stack, Planned planned, Cause cause) {
    this.turn = turn;
    this.stack = stack;
    this.cause = cause;
    this.complete = new Completeness(turn, stack);
    planned.statuses().forEach(status -> this.statuses.put(status.member(), status));
    this.shared =
        members(planned, MemberWrites::stands).stream()
            .flatMap(member -> complete.of(member).stream())
            .map(Entry::key)
            .collect(Collectors.toSet());
    this.letGo = members(planned, MemberRow::leaving);
  }

  private static Set<ObjectKey> members(Planned planned, Predicate<MemberRow> which) {
    return planned.members().stream()
        .filter(which)
        .map(row -> row.current().member())
        .collect(Collectors.toSet());
  }

  /** True if the news reached the object's command, or can reach nobody. */
  boolean write(MemberRow row, List<Problem> news) {
    var member = row.current().member();
    var object = turn.get(Table.OBJECTS, member.toString());
    if (object.isEmpty()) {
      letGo(row, Optional.empty());
      return true;
    }
    if (letGo(row, Optional.of(object.get().object()))) {
      return true;
    }
    var writes = new ArrayList<KubernetesWrite>();
    finalizer(row, object.get().object()).ifPresent(writes::add);
    status(row, object.get().object()).ifPresent(writes::add);
    if (writes.stream().anyMatch(w -> w instanceof KubernetesWrite.SetLoadBalancerStatus)) {
      writes.add(
          new KubernetesWrite.RecordEvent(
              "Normal", "SuccessfullyReconciled", "the load balancer serves this Ingress"));
    }
    news.forEach(
        p -> writes.add(new KubernetesWrite.RecordEvent("Warning", p.reason(), p.message())));
    var subject = new ObjectWrites.Subject(member, object.get().object().metadata().uid());
    return ObjectWrites.ask(turn, subject, w -> owns(w, row), writes, cause);
  }

  /** Each stack owns its finalizer; the address belongs to the stack that the member is in. */
  private boolean owns(KubernetesWrite write, MemberRow row) {
    var finalizer = Finalizers.of(stack);
    return switch (write) {
      case KubernetesWrite.AddFinalizer(var name) -> name.equals(finalizer);
      case KubernetesWrite.RemoveFinalizer(var name) -> name.equals(finalizer);
      case KubernetesWrite.SetLoadBalancerStatus _ -> !row.leaving();
      case KubernetesWrite.SetCondition _,
          KubernetesWrite.RecordEvent _,
          KubernetesWrite.ApplyTargetGroupBinding _,
          KubernetesWrite.DeleteTargetGroupBinding _,
          KubernetesWrite.ApplyTargetList _,
          KubernetesWrite.DeleteTargetList _ ->
          false;
    };
  }

  /** A leaving member without finalizer and without resources is forgotten. */
  private boolean letGo(MemberRow row, Optional<KubernetesObject> object) {
    var has =
        object.filter(o -> o.metadata().finalizers().contains(Finalizers.of(stack))).isPresent();
    if (!row.leaving() || has || !free(row.current().member())) {
      return false;
    }
    Intents.delete(turn, row.current().member(), stack);
    return true;
  }

  private Optional<KubernetesWrite> finalizer(MemberRow row, KubernetesObject object) {
    var finalizer = Finalizers.of(stack);
    var has = object.metadata().finalizers().contains(finalizer);
    var member = row.current().member();
    if (row.leaving()) {
      return has && free(member)
          ? Optional.of(new KubernetesWrite.RemoveFinalizer(finalizer))
          : Optional.empty();
    }
    var needed = complete.of(member).stream().anyMatch(e -> e.row().wanted());
    return needed && !has && object.metadata().deleted().isEmpty()
        ? Optional.of(new KubernetesWrite.AddFinalizer(finalizer))
        : Optional.empty();
  }

  /**
   * Whether the member takes part no more, and nothing that was made for it alone is left; what a
   * member that stands wants too is no longer its own, nor is what others took over.
   */
  private boolean free(ObjectKey member) {
    return letGo.contains(member)
        && complete.of(member).stream()
            .filter(e -> there(e.key()))
            .allMatch(e ->
                e.row().wanted()
                    ? shared.contains(e.key())
                    : Strangers.keep(turn, ResourceKey.parse(e.key()), this::anyForeign));
  }

  private boolean anyForeign() {
    if (anyForeign.isEmpty()) {
      anyForeign = Optional.of(Strangers.any(turn, stack));
    }
    return anyForeign.get();
  }

  private boolean there(String key) {
    return turn.get(Table.DESIRED, key).isPresent();
  }

  private Optional<KubernetesWrite> status(MemberRow row, KubernetesObject object) {
    if (row.leaving() || !(object instanceof Ingress ingress)) {
      return Optional.empty();
    }
    var member = row.current().member();
    return Optional.ofNullable(statuses.get(member))
        .filter(s -> s.needs().stream().allMatch(k -> Knowledge.live(turn, k).isPresent()))
        .filter(s -> new ShownAddress(turn, member).mayBe(s.loadBalancer(), complete))
        .flatMap(this::addresses)
        .filter(wanted -> !ingress.status().equals(wanted))
        .map(KubernetesWrite.SetLoadBalancerStatus::new);
  }

  private Optional<List<LoadBalancerAddress>> addresses(MemberStatus status) {
    var ports = status.ports().stream().map(p -> new StatusPort(p, "TCP")).toList();
    return dnsName(status.loadBalancer())
        .map(name -> {
          var addresses = new ArrayList<>(List.of(address(name, ports)));
          status
              .frontend()
              .flatMap(this::dnsName)
              .ifPresent(frontend -> addresses.add(address(frontend, List.of())));
          return List.copyOf(addresses);
        });
  }

  private Optional<String> dnsName(ResourceKey balancer) {
    return Knowledge.live(turn, balancer)
        .flatMap(
            live -> live instanceof Live.LiveLoadBalancer b ? Optional.of(b) : Optional.empty())
        .map(b -> b.dnsName().toLowerCase(Locale.ROOT));
  }

  private static LoadBalancerAddress address(String name, List<StatusPort> ports) {
    return new LoadBalancerAddress(Optional.of(name), Optional.empty(), ports);
  }

  private static boolean stands(MemberRow row) {
    return switch (row.current().state()) {
      case MemberIntent.Valid _ -> true;
      case MemberIntent.Invalid _ -> row.lastGood().isPresent();
      case MemberIntent.Leaving _ -> false;
    };
  }
}
