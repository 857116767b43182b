package dev.penstock.plan.policy;

import dev.penstock.plan.Verdict;
import dev.penstock.plan.policy.Circumstances.Inferred;
import dev.penstock.plan.policy.Circumstances.Requested;
import dev.penstock.plan.policy.Circumstances.Unasked;
import dev.penstock.schemas.aws.Aspect;
import dev.penstock.schemas.aws.Live.LiveLoadBalancer;
import dev.penstock.schemas.aws.LoadBalancerSpec;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.table.HoldRule;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Filters on verdicts (design §7). Only verdicts that would write are filtered; a hold's sentence
 * names the command that frees it. An approval frees what was held when it was given: what comes
 * later is held anew.
 */
public final class Policy {
  /** The attribute that keeps a load balancer from being deleted. */
  public static final String PROTECTION = "deletion_protection.enabled";

  private final Circumstances now;

  public Policy(Circumstances now) {
    this.now = now;
  }

  /** The verdict, or the hold that stops it. */
  public Verdict filter(ResourceKey key, Verdict verdict) {
    return switch (verdict) {
      case Verdict.Create _ -> still(key).<Verdict>map(h -> h).orElse(verdict);
      case Verdict.Update _ ->
          still(key).or(() -> taking(key)).<Verdict>map(h -> h).orElse(verdict);
      case Verdict.Replace replace ->
          still(key)
              .or(() -> nameTaken(replace))
              .or(() -> replacement(key, replace))
              .<Verdict>map(h -> h)
              .orElse(verdict);
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

  /** What stops every structural write of a resource: shadow, a pause. */
  private Optional<Verdict.Held> still(ResourceKey key) {
    return mode(key)
        .or(() ->
            new Pauses(now.pauses())
                .ofStructure(key, now.claimants())
                .map(pause -> stopped(HoldRule.PAUSE, Pauses.sentence(pause))));
  }

  private Optional<Verdict.Held> mode(ResourceKey key) {
    var cluster =
        now.claimants().isEmpty() ? key.stack().cluster() : now.claimants().getFirst().cluster();
    return switch (now.mode()) {
      case MANAGE -> Optional.empty();
      case SHADOW ->
          Optional.of(
              stopped(
                  HoldRule.SHADOW,
                  "cluster "
                      + cluster
                      + " is in shadow: nothing is written until `penstock cluster manage "
                      + cluster
                      + "`"));
      case RELEASED ->
          Optional.of(
              stopped(HoldRule.RELEASED, "cluster " + cluster + " was released: it is not ours"));
    };
  }

  /** No approval frees this. */
  private static Verdict.Held stopped(HoldRule rule, String why) {
    return new Verdict.Held(rule.text(), rule, "", why);
  }

  /** The successor stands beside what it replaces, and AWS gives a name only once. */
  private static Optional<Verdict.Held> nameTaken(Verdict.Replace replace) {
    return replace.observed().spec() instanceof LoadBalancerSpec live
            && replace.desired() instanceof LoadBalancerSpec desired
            && desired.name().equals(live.name())
        ? Optional.of(
            stopped(
                HoldRule.NAME_TAKEN,
                ("can only be replaced: %s; its successor stands beside it and cannot have the same"
                        + " name \"%s\": remove load-balancer-name or give another one and it is"
                        + " replaced, or take the change back and it stays")
                    .formatted(replace.reason(), live.name())))
        : Optional.empty();
  }

  private Optional<Verdict.Held> replacement(ResourceKey key, Verdict.Replace replace) {
    return now.settings().replacementNeedsApproval()
        ? held(
            HoldRule.REPLACEMENT,
            key.toString(),
            key.toString(),
            "%s %s can only be replaced: %s"
                .formatted(key.kind().text(), key.id(), replace.reason()))
        : Optional.empty();
  }

  private Optional<Verdict.Held> removal(ResourceKey key) {
    return switch (key.kind()) {
      case SECURITY_GROUP_RULES, PROTECTION ->
          now.leaving() instanceof Unasked
              ? removal(key.stack(), key.toString())
              : Optional.empty();
      case RECORD_NAME -> recordsStay().or(() -> removal(key.stack(), key.toString()));
      case LOAD_BALANCER,
          LISTENER,
          LISTENER_RULE,
          TARGET_GROUP,
          SECURITY_GROUP,
          CERTIFICATE,
          INVENTORY ->
          removal(key.stack(), key.toString());
    };
  }

  /** What an update takes away that nobody asked to go is held as a resource would be. */
  private Optional<Verdict.Held> taking(ResourceKey key) {
    return now.leaving() instanceof Unasked
        ? removal(key.stack(), key.toString())
        : Optional.empty();
  }

  private Optional<Verdict.Held> recordsStay() {
    return switch (now.settings().dns().policy()) {
      case SYNC -> Optional.empty();
      case UPSERT_ONLY ->
          Optional.of(stopped(HoldRule.DNS_POLICY, "dns.policy is upsert-only: no record goes"));
      case CREATE_ONLY ->
          Optional.of(stopped(HoldRule.DNS_POLICY, "dns.policy is create-only: no record goes"));
    };
  }

  /**
   * The hold that stops the removal of something of a stack: a resource, a claim on a host name, a
   * member, or the targets of a binding that a person made.
   */
  public Optional<Verdict.Held> removal(StackId stack, String what) {
    return stillHeld(what).or(() -> removals(stack, what));
  }

  /** What is held stays so until it is approved, however few are left by then. */
  private Optional<Verdict.Held> stillHeld(String what) {
    var rule =
        switch (now.leaving()) {
          case Requested _ -> HoldRule.DELETE;
          case Inferred _, Unasked _ -> HoldRule.INFERRED_DELETE;
        };
    return now.holds()
        .waiting(rule, what)
        .map(h -> new Verdict.Held(h.id(), rule, h.subject(), h.sentence()));
  }

  private Optional<Verdict.Held> removals(StackId stack, String what) {
    return switch (now.leaving()) {
      case Requested(var namespace, var place)
          when place > now.settings().requestedDeletesBeforeHold() ->
          held(
              HoldRule.DELETE,
              stack.toString(),
              what,
              "more than %d objects of namespace %s are being deleted at once"
                  .formatted(now.settings().requestedDeletesBeforeHold(), namespace));
      case Inferred(var reason, var pending)
          when pending > now.settings().inferredDeletesBeforeHold() ->
          held(
              HoldRule.INFERRED_DELETE,
              stack.toString(),
              what,
              "nobody asked for this: %s; more than %d such removals of a scope are held"
                  .formatted(reason, now.settings().inferredDeletesBeforeHold()));
      case Unasked(var reason) ->
          held(
              HoldRule.INFERRED_DELETE, stack.toString(), what, "nobody asked for this: " + reason);
      case Requested _, Inferred _ -> Optional.empty();
    };
  }

  /** A protected load balancer is freed first, and only when somebody says so. */
  private Verdict unprotected(ResourceKey key, Verdict.Delete delete) {
    if (!(delete.observed() instanceof LiveLoadBalancer live)
        || !"true".equals(live.spec().attributes().get(PROTECTION))) {
      return delete;
    }
    var why = live.spec().name() + " has deletion protection in AWS";
    var freed = new Verdict.Update(live, unprotected(live.spec()), List.of(Aspect.ATTRIBUTES));
    return now.unprotected()
        ? freed
        : held(HoldRule.PROTECTED, key.toString(), key.toString(), why)
            .<Verdict>map(h -> h)
            .orElse(freed);
  }

  private static LoadBalancerSpec unprotected(LoadBalancerSpec spec) {
    var attributes = new TreeMap<>(spec.attributes());
    attributes.put(PROTECTION, "false");
    return spec.withAttributes(attributes);
  }

  private Optional<Verdict.Held> held(HoldRule rule, String subject, String what, String why) {
    if (now.holds().isApproved(rule, subject, what)) {
      return Optional.empty();
    }
    var id = HoldId.next(rule, subject, now.holds().of(rule, subject));
    return Optional.of(
        new Verdict.Held(
            id, rule, subject, why + ": `penstock approve " + id + "` lets it happen"));
  }
}
