package dev.penstock.plan.ingress;

import dev.penstock.plan.Cidr;
import dev.penstock.plan.Redirections;
import dev.penstock.plan.names.StackNames;
import dev.penstock.schemas.aws.Link;
import dev.penstock.schemas.aws.ListenerSpec;
import dev.penstock.schemas.aws.Live;
import dev.penstock.schemas.aws.LoadBalancerSpec;
import dev.penstock.schemas.aws.Permission;
import dev.penstock.schemas.aws.ProtectionSpec.Guard;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.ResourceKind;
import dev.penstock.schemas.table.ObservedRow.Missing;
import dev.penstock.schemas.table.ObservedRow.Presence;
import dev.penstock.schemas.table.ObservedRow.Present;
import dev.penstock.schemas.table.ObservedRow.Unknown;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What of a stack is in force in AWS. Of a replacement that host names do not lead to yet it is
 * what will be replaced: nobody's value changes because a load balancer moves.
 */
final class LiveStack {
  private final StackDraft draft;

  LiveStack(StackDraft draft) {
    this.draft = draft;
  }

  /** What is known to be live. */
  Optional<LoadBalancerSpec> loadBalancer() {
    return loadBalancer(StackNames.LOAD_BALANCER);
  }

  /** The network load balancer in front that is known to be live. */
  Optional<LoadBalancerSpec> frontend() {
    return loadBalancer(StackNames.FRONTEND);
  }

  private Optional<LoadBalancerSpec> loadBalancer(String id) {
    return presence(ResourceKind.LOAD_BALANCER, id) instanceof Present(var live)
            && live instanceof Live.LiveLoadBalancer balancer
        ? Optional.of(balancer.spec())
        : Optional.empty();
  }

  <T> InForce<T> loadBalancer(Function<LoadBalancerSpec, Optional<T>> value) {
    return loadBalancerThat(spec -> InForce.equalTo(value.apply(spec)));
  }

  <T> InForce<T> loadBalancerThat(Function<LoadBalancerSpec, Predicate<T>> is) {
    return of(
        ResourceKind.LOAD_BALANCER,
        StackNames.LOAD_BALANCER,
        live ->
            live instanceof Live.LiveLoadBalancer balancer
                ? is.apply(balancer.spec())
                : _ -> false);
  }

  <T> InForce<T> listener(int port, Function<ListenerSpec, Optional<T>> value) {
    return of(
        ResourceKind.LISTENER,
        Integer.toString(port),
        live ->
            live instanceof Live.LiveListener(_, var spec)
                ? InForce.equalTo(value.apply(spec))
                : _ -> false);
  }

  /** What is known to be live on a port. */
  Optional<ListenerSpec> listener(int port) {
    return presence(ResourceKind.LISTENER, Integer.toString(port)) instanceof Present(var live)
            && live instanceof Live.LiveListener(_, var spec)
        ? Optional.of(spec)
        : Optional.empty();
  }

  /** A guard of the load balancer, if it was ever read. */
  Optional<Live.LiveProtection> protection(Guard guard) {
    var key = draft.key(ResourceKind.PROTECTION, guard.text());
    return draft.input.cloud().known(draft.input.stack()).contains(key)
            && draft.live(key).orElse(null) instanceof Live.LiveProtection found
        ? Optional.of(found)
        : Optional.empty();
  }

  /** The value of a guard; empty is none, which every load balancer without one has. */
  <T> InForce<T> protection(Guard guard, Function<String, Predicate<T>> is) {
    return of(
        ResourceKind.PROTECTION,
        guard.text(),
        live ->
            live instanceof Live.LiveProtection found
                ? is.apply(found.spec().value())
                : _ -> false);
  }

  /** The tag of a resource; a map of tags is settled key by key. */
  Function<String, InForce<String>> tag(ResourceKind kind, String id) {
    return key -> of(kind, id, live -> InForce.equalTo(Optional.ofNullable(tags(live).get(key))));
  }

  /** The port of the HTTPS listener to which one of these plain ones sends everybody. */
  InForce<Integer> redirect(List<Integer> plainPorts) {
    var targets = new TreeSet<String>();
    for (int port : plainPorts) {
      switch (presence(ResourceKind.LISTENER, Integer.toString(port))) {
        case Unknown _ -> {
          return InForce.unknown();
        }
        case Missing _ -> {}
        case Present(var live) -> redirected(live).ifPresent(targets::add);
      }
    }
    return new InForce<>(true, port -> targets.contains(Integer.toString(port)));
  }

  private static Optional<String> redirected(Live live) {
    return live instanceof Live.LiveListener(_, var spec)
        ? Redirections.port(spec)
        : Optional.empty();
  }

  /** Address blocks as EC2 stores them; those of IPv6 are not there where there is no IPv6. */
  InForce<Set<String>> inboundCidrs(int port) {
    return admitted(
        port,
        sources -> {
          var blocks = sources.stream().flatMap(LiveStack::block).collect(sorted());
          boolean six = blocks.stream().anyMatch(LiveStack::isSix);
          return claim ->
              blocks.equals(
                  claim.stream()
                      .map(Cidr::canonical)
                      .filter(block -> six || !isSix(block))
                      .collect(sorted()));
        });
  }

