package dev.penstock.plan.policy;

import dev.penstock.plan.Verdict;
import dev.penstock.plan.policy.Circumstances.Inferred;
import dev.penstock.plan.policy.Circumstances.Requested;
import dev.penstock.schemas.aws.Aspect;
import dev.penstock.schemas.aws.Live.LiveLoadBalancer;
import dev.penstock.schemas.aws.LoadBalancerSpec;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.ResourceKind;
import dev.penstock.schemas.table.PauseRow;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Filters on verdicts (design §7). Only verdicts that would write are filtered; a hold's sentence
 * names the command that frees it. A hold that no verdict names any more is over, and so is its
 * approval.
 */
public final class Policy {
  private static final String PROTECTION = "deletion_protection.enabled";

  private final Circumstances now;

  public Policy(Circumstances now) {
    this.now = now;
  }

  /** The verdict, or the hold that stops it. */
  public Verdict filter(ResourceKey key, Verdict verdict) {
    return switch (verdict) {
      case Verdict.Create _, Verdict.Update _ -> still(key).<Verdict>map(h -> h).orElse(verdict);
      case Verdict.Replace replace ->
          still(key).or(() -> replacement(key, replace)).<Verdict>map(h -> h).orElse(verdict);
      case Verdict.Delete delete ->
          still(key)
              .or(() -> removal(key))
              .<Verdict>map(h -> h)
              .orElseGet(() -> unprotected(key, delete));
      case Verdict.InSync _,
          Verdict.Blocked _,
          Verdict.InFlight _,
          Verdict.Waiting _,
          Verdict.Held _,
          Verdict.Foreign _,
          Verdict.Rejected _,
          Verdict.Undecided _ ->
          verdict;
    };
  }

  /**
   * What stops a binding that a person made from letting go of its targets. They leave within
   * seconds, so that one that nobody asked for is held already.
   */
  public Optional<Verdict.Held> release(ResourceKey group) {
    return now.leaving() instanceof Inferred(var reason, _)
        ? held("inferred-delete", group.stack().toString(), "nobody asked for this: " + reason)
        : removal(group);
  }

  /** What stops every structural write of a resource: shadow, a defect, a pause. */
  private Optional<Verdict.Held> still(ResourceKey key) {
    return mode(key)
        .or(() ->
            now.frozen()
                .map(reason ->
                    new Verdict.Held(
                        "frozen", "frozen", "the stack is frozen by a defect: " + reason)))
        .or(() -> Pauses.of(key, now.pauses()).map(Policy::paused));
  }

  private Optional<Verdict.Held> mode(ResourceKey key) {
    var cluster = key.stack().cluster();
    return switch (now.mode()) {
      case MANAGE -> Optional.empty();
      case SHADOW ->
          Optional.of(
              new Verdict.Held(
                  "shadow",
                  "shadow",
                  "cluster "
                      + cluster
                      + " is in shadow: nothing is written until `penstock cluster manage "
                      + cluster
                      + "`"));
      case RELEASED ->
          Optional.of(
              new Verdict.Held(
                  "released", "released", "cluster " + cluster + " was released: it is not ours"));
    };
  }

  private static Verdict.Held paused(PauseRow pause) {
    var what = pause.kind() + " " + pause.name();
    return new Verdict.Held(
        "pause",
        "pause",
        "%s is paused by %s: `penstock resume %s` frees it".formatted(what, pause.subject(), what));
  }

  private Optional<Verdict.Held> replacement(ResourceKey key, Verdict.Replace replace) {
    return now.settings().replacementNeedsApproval()
        ? held(
            "replacement",
            key.toString(),
            "%s %s can only be replaced: %s"
                .formatted(key.kind().text(), key.id(), replace.reason()))
        : Optional.empty();
  }

  private Optional<Verdict.Held> removal(ResourceKey key) {
    if (key.kind() == ResourceKind.SECURITY_GROUP_RULES) {
      return Optional.empty();
    }
    return switch (now.leaving()) {
      case Requested(var namespace, var pending)
          when pending > now.settings().requestedDeletesBeforeHold() ->
          held(
              "delete",
              key.stack().toString(),
              "%d objects of namespace %s are being deleted at once, more than %d"
                  .formatted(pending, namespace, now.settings().requestedDeletesBeforeHold()));
      case Inferred(var reason, var pending)
          when pending > now.settings().inferredDeletesBeforeHold() ->
          held(
              "inferred-delete",
              key.stack().toString(),
              "nobody asked for this: %s, like %d objects of this scope"
                  .formatted(reason, pending));
      case Requested _, Inferred _ -> Optional.empty();
    };
  }

  /** A protected load balancer is freed first, and only when somebody says so. */
  private Verdict unprotected(ResourceKey key, Verdict.Delete delete) {
    if (!(delete.observed() instanceof LiveLoadBalancer live)
        || !"true".equals(live.spec().attributes().get(PROTECTION))) {
      return delete;
    }
    return held("protected", key.toString(), live.spec().name() + " has deletion protection in AWS")
        .<Verdict>map(h -> h)
        .orElseGet(
            () -> new Verdict.Update(live, unprotected(live.spec()), List.of(Aspect.ATTRIBUTES)));
  }

  private static LoadBalancerSpec unprotected(LoadBalancerSpec spec) {
    var attributes = new TreeMap<>(spec.attributes());
    attributes.put(PROTECTION, "false");
    return new LoadBalancerSpec(
        spec.name(),
        spec.type(),
        spec.scheme(),
        spec.ipAddressType(),
        spec.subnets(),
        spec.securityGroups(),
        spec.customerOwnedIpv4Pool(),
        spec.ipv4IpamPoolId(),
        attributes,
        spec.tags());
  }

  private Optional<Verdict.Held> held(String rule, String subject, String why) {
    var id = HoldId.of(rule, subject);
    return now.approved().contains(id)
        ? Optional.empty()
        : Optional.of(
            new Verdict.Held(id, rule, why + ": `penstock approve " + id + "` lets it happen"));
  }
}
