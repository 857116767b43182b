package dev.penstock.edges.aws;

import java.util.List;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateLoadBalancerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeregisterTargetsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RegisterTargetsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetSubnetsRequest;
import software.amazon.awssdk.services.route53.model.Change;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.ChangeResourceRecordSetsRequest;

/** Which buckets a call draws from, and how much (AWS API 2.3). */
final class Costs {
  private Costs() {}

  static List<Cost> of(AwsRequest request) {
    var api = Api.of(request);
    return switch (api.service()) {
      case "elasticloadbalancing" ->
          List.of(new Cost(Rates.ELB, Rates.ELB, 1), one(elbClass(request, api)));
      case "ec2" -> List.of(new Cost("ec2." + api.operation(), ec2Class(api), 1));
      case "route53" -> route53(request, api);
      case "acm" -> List.of(new Cost("acm." + api.operation(), acmClass(api), 1));
      case "wafv2", "waf-regional" ->
          List.of(
              new Cost(
                  api.service() + "." + api.operation(),
                  api.write() ? Rates.WAF_WRITE : Rates.WAF_READ,
                  1));
      case "shield" -> List.of(one(Rates.SHIELD));
      default -> throw new IllegalStateException("no budget is known for " + api);
    };
  }

  /** Each operation has a bucket of its own. */
  private static String acmClass(Api api) {
    return switch (api.operation()) {
      case "ListCertificates" -> Rates.ACM_LIST;
      case "RequestCertificate", "AddTagsToCertificate", "RemoveTagsFromCertificate" ->
          Rates.ACM_WRITE;
      default -> Rates.ACM_READ;
    };
  }

  private static Cost one(String bucket) {
    return new Cost(bucket, bucket, 1);
  }

  private static String elbClass(AwsRequest request, Api api) {
    return switch (request) {
      case CreateLoadBalancerRequest _, SetSubnetsRequest _ -> Rates.ELB_CREATE;
      case RegisterTargetsRequest _, DeregisterTargetsRequest _ -> Rates.ELB_TARGETS;
      default -> api.write() ? Rates.ELB_WRITE : Rates.ELB_READ;
    };
  }

  private static String ec2Class(Api api) {
    if (!api.write()) {
      return Rates.EC2_READ;
    }
    return api.operation().endsWith("Tags") ? Rates.EC2_TAGS : Rates.EC2_WRITE;
  }

  private static List<Cost> route53(AwsRequest request, Api api) {
    var all = one(Rates.ROUTE53);
    var action = new Cost("route53." + api.operation(), Rates.ROUTE53_ACTION, 1);
    if (request instanceof ChangeResourceRecordSetsRequest batch) {
      var changes = batch.changeBatch().changes().stream().mapToInt(Costs::changes).sum();
      return List.of(all, action, new Cost(Rates.ROUTE53_CHANGES, Rates.ROUTE53_CHANGES, changes));
    }
    return List.of(all, action);
  }

  private static int changes(Change change) {
    return change.action() == ChangeAction.UPSERT ? 2 : 1;
  }
}