  InForce<Set<String>> prefixLists(int port) {
    return admitted(
        port,
        sources -> {
          var lists = sources.stream().flatMap(LiveStack::prefixList).collect(sorted());
          return lists::equals;
        });
  }

  private InForce<Set<String>> admitted(
      int port, Function<List<Permission.Source>, Predicate<Set<String>>> is) {
    return of(
        ResourceKind.SECURITY_GROUP,
        StackNames.MANAGED_GROUP,
        live ->
            live instanceof Live.LiveSecurityGroup group
                ? is.apply(
                    group.spec().ingress().stream()
                        .filter(p -> p.fromPort() == port && p.toPort() == port)
                        .map(Permission::source)
                        .toList())
                : _ -> false);
  }

  private static boolean isSix(String block) {
    return block.indexOf(':') >= 0;
  }

  private static Stream<String> block(Permission.Source source) {
    return switch (source) {
      case Permission.Cidr(var cidr) -> Stream.of(Cidr.canonical(cidr));
      case Permission.CidrV6(var cidr) -> Stream.of(Cidr.canonical(cidr));
      case Permission.PrefixList _, Permission.Group _ -> Stream.empty();
    };
  }

  private static Stream<String> prefixList(Permission.Source source) {
    return source instanceof Permission.PrefixList(var id) ? Stream.of(id) : Stream.empty();
  }

  /** The ids of a load balancer's security groups, less the one from which backends are reached. */
  static TreeSet<String> groupsOf(LoadBalancerSpec spec, Optional<String> backendGroup) {
    var ids = new TreeSet<String>();
    for (Link link : spec.securityGroups()) {
      if (link instanceof Link.Known(var id)) {
        ids.add(id);
      }
    }
    backendGroup.ifPresent(ids::remove);
    return ids;
  }

  <T> InForce<T> of(ResourceKind kind, String id, Function<Live, Predicate<T>> is) {
    return switch (presence(kind, id)) {
      case Unknown _ -> InForce.unknown();
      case Missing _ -> InForce.nothing();
      case Present(var live) -> new InForce<>(true, is.apply(live));
    };
  }

  Presence presence(ResourceKind kind, String id) {
    return draft.input.cloud().presence(key(kind, id));
  }

  /** The one of several generations that is in force. */
  ResourceKey key(ResourceKind kind, String id) {
    for (int successor = draft.input.successor(kind, id) - behind(kind, id); ; successor--) {
      var key = draft.key(kind, id, successor);
      if (successor == 0 || !(draft.input.cloud().presence(key) instanceof Missing)) {
        return key;
      }
    }
  }

  /** By how many successors the load balancer that serves is behind the newest one. */
  private int behind(ResourceKind kind, String id) {
    return switch (kind) {
      case LOAD_BALANCER, LISTENER, PROTECTION -> behind(entrance(id));
      case LISTENER_RULE,
          TARGET_GROUP,
          CERTIFICATE,
          SECURITY_GROUP,
          SECURITY_GROUP_RULES,
          RECORD_NAME,
          INVENTORY ->
          0;
    };
  }

  private static String entrance(String id) {
    return StackNames.isFrontend(id) ? StackNames.FRONTEND : StackNames.LOAD_BALANCER;
  }

  /** Names that lead to none of them, or no names at all, say nothing. */
  private int behind(String loadBalancer) {
    int newest = draft.input.successor(ResourceKind.LOAD_BALANCER, loadBalancer);
    var entrances = newest == 0 ? Set.of() : draft.input.cloud().entrances(draft.input.stack());
    for (int successor = newest; successor >= 0; successor--) {
      var key = draft.key(ResourceKind.LOAD_BALANCER, loadBalancer, successor);
      if (!entrances.isEmpty()
          && draft.live(key).orElse(null) instanceof Live.LiveLoadBalancer live
          && entrances.contains(live.dnsName().toLowerCase(Locale.ROOT))) {
        return newest - successor;
      }
    }
    return 0;
  }

  private static Map<String, String> tags(Live live) {
    return switch (live) {
      case Live.LiveLoadBalancer it -> it.spec().tags();
      case Live.LiveListener it -> it.spec().tags();
      case Live.LiveListenerRule it -> it.spec().tags();
      case Live.LiveTargetGroup it -> it.spec().tags();
      case Live.LiveSecurityGroup it -> it.spec().tags();
      case Live.LiveCertificate it -> it.spec().tags();
      case Live.LiveSecurityGroupRules _, Live.LiveProtection _, Live.LiveRecordName _ -> Map.of();
    };
  }

  private static Collector<String, ?, TreeSet<String>> sorted() {
    return Collectors.toCollection(TreeSet::new);
  }
}
