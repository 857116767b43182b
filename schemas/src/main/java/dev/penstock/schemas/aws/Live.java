package dev.penstock.schemas.aws;

import dev.penstock.schemas.aws.CertificateSpec.ValidationRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A resource as AWS last described it. */
public sealed interface Live {
  /** ARN, security group id, or for a DNS name {@code zoneId/name}. */
  String id();

  ResourceSpec spec();

  record LiveLoadBalancer(
      String id,
      LoadBalancerSpec spec,
      String dnsName,
      String hostedZoneId,
      String vpcId,
      String state,
      String stateReason)
      implements Live {

    public LiveLoadBalancer withSpec(LoadBalancerSpec changed) {
      return new LiveLoadBalancer(id, changed, dnsName, hostedZoneId, vpcId, state, stateReason);
    }
  }

  record LiveListener(String id, ListenerSpec spec) implements Live {}

  record LiveListenerRule(String id, ListenerRuleSpec spec) implements Live {}

  /**
   * {@code behindState} is the health of the load balancer behind a group of target type alb, in
   * AWS's word; absent where there is none or it was not read.
   */
  record LiveTargetGroup(
      String id, TargetGroupSpec spec, List<String> loadBalancerArns, Optional<String> behindState)
      implements Live {

    public LiveTargetGroup withSpec(TargetGroupSpec changed) {
      return new LiveTargetGroup(id, changed, loadBalancerArns, behindState);
    }
  }

  record LiveSecurityGroup(String id, SecurityGroupSpec spec) implements Live {}

  record LiveSecurityGroupRules(String id, SecurityGroupRulesSpec spec) implements Live {}

  /**
   * {@code status} is ACM's word, {@code reason} why it issued nothing. The validation records
   * appear some seconds after the request.
   */
  record LiveCertificate(
      String id,
      CertificateSpec spec,
      String status,
      String reason,
      List<ValidationRecord> validation,
      Optional<Instant> requestedAt)
      implements Live {

    private static final String ISSUED = "ISSUED";
    private static final String PENDING = "PENDING_VALIDATION";

    public LiveCertificate withSpec(CertificateSpec changed) {
      return new LiveCertificate(id, changed, status, reason, validation, requestedAt);
    }

    /** Whether listeners may use it. */
    public boolean issued() {
      return status.equals(ISSUED);
    }

    /** Whether ACM still waits for the validation records. */
    public boolean pending() {
      return status.equals(PENDING);
    }
  }

  /** {@code handle} is what AWS deletes it by, where that is not the load balancer. */
  record LiveProtection(String id, ProtectionSpec spec, String handle) implements Live {}

  record LiveRecordName(String id, RecordNameSpec spec) implements Live {}
}
