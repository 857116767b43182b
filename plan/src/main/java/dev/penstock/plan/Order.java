package dev.penstock.plan;

import dev.penstock.schemas.aws.Action;
import dev.penstock.schemas.aws.CertificateSpec;
import dev.penstock.schemas.aws.Link;
import dev.penstock.schemas.aws.ListenerRuleSpec;
import dev.penstock.schemas.aws.ListenerSpec;
import dev.penstock.schemas.aws.Live.LiveCertificate;
import dev.penstock.schemas.aws.LoadBalancerSpec;
import dev.penstock.schemas.aws.Permission;
import dev.penstock.schemas.aws.ProtectionSpec;
import dev.penstock.schemas.aws.RecordNameSpec;
import dev.penstock.schemas.aws.ResourceSpec;
import dev.penstock.schemas.aws.SecurityGroupRulesSpec;
import dev.penstock.schemas.aws.SecurityGroupSpec;
import dev.penstock.schemas.aws.TargetGroupSpec;
import dev.penstock.schemas.aws.TargetGroupSpec.LoadBalancerTarget;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.table.ObservedRow.Missing;
import dev.penstock.schemas.table.ObservedRow.Presence;
import dev.penstock.schemas.table.ObservedRow.Present;
import dev.penstock.schemas.table.ObservedRow.Unknown;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What must be there first: turns references to other resources into the ids that AWS gave them.
 * What must be gone first is {@link Removal}'s.
 */
public final class Order {
  private Order() {}

  /** The spec with each reference replaced whose resource is present; others stay references. */
  public static ResourceSpec resolve(ResourceSpec spec, Function<ResourceKey, Presence> observed) {
    Function<Link, Link> link = given -> resolve(given, observed);
    return switch (spec) {
      case LoadBalancerSpec it ->
          it.withSecurityGroups(it.securityGroups().stream().map(link).toList());
      case ListenerSpec it ->
          new ListenerSpec(
              link.apply(it.loadBalancer()),
              it.port(),
              it.protocol(),
              actions(it.defaultActions(), link),
              it.certificates().stream().map(link).toList(),
              it.sslPolicy(),
              it.mutualAuthentication(),
              it.attributes(),
              it.tags());
      case ListenerRuleSpec it ->
          new ListenerRuleSpec(
              link.apply(it.listener()),
              it.priority(),
              it.conditions(),
              actions(it.actions(), link),
              it.transforms(),
              it.tags());
      case SecurityGroupSpec it -> it.withIngress(permissions(it.ingress(), link));
      case SecurityGroupRulesSpec it ->
          new SecurityGroupRulesSpec(it.groupId(), permissions(it.ingress(), link));
      case ProtectionSpec it ->
          new ProtectionSpec(link.apply(it.loadBalancer()), it.guard(), it.value());
      case TargetGroupSpec it -> targetGroup(it, link);
      case CertificateSpec it -> it;
      case RecordNameSpec it -> it;
    };
  }

  /** The same of the actions of a listener or a rule. */
  public static List<Action> resolve(
      List<Action> actions, Function<ResourceKey, Presence> observed) {
    return actions(actions, link -> resolve(link, observed));
  }

  /** The resources that the spec still refers to, each once, in order of appearance. */
  public static List<ResourceKey> references(ResourceSpec spec) {
    return links(spec)
        .filter(Link.Ref.class::isInstance)
        .map(link -> ((Link.Ref) link).resource())
        .distinct()
        .toList();
  }

  /** The target groups to which actions still refer. */
  public static List<ResourceKey> references(List<Action> actions) {
    return groups(actions)
        .flatMap(link -> link instanceof Link.Ref(var key) ? Stream.of(key) : Stream.empty())
        .distinct()
        .toList();
  }

  /** The ids or references that the spec holds, in order of appearance. */
  public static Stream<Link> links(ResourceSpec spec) {
    return switch (spec) {
      case LoadBalancerSpec it -> it.securityGroups().stream();
      case ListenerSpec it ->
          Stream.of(
                  Stream.of(it.loadBalancer()),
                  it.certificates().stream(),
                  groups(it.defaultActions()))
              .flatMap(links -> links);
      case ListenerRuleSpec it -> Stream.concat(Stream.of(it.listener()), groups(it.actions()));
      case SecurityGroupSpec it -> sources(it.ingress());
      case SecurityGroupRulesSpec it -> sources(it.ingress());
      case ProtectionSpec it -> Stream.of(it.loadBalancer());
      case TargetGroupSpec it ->
          it.behind().stream()
              .flatMap(b -> Stream.concat(Stream.of(b.loadBalancer()), b.listener().stream()));
      case CertificateSpec _, RecordNameSpec _ -> Stream.empty();
    };
  }

  /** The id of a link, or the key of the resource that will have it. */
  public static String id(Link link) {
    return switch (link) {
      case Link.Known(var id) -> id;
      case Link.Ref(var resource) -> resource.toString();
    };
  }

  static Verdict blocked(List<ResourceKey> on) {
    var names =
        on.stream()
            .map(key -> key.kind().text() + " " + key.id())
            .collect(Collectors.joining(", "));
    return new Verdict.Blocked(on, "waits for " + names + " to be there");
  }

  /**
   * The id of a reference whose resource is present, of a certificate one that is issued; any other
   * link stays as it is.
   */
  public static Link resolve(Link link, Function<ResourceKey, Presence> observed) {
    return switch (link) {
      case Link.Known known -> known;
      case Link.Ref(var resource) ->
          switch (observed.apply(resource)) {
            case Present(LiveCertificate live) when !live.issued() -> link;
            case Present(var live) -> new Link.Known(live.id());
            case Missing _, Unknown _ -> link;
          };
    };
  }

  private static TargetGroupSpec targetGroup(TargetGroupSpec spec, Function<Link, Link> link) {
    return spec.withBehind(
        spec.behind()
            .map(b ->
                new LoadBalancerTarget(
                    link.apply(b.loadBalancer()), b.port(), b.listener().map(link))));
  }

  private static List<Action> actions(List<Action> actions, Function<Link, Link> link) {
    return actions.stream().map(action -> action(action, link)).toList();
  }

  private static Action action(Action action, Function<Link, Link> link) {
    return switch (action) {
      case Action.Forward(var groups, var stickiness) ->
          new Action.Forward(
              groups.stream()
                  .map(g -> new Action.WeightedTargetGroup(link.apply(g.targetGroup()), g.weight()))
                  .toList(),
              stickiness);
      case Action.Redirect it -> it;
      case Action.FixedResponse it -> it;
      case Action.AuthenticateOidc it -> it;
      case Action.AuthenticateCognito it -> it;
      case Action.JwtValidation it -> it;
    };
  }

  private static List<Permission> permissions(
      List<Permission> permissions, Function<Link, Link> link) {
    return permissions.stream()
        .map(p ->
            p.source() instanceof Permission.Group(var group)
                ? new Permission(
                    p.protocol(),
                    p.fromPort(),
                    p.toPort(),
                    new Permission.Group(link.apply(group)),
                    p.description())
                : p)
        .toList();
  }

  private static Stream<Link> groups(List<Action> actions) {
    return actions.stream()
        .filter(Action.Forward.class::isInstance)
        .flatMap(action -> ((Action.Forward) action).targetGroups().stream())
        .map(Action.WeightedTargetGroup::targetGroup);
  }

  private static Stream<Link> sources(List<Permission> permissions) {
    return permissions.stream()
        .filter(p -> p.source() instanceof Permission.Group)
        .map(p -> ((Permission.Group) p.source()).group());
  }
}
