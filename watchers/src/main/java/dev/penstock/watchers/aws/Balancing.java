package dev.penstock.watchers.aws;

import dev.penstock.edges.aws.CallFailed;
import dev.penstock.edges.aws.Calls;
import dev.penstock.edges.aws.Calls.Repeat;
import dev.penstock.edges.aws.Halted;
import dev.penstock.edges.aws.types.Listeners;
import dev.penstock.edges.aws.types.LoadBalancers;
import dev.penstock.edges.aws.types.Tags;
import dev.penstock.edges.aws.types.TargetGroups;
import dev.penstock.edges.aws.types.Targets;
import dev.penstock.schemas.aws.TargetHealth;
import dev.penstock.schemas.command.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Certificate;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeCapacityReservationRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeCapacityReservationResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenerAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenerAttributesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenerCertificatesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenerCertificatesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenersRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenersResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancerAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancerAttributesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeRulesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeRulesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTagsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTagsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupAttributesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetHealthRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetHealthResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;

/** The describe calls of Elastic Load Balancing, all pages of each. */
final class Balancing {
  private static final int PAGE = 400;
  private static final int ARNS_PER_CALL = 20;

  private final Calls calls;

  Balancing(Calls calls) {
    this.calls = calls;
  }

  List<LoadBalancer> loadBalancers(DescribeLoadBalancersRequest request)
      throws CallFailed, Halted, InterruptedException {
    return Pages.all(marker -> {
      var answer =
          calls.call(
              request.toBuilder().marker(marker).build(),
              DescribeLoadBalancersResponse.class,
              Repeat.SAFE);
      return Pages.Page.of(answer.loadBalancers(), answer.nextMarker());
    });
  }

  List<LoadBalancer> loadBalancers() throws CallFailed, Halted, InterruptedException {
    return loadBalancers(DescribeLoadBalancersRequest.builder().pageSize(PAGE).build());
  }

  List<TargetGroup> targetGroups(DescribeTargetGroupsRequest request)
      throws CallFailed, Halted, InterruptedException {
    return Pages.all(marker -> {
      var answer =
          calls.call(
              request.toBuilder().marker(marker).build(),
              DescribeTargetGroupsResponse.class,
              Repeat.SAFE);
      return Pages.Page.of(answer.targetGroups(), answer.nextMarker());
    });
  }

  List<TargetGroup> targetGroups() throws CallFailed, Halted, InterruptedException {
    return targetGroups(DescribeTargetGroupsRequest.builder().pageSize(PAGE).build());
  }

  /** Those load balancers that are there. */
  List<LoadBalancer> loadBalancers(List<String> arns)
      throws CallFailed, Halted, InterruptedException {
    return there(
        arns,
        some ->
            loadBalancers(DescribeLoadBalancersRequest.builder().loadBalancerArns(some).build()));
  }

  /** Those target groups that are there. */
  List<TargetGroup> targetGroups(List<String> arns)
      throws CallFailed, Halted, InterruptedException {
    return there(
        arns,
        some -> targetGroups(DescribeTargetGroupsRequest.builder().targetGroupArns(some).build()));
  }

  List<Listener> listeners(DescribeListenersRequest request)
      throws CallFailed, Halted, InterruptedException {
    return Pages.all(marker -> {
      var answer =
          calls.call(
              request.toBuilder().marker(marker).build(),
              DescribeListenersResponse.class,
              Repeat.SAFE);
      return Pages.Page.of(answer.listeners(), answer.nextMarker());
    });
  }

  List<Listener> listenersOf(String loadBalancerArn)
      throws CallFailed, Halted, InterruptedException {
    return listeners(
        DescribeListenersRequest.builder().loadBalancerArn(loadBalancerArn).pageSize(PAGE).build());
  }

  List<Rule> rules(DescribeRulesRequest request) throws CallFailed, Halted, InterruptedException {
    return Pages.all(marker -> {
      var answer =
          calls.call(
              request.toBuilder().marker(marker).build(), DescribeRulesResponse.class, Repeat.SAFE);
      return Pages.Page.of(answer.rules(), answer.nextMarker());
    });
  }

  List<Rule> rulesOf(String listenerArn) throws CallFailed, Halted, InterruptedException {
    return rules(DescribeRulesRequest.builder().listenerArn(listenerArn).pageSize(PAGE).build());
  }

  /** SNI certificates; the default one, which AWS may list twice, is left out. */
  List<String> sniCertificates(String listenerArn) throws CallFailed, Halted, InterruptedException {
    var request =
        DescribeListenerCertificatesRequest.builder()
            .listenerArn(listenerArn)
            .pageSize(PAGE)
            .build();
    List<Certificate> certificates =
        Pages.all(marker -> {
          var answer =
              calls.call(
                  request.toBuilder().marker(marker).build(),
                  DescribeListenerCertificatesResponse.class,
                  Repeat.SAFE);
          return Pages.Page.of(answer.certificates(), answer.nextMarker());
        });
    return certificates.stream()
        .filter(certificate -> !Boolean.TRUE.equals(certificate.isDefault()))
        .map(Certificate::certificateArn)
        .toList();
  }

