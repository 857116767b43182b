package dev.penstock.edges.aws;

import dev.penstock.edges.aws.SdkCloud.Door;
import java.util.Map;
import java.util.function.Function;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.services.acm.AcmClient;
import software.amazon.awssdk.services.acm.model.AddTagsToCertificateRequest;
import software.amazon.awssdk.services.acm.model.DeleteCertificateRequest;
import software.amazon.awssdk.services.acm.model.DescribeCertificateRequest;
import software.amazon.awssdk.services.acm.model.ListCertificatesRequest;
import software.amazon.awssdk.services.acm.model.ListTagsForCertificateRequest;
import software.amazon.awssdk.services.acm.model.RemoveTagsFromCertificateRequest;
import software.amazon.awssdk.services.acm.model.RequestCertificateRequest;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupIngressRequest;
import software.amazon.awssdk.services.ec2.model.CreateSecurityGroupRequest;
import software.amazon.awssdk.services.ec2.model.CreateTagsRequest;
import software.amazon.awssdk.services.ec2.model.DeleteSecurityGroupRequest;
import software.amazon.awssdk.services.ec2.model.DeleteTagsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeAvailabilityZonesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkInterfacesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeRouteTablesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVpcsRequest;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupIngressRequest;
import software.amazon.awssdk.services.ec2.model.UpdateSecurityGroupRuleDescriptionsIngressRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.AddListenerCertificatesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.AddTagsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateLoadBalancerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateRuleRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateTargetGroupRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteLoadBalancerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteRuleRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteTargetGroupRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeregisterTargetsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeCapacityReservationRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenerAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenerCertificatesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenersRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancerAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeRulesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTagsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetHealthRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTrustStoresRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyCapacityReservationRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyIpPoolsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyListenerAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyLoadBalancerAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyRuleRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyTargetGroupAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyTargetGroupRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RegisterTargetsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RemoveListenerCertificatesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RemoveTagsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetIpAddressTypeRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetRulePrioritiesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetSecurityGroupsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetSubnetsRequest;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.ChangeResourceRecordSetsRequest;
import software.amazon.awssdk.services.route53.model.GetChangeRequest;
import software.amazon.awssdk.services.route53.model.ListHostedZonesRequest;
import software.amazon.awssdk.services.route53.model.ListResourceRecordSetsRequest;
import software.amazon.awssdk.services.route53.model.ListTagsForResourcesRequest;
import software.amazon.awssdk.services.shield.ShieldClient;
import software.amazon.awssdk.services.shield.model.CreateProtectionRequest;
import software.amazon.awssdk.services.shield.model.DeleteProtectionRequest;
import software.amazon.awssdk.services.shield.model.DescribeProtectionRequest;
import software.amazon.awssdk.services.shield.model.GetSubscriptionStateRequest;
import software.amazon.awssdk.services.wafv2.Wafv2Client;
import software.amazon.awssdk.services.wafv2.model.AssociateWebAclRequest;
import software.amazon.awssdk.services.wafv2.model.DisassociateWebAclRequest;
import software.amazon.awssdk.services.wafv2.model.GetWebAclForResourceRequest;
import software.amazon.awssdk.services.wafv2.model.ListWebAcLsRequest;

/**
 * The operations that Penstock uses, each by the type of its request. {@code deploy/iam.json} is
 * written from this list.
 */
final class Doors {
  private Doors() {}

  static void elb(Map<Class<? extends AwsRequest>, Door> table, ElasticLoadBalancingV2Client elb) {
    put(table, CreateLoadBalancerRequest.class, elb::createLoadBalancer);
    put(table, DescribeLoadBalancersRequest.class, elb::describeLoadBalancers);
    put(table, DescribeLoadBalancerAttributesRequest.class, elb::describeLoadBalancerAttributes);
    put(table, ModifyLoadBalancerAttributesRequest.class, elb::modifyLoadBalancerAttributes);
    put(table, SetSubnetsRequest.class, elb::setSubnets);
    put(table, SetSecurityGroupsRequest.class, elb::setSecurityGroups);
    put(table, SetIpAddressTypeRequest.class, elb::setIpAddressType);
    put(table, ModifyIpPoolsRequest.class, elb::modifyIpPools);
    put(table, DescribeCapacityReservationRequest.class, elb::describeCapacityReservation);
    put(table, ModifyCapacityReservationRequest.class, elb::modifyCapacityReservation);
    put(table, DeleteLoadBalancerRequest.class, elb::deleteLoadBalancer);
    put(table, CreateTargetGroupRequest.class, elb::createTargetGroup);
    put(table, DescribeTargetGroupsRequest.class, elb::describeTargetGroups);
    put(table, ModifyTargetGroupRequest.class, elb::modifyTargetGroup);
    put(table, DescribeTargetGroupAttributesRequest.class, elb::describeTargetGroupAttributes);
    put(table, ModifyTargetGroupAttributesRequest.class, elb::modifyTargetGroupAttributes);
    put(table, DeleteTargetGroupRequest.class, elb::deleteTargetGroup);
    put(table, RegisterTargetsRequest.class, elb::registerTargets);
    put(table, DeregisterTargetsRequest.class, elb::deregisterTargets);
    put(table, DescribeTrustStoresRequest.class, elb::describeTrustStores);
    put(table, DescribeTargetHealthRequest.class, elb::describeTargetHealth);
    put(table, CreateListenerRequest.class, elb::createListener);
    put(table, DescribeListenersRequest.class, elb::describeListeners);
    put(table, ModifyListenerRequest.class, elb::modifyListener);
    put(table, DeleteListenerRequest.class, elb::deleteListener);
    put(table, DescribeListenerAttributesRequest.class, elb::describeListenerAttributes);
    put(table, ModifyListenerAttributesRequest.class, elb::modifyListenerAttributes);
    put(table, AddListenerCertificatesRequest.class, elb::addListenerCertificates);
    put(table, RemoveListenerCertificatesRequest.class, elb::removeListenerCertificates);
    put(table, DescribeListenerCertificatesRequest.class, elb::describeListenerCertificates);
    put(table, CreateRuleRequest.class, elb::createRule);
    put(table, DescribeRulesRequest.class, elb::describeRules);
    put(table, ModifyRuleRequest.class, elb::modifyRule);
    put(table, SetRulePrioritiesRequest.class, elb::setRulePriorities);
    put(table, DeleteRuleRequest.class, elb::deleteRule);
    put(table, AddTagsRequest.class, elb::addTags);
    put(table, RemoveTagsRequest.class, elb::removeTags);
    put(table, DescribeTagsRequest.class, elb::describeTags);
  }

