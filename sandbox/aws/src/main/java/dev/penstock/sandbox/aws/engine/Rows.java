package dev.penstock.sandbox.aws.engine;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.acm.model.CertificateDetail;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.route53.model.HostedZone;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;
import software.amazon.awssdk.services.route53.model.VPC;

/** The rows of the tables: the SDK's own models, and beside them what AWS keeps but never shows. */
public final class Rows {
  private Rows() {}

  /**
   * @param model without its state, which follows from {@code activeAt} and the clock
   * @param stuck stays in provisioning for ever (no way to the internet)
   */
  public record LoadBalancerRow(
      LoadBalancer model,
      Map<String, String> attributes,
      Instant activeAt,
      boolean stuck,
      int capacityUnits) {
    public String arn() {
      return model.loadBalancerArn();
    }

    public boolean application() {
      return model.typeAsString().equals("application");
    }

    public LoadBalancerRow with(LoadBalancer changed) {
      return new LoadBalancerRow(changed, attributes, activeAt, stuck, capacityUnits);
    }

    public LoadBalancerRow withAttributes(Map<String, String> changed) {
      return new LoadBalancerRow(model, changed, activeAt, stuck, capacityUnits);
    }
  }

  /**
   * @param linkedAt since when it belongs to a load balancer
   * @param inUseUntil until when AWS takes it for used although nothing names it
   */
  public record TargetGroupRow(
      TargetGroup model,
      Map<String, String> attributes,
      @Nullable Instant linkedAt,
      Instant inUseUntil) {
    public String arn() {
      return model.targetGroupArn();
    }

    public TargetGroupRow with(TargetGroup changed) {
      return new TargetGroupRow(changed, attributes, linkedAt, inUseUntil);
    }

    public TargetGroupRow withAttributes(Map<String, String> changed) {
      return new TargetGroupRow(model, changed, linkedAt, inUseUntil);
    }
  }

  /**
   * @param drainedAt when a deregistered target is gone
   * @param fold the health checks so far
   */
  public record TargetRow(
      String groupArn,
      TargetDescription model,
      String zone,
      Instant registeredAt,
      @Nullable Instant drainedAt,
      Fold fold) {
    public static String key(String groupArn, TargetDescription target) {
      return groupArn + "|" + target.id() + "|" + target.port();
    }

    public TargetRow with(Fold next) {
      return new TargetRow(groupArn, model, zone, registeredAt, drainedAt, next);
    }
  }

  /**
   * The health checks of one target since {@code epoch}.
   *
   * @param state initial, healthy or unhealthy
   * @param next when the next check is due
   */
  public record Fold(
      Instant epoch,
      String state,
      String reason,
      String text,
      int passes,
      int fails,
      Instant next) {
    public static final Fold NONE = new Fold(Instant.EPOCH, "initial", "", "", 0, 0, Instant.EPOCH);

    public Fold startingAt(Instant check) {
      return new Fold(epoch, state, reason, text, passes, fails, check);
    }
  }

  public record ListenerRow(
      Listener model, Map<String, String> attributes, List<String> sniCertificates) {
    public String arn() {
      return model.listenerArn();
    }

    public String loadBalancerArn() {
      return model.loadBalancerArn();
    }

    public ListenerRow with(Listener changed) {
      return new ListenerRow(changed, attributes, sniCertificates);
    }
  }

  public record RuleRow(String listenerArn, Rule model) {
    public int order() {
      return model.isDefault() ? Integer.MAX_VALUE : Integer.parseInt(model.priority());
    }
  }

  public record Tags(Map<String, String> values) {
    public static final Tags NONE = new Tags(Map.of());

    public Tags {
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
  }

  /**
   * @param goneAt when an interface that AWS no longer needs is really gone
   * @param owner the load balancer or instance, empty if none
   */
  public record InterfaceRow(
      software.amazon.awssdk.services.ec2.model.NetworkInterface model,
      String owner,
      @Nullable Instant goneAt) {
    public boolean exists(Instant now) {
      return goneAt == null || goneAt.isAfter(now);
    }
  }

  public record CertificateRow(
      CertificateDetail model, Map<String, String> tags, String token, Instant recordsAt) {}

  public record ZoneRow(HostedZone model, List<VPC> networks, Map<String, String> tags) {}

  /**
   * @param sort labels reversed, then type, then identifier: Route 53's own order
   */
  public record RecordRow(String zoneId, String sort, ResourceRecordSet model) {}

  public record ChangeRow(String id, String comment, Instant submittedAt, Instant inSyncAt) {}

  public record SessionRow(String accessKeyId, String account, String principal) {}

  /**
   * A name that leads to an ARN: trust stores, web ACLs, a resource's web ACL, Shield protections.
   */
  public record NamedArn(String name, String arn, String group) {}
}