  Map<String, String> loadBalancerAttributes(String arn)
      throws CallFailed, Halted, InterruptedException {
    var request = DescribeLoadBalancerAttributesRequest.builder().loadBalancerArn(arn).build();
    var answer = calls.call(request, DescribeLoadBalancerAttributesResponse.class, Repeat.SAFE);
    return LoadBalancers.attributes(answer.attributes());
  }

  /** The minimum capacity; 0 where none is reserved. */
  int capacityUnits(String arn) throws CallFailed, Halted, InterruptedException {
    var request = DescribeCapacityReservationRequest.builder().loadBalancerArn(arn).build();
    var minimum =
        calls
            .call(request, DescribeCapacityReservationResponse.class, Repeat.SAFE)
            .minimumLoadBalancerCapacity();
    return minimum == null || minimum.capacityUnits() == null ? 0 : minimum.capacityUnits();
  }

  /** The load balancer that a group of target type alb leads to; one that is leaving is none. */
  Optional<TargetHealth> behind(TargetGroup group) throws CallFailed, Halted, InterruptedException {
    if (group.targetType() != TargetTypeEnum.ALB) {
      return Optional.empty();
    }
    var request =
        DescribeTargetHealthRequest.builder().targetGroupArn(group.targetGroupArn()).build();
    var answer = calls.call(request, DescribeTargetHealthResponse.class, Repeat.SAFE);
    return answer.targetHealthDescriptions().stream()
        .map(Targets::health)
        .filter(health -> !health.state().equals(TargetHealth.DRAINING))
        .findFirst();
  }

  Map<String, String> targetGroupAttributes(String arn)
      throws CallFailed, Halted, InterruptedException {
    var request = DescribeTargetGroupAttributesRequest.builder().targetGroupArn(arn).build();
    var answer = calls.call(request, DescribeTargetGroupAttributesResponse.class, Repeat.SAFE);
    return TargetGroups.attributes(answer.attributes());
  }

  Map<String, String> listenerAttributes(String arn)
      throws CallFailed, Halted, InterruptedException {
    var request = DescribeListenerAttributesRequest.builder().listenerArn(arn).build();
    var answer = calls.call(request, DescribeListenerAttributesResponse.class, Repeat.SAFE);
    return Listeners.attributes(answer.attributes());
  }

  Map<String, String> tags(String arn) throws CallFailed, Halted, InterruptedException {
    var request = DescribeTagsRequest.builder().resourceArns(arn).build();
    var answer = calls.call(request, DescribeTagsResponse.class, Repeat.SAFE);
    return answer.tagDescriptions().stream()
        .findFirst()
        .map(description -> Tags.ofElb(description.tags()))
        .orElse(Map.of());
  }

  /** Tags of many; those of what is missing are left out. */
  Map<String, Map<String, String>> tags(List<String> arns)
      throws CallFailed, Halted, InterruptedException {
    var descriptions =
        there(
            arns,
            some ->
                calls
                    .call(
                        DescribeTagsRequest.builder().resourceArns(some).build(),
                        DescribeTagsResponse.class,
                        Repeat.SAFE)
                    .tagDescriptions());
    var tags = new TreeMap<String, Map<String, String>>();
    descriptions.forEach(d -> tags.put(d.resourceArn(), Tags.ofElb(d.tags())));
    return tags;
  }

  /** One call for some ARNs. */
  private interface Description<T> {
    List<T> of(List<String> arns) throws CallFailed, Halted, InterruptedException;
  }

  /**
   * What is there of many, 20 a call. One missing ARN fails the whole call (AWS API finding 5): it
   * is halved until the missing ones stand alone; they are left out.
   */
  private static <T> List<T> there(List<String> arns, Description<T> description)
      throws CallFailed, Halted, InterruptedException {
    var found = new ArrayList<T>();
    for (var from = 0; from < arns.size(); from += ARNS_PER_CALL) {
      var to = Math.min(arns.size(), from + ARNS_PER_CALL);
      halve(arns.subList(from, to), description, found);
    }
    return found;
  }

  private static <T> void halve(List<String> arns, Description<T> description, List<T> found)
      throws CallFailed, Halted, InterruptedException {
    try {
      found.addAll(description.of(arns));
    } catch (CallFailed failed) {
      if (failed.fault() != Fault.GONE) {
        throw failed;
      }
      if (arns.size() > 1) {
        var middle = arns.size() / 2;
        halve(arns.subList(0, middle), description, found);
        halve(arns.subList(middle, arns.size()), description, found);
      }
    }
  }
}