  static void ec2(Map<Class<? extends AwsRequest>, Door> table, Ec2Client ec2) {
    put(table, DescribeVpcsRequest.class, ec2::describeVpcs);
    put(table, DescribeSubnetsRequest.class, ec2::describeSubnets);
    put(table, DescribeRouteTablesRequest.class, ec2::describeRouteTables);
    put(table, DescribeAvailabilityZonesRequest.class, ec2::describeAvailabilityZones);
    put(table, DescribeNetworkInterfacesRequest.class, ec2::describeNetworkInterfaces);
    put(table, DescribeSecurityGroupsRequest.class, ec2::describeSecurityGroups);
    put(table, CreateSecurityGroupRequest.class, ec2::createSecurityGroup);
    put(table, AuthorizeSecurityGroupIngressRequest.class, ec2::authorizeSecurityGroupIngress);
    put(table, RevokeSecurityGroupIngressRequest.class, ec2::revokeSecurityGroupIngress);
    put(
        table,
        UpdateSecurityGroupRuleDescriptionsIngressRequest.class,
        ec2::updateSecurityGroupRuleDescriptionsIngress);
    put(table, DeleteSecurityGroupRequest.class, ec2::deleteSecurityGroup);
    put(table, CreateTagsRequest.class, ec2::createTags);
    put(table, DeleteTagsRequest.class, ec2::deleteTags);
  }

  static void route53(Map<Class<? extends AwsRequest>, Door> table, Route53Client route53) {
    put(table, ChangeResourceRecordSetsRequest.class, route53::changeResourceRecordSets);
    put(table, GetChangeRequest.class, route53::getChange);
    put(table, ListResourceRecordSetsRequest.class, route53::listResourceRecordSets);
    put(table, ListHostedZonesRequest.class, route53::listHostedZones);
    put(table, ListTagsForResourcesRequest.class, route53::listTagsForResources);
  }

  static void acm(Map<Class<? extends AwsRequest>, Door> table, AcmClient acm) {
    put(table, ListCertificatesRequest.class, acm::listCertificates);
    put(table, DescribeCertificateRequest.class, acm::describeCertificate);
    put(table, ListTagsForCertificateRequest.class, acm::listTagsForCertificate);
    put(table, RequestCertificateRequest.class, acm::requestCertificate);
    put(table, AddTagsToCertificateRequest.class, acm::addTagsToCertificate);
    put(table, RemoveTagsFromCertificateRequest.class, acm::removeTagsFromCertificate);
    put(table, DeleteCertificateRequest.class, acm::deleteCertificate);
  }

  static void wafv2(Map<Class<? extends AwsRequest>, Door> table, Wafv2Client wafv2) {
    put(table, AssociateWebAclRequest.class, wafv2::associateWebACL);
    put(table, DisassociateWebAclRequest.class, wafv2::disassociateWebACL);
    put(table, GetWebAclForResourceRequest.class, wafv2::getWebACLForResource);
    put(table, ListWebAcLsRequest.class, wafv2::listWebACLs);
  }

  static void shield(Map<Class<? extends AwsRequest>, Door> table, ShieldClient shield) {
    put(table, GetSubscriptionStateRequest.class, shield::getSubscriptionState);
    put(table, DescribeProtectionRequest.class, shield::describeProtection);
    put(table, CreateProtectionRequest.class, shield::createProtection);
    put(table, DeleteProtectionRequest.class, shield::deleteProtection);
  }

  static <Q extends AwsRequest> void put(
      Map<Class<? extends AwsRequest>, Door> table,
      Class<Q> type,
      Function<Q, ? extends AwsResponse> operation) {
    table.put(type, request -> operation.apply(type.cast(request)));
  }
}
