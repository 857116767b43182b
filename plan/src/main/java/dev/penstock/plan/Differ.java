package dev.penstock.plan;

import dev.penstock.schemas.aws.CertificateSpec;
import dev.penstock.schemas.aws.ListenerRuleSpec;
import dev.penstock.schemas.aws.ListenerSpec;
import dev.penstock.schemas.aws.Live;
import dev.penstock.schemas.aws.Live.LiveCertificate;
import dev.penstock.schemas.aws.Live.LiveListener;
import dev.penstock.schemas.aws.Live.LiveListenerRule;
import dev.penstock.schemas.aws.Live.LiveLoadBalancer;
import dev.penstock.schemas.aws.Live.LiveProtection;
import dev.penstock.schemas.aws.Live.LiveRecordName;
import dev.penstock.schemas.aws.Live.LiveSecurityGroup;
import dev.penstock.schemas.aws.Live.LiveSecurityGroupRules;
import dev.penstock.schemas.aws.Live.LiveTargetGroup;
import dev.penstock.schemas.aws.LoadBalancerSpec;
import dev.penstock.schemas.aws.ProtectionSpec;
import dev.penstock.schemas.aws.RecordNameSpec;
import dev.penstock.schemas.aws.ResourceSpec;
import dev.penstock.schemas.aws.SecurityGroupRulesSpec;
import dev.penstock.schemas.aws.SecurityGroupSpec;
import dev.penstock.schemas.aws.TargetGroupSpec;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.table.ObservedRow;
import dev.penstock.schemas.table.ObservedRow.Missing;
import dev.penstock.schemas.table.ObservedRow.Present;
import dev.penstock.schemas.table.ObservedRow.Unknown;
import java.util.List;
import java.util.Optional;

/**
 * The decision table of the whole system. Pure and total.
 *
 * <pre>
 *            | unknown    missing   ours, equal   ours, different     another's
 *   wanted   | Undecided  Create    InSync        Update or Replace   Foreign
 *   unwanted | Undecided  InSync    Delete        Delete              Foreign
 * </pre>
 *
 * The observed side of an Update or Delete is only what is ours to change: whatever it has and the
 * desired side lacks may be removed, whatever it does not mention must stay (I1).
 */
public final class Differ {
  private final Ownership ownership;

  public Differ(Ownership ownership) {
    this.ownership = ownership;
  }

  /** The verdict, before order, commands in flight and policies are looked at. */
  public Verdict diff(ResourceKey key, Optional<ResourceSpec> desired, ObservedRow observed) {
    var open = desired.map(Order::references).orElse(List.of());
    return switch (observed.presence()) {
      case Unknown(var reason) -> new Verdict.Undecided(reason);
      case Missing() when !open.isEmpty() -> Order.blocked(open);
      case Missing() -> missing(desired);
      case Present(var live) when !open.isEmpty() && stranger(key, live, observed).isEmpty() ->
          Order.blocked(open);
      case Present(var live) ->
          stranger(key, live, observed)
              .<Verdict>map(Verdict.Foreign::new)
              .orElseGet(() -> present(key, desired, live, observed.lastWritten()));
    };
  }

  private static Verdict missing(Optional<ResourceSpec> desired) {
    return desired.<Verdict>map(Verdict.Create::new).orElseGet(Verdict.InSync::new);
  }

  /** Whose the resource is that AWS has under this key, if it is not ours (I1). */
  public Optional<String> stranger(ResourceKey key, ObservedRow observed) {
    return observed.presence() instanceof ObservedRow.Present(var live)
        ? stranger(key, live, observed)
        : Optional.empty();
  }

  private Optional<String> stranger(ResourceKey key, Live live, ObservedRow observed) {
    var written = observed.lastWritten();
    return switch (live) {
      case LiveLoadBalancer it -> ownership.stranger(key, it, it.spec().tags(), written);
      case LiveListener it -> ownership.stranger(key, it, it.spec().tags(), written);
      case LiveListenerRule it -> ownership.stranger(key, it, it.spec().tags(), written);
      case LiveTargetGroup it -> ownership.stranger(key, it, it.spec().tags(), written);
      case LiveSecurityGroup it -> ownership.stranger(key, it, it.spec().tags(), written);
      case LiveCertificate it -> ownership.stranger(key, it, it.spec().tags(), written);
      case LiveSecurityGroupRules _, LiveProtection _, LiveRecordName _ -> Optional.empty();
    };
  }

  private Verdict present(
      ResourceKey key, Optional<ResourceSpec> desired, Live live, List<String> written) {
    return switch (live) {
      case LiveLoadBalancer it ->
          wanted(desired, LoadBalancerSpec.class)
              .map(spec -> LoadBalancerDifference.of(key, spec, it, written, ownership).verdict())
              .orElseGet(() -> new Verdict.Delete(it));
      case LiveListener it ->
          wanted(desired, ListenerSpec.class)
              .map(spec -> ListenerDifference.of(key, spec, it, written, ownership).verdict())
              .orElseGet(() -> new Verdict.Delete(it));
      case LiveListenerRule it ->
          wanted(desired, ListenerRuleSpec.class)
              .map(spec -> ListenerRuleDifference.of(key, spec, it, written, ownership).verdict())
              .orElseGet(() -> new Verdict.Delete(it));
      case LiveTargetGroup it ->
          wanted(desired, TargetGroupSpec.class)
              .map(spec -> TargetGroupDifference.of(key, spec, it, written, ownership).verdict())
              .orElseGet(() -> new Verdict.Delete(it));
      case LiveSecurityGroup it ->
          wanted(desired, SecurityGroupSpec.class)
              .map(spec -> SecurityGroupDifference.of(key, spec, it, ownership).verdict())
              .orElseGet(() -> new Verdict.Delete(it));
      case LiveSecurityGroupRules it ->
          SecurityGroupRulesDifference.of(
              wanted(desired, SecurityGroupRulesSpec.class), it, written, ownership);
      case LiveCertificate it ->
          wanted(desired, CertificateSpec.class)
              .map(spec -> CertificateDifference.of(key, spec, it, ownership).verdict())
              .orElseGet(() -> new Verdict.Delete(it));
      case LiveProtection it -> ProtectionDifference.of(wanted(desired, ProtectionSpec.class), it);
      case LiveRecordName it ->
          RecordNameDifference.of(wanted(desired, RecordNameSpec.class), it, ownership);
    };
  }

  private static <S extends ResourceSpec> Optional<S> wanted(
      Optional<ResourceSpec> desired, Class<S> kind) {
    return desired.map(kind::cast);
  }
}
