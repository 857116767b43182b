package dev.penstock.sandbox.aws;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkInterfacesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsRequest;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.ChangeResourceRecordSetsRequest;

/**
 * The published request rates: token buckets per account and Region (ELB, EC2, ACM) or per account
 * (Route 53). A call that finds one of its buckets empty takes a token from none.
 */
final class Buckets {
  private record Draw(String bucket, double burst, double perSecond, double tokens) {}

  private record Level(double tokens, Instant at) {}

  private static final Set<String> RESOURCE_INTENSIVE = Set.of("CreateLoadBalancer", "SetSubnets");
  private static final Set<String> REGISTRATION = Set.of("RegisterTargets", "DeregisterTargets");

  private final Map<String, Level> levels = new LinkedHashMap<>();

  /** Takes the tokens of a call if all are there. */
  boolean take(Caller caller, ApiOperation operation, SdkRequest request, Instant now) {
    var draws = draws(operation, request);
    var place =
        caller.account()
            + "/"
            + (operation.service().global() ? "global" : caller.region())
            + "/"
            + operation.service()
            + "/";
    for (var draw : draws) {
      if (level(place, draw, now) < draw.tokens()) {
        return false;
      }
    }
    for (var draw : draws) {
      levels.put(place + draw.bucket(), new Level(level(place, draw, now) - draw.tokens(), now));
    }
    return true;
  }

  private double level(String place, Draw draw, Instant now) {
    var level = levels.get(place + draw.bucket());
    if (level == null) {
      return draw.burst();
    }
    var seconds = java.time.Duration.between(level.at(), now).toNanos() / 1e9;
    return Math.min(draw.burst(), level.tokens() + Math.max(0, seconds) * draw.perSecond());
  }

  private static List<Draw> draws(ApiOperation operation, SdkRequest request) {
    return switch (operation.service()) {
      case ELB -> elb(operation);
      case EC2 -> List.of(ec2(operation, request));
      case ROUTE53 -> route53(operation, request);
      case ACM -> List.of(acm(operation));
      case WAFV2, WAF_REGIONAL -> List.of(waf(operation));
      case STS, SHIELD -> List.of();
    };
  }

  private static List<Draw> elb(ApiOperation operation) {
    var name = operation.name();
    var own =
        RESOURCE_INTENSIVE.contains(name)
            ? new Draw("resource-intensive", 10, 0.2, 1)
            : REGISTRATION.contains(name)
                ? new Draw("registration", 20, 4, 1)
                : operation.reads()
                    ? new Draw("describe", 40, 10, 1)
                    : new Draw("mutating", 20, 3, 1);
    return List.of(new Draw("all", 40, 10, 1), own);
  }

  private static Draw ec2(ApiOperation operation, SdkRequest request) {
    var name = operation.name();
    if (name.equals("CreateTags") || name.equals("DeleteTags")) {
      return new Draw(name, 100, 10, 1);
    }
    if (!operation.reads()) {
      return new Draw(name, 50, 5, 1);
    }
    return unfiltered(request) ? new Draw(name, 50, 10, 1) : new Draw(name, 100, 20, 1);
  }

  private static boolean unfiltered(SdkRequest request) {
    return switch (request) {
      case DescribeInstancesRequest r ->
          r.filters().isEmpty() && r.instanceIds().isEmpty() && r.maxResults() == null;
      case DescribeSecurityGroupsRequest r ->
          r.filters().isEmpty() && r.groupIds().isEmpty() && r.maxResults() == null;
      case DescribeNetworkInterfacesRequest r ->
          r.filters().isEmpty() && r.networkInterfaceIds().isEmpty() && r.maxResults() == null;
      default -> false;
    };
  }

  private static List<Draw> route53(ApiOperation operation, SdkRequest request) {
    var draws = new ArrayList<Draw>();
    draws.add(new Draw("all", 50, 10, 1));
    draws.add(
        switch (operation.name()) {
          case "CreateHostedZone" -> new Draw(operation.name(), 40, 2, 1);
          case "DeleteHostedZone" -> new Draw(operation.name(), 40, 5, 1);
          default -> new Draw(operation.name(), 50, 10, 1);
        });
    if (request instanceof ChangeResourceRecordSetsRequest change && change.changeBatch() != null) {
      var cost =
          change.changeBatch().changes().stream()
              .mapToInt(c -> c.action() == ChangeAction.UPSERT ? 2 : 1)
              .sum();
      draws.add(new Draw("changes", 1500, 100, cost));
    }
    return draws;
  }

  /** WAF's rates are fixed: one association in two seconds, one look-up of a resource a second. */
  private static Draw waf(ApiOperation operation) {
    return switch (operation.name()) {
      case "AssociateWebACL", "DisassociateWebACL" -> new Draw(operation.name(), 1, 0.5, 1);
      case "GetWebACLForResource", "ListResourcesForWebACL" -> new Draw(operation.name(), 1, 1, 1);
      default -> new Draw(operation.name(), 5, 5, 1);
    };
  }

  private static Draw acm(ApiOperation operation) {
    return switch (operation.name()) {
      case "ListCertificates" -> new Draw(operation.name(), 8, 8, 1);
      case "RequestCertificate", "AddTagsToCertificate", "RemoveTagsFromCertificate" ->
          new Draw(operation.name(), 5, 5, 1);
      default -> new Draw(operation.name(), 10, 10, 1);
    };
  }
}
