package dev.penstock.sandbox.aws.waf;

import dev.penstock.sandbox.aws.AwsError;
import dev.penstock.sandbox.aws.engine.Operations;
import dev.penstock.sandbox.aws.engine.Pages;
import dev.penstock.sandbox.aws.engine.Rows.NamedArn;
import dev.penstock.sandbox.aws.engine.Turn;
import java.util.List;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.wafv2.model.AssociateWebAclRequest;
import software.amazon.awssdk.services.wafv2.model.AssociateWebAclResponse;
import software.amazon.awssdk.services.wafv2.model.DisassociateWebAclRequest;
import software.amazon.awssdk.services.wafv2.model.DisassociateWebAclResponse;
import software.amazon.awssdk.services.wafv2.model.GetWebAclForResourceRequest;
import software.amazon.awssdk.services.wafv2.model.GetWebAclForResourceResponse;
import software.amazon.awssdk.services.wafv2.model.ListResourcesForWebAclRequest;
import software.amazon.awssdk.services.wafv2.model.ListResourcesForWebAclResponse;
import software.amazon.awssdk.services.wafv2.model.ListWebAcLsRequest;
import software.amazon.awssdk.services.wafv2.model.ListWebAcLsResponse;
import software.amazon.awssdk.services.wafv2.model.WebACL;
import software.amazon.awssdk.services.wafv2.model.WebACLSummary;

/** WAFv2: a load balancer has one web ACL at most; having none is no error. */
public final class WebAcls implements Operations.Family {
  private static final int LARGEST_PAGE = 100;

  @Override
  public void register(Operations operations) {
    operations.on(AssociateWebAclRequest.class, this::associate);
    operations.on(DisassociateWebAclRequest.class, this::disassociate);
    operations.on(GetWebAclForResourceRequest.class, this::get);
    operations.on(ListResourcesForWebAclRequest.class, this::resources);
    operations.on(ListWebAcLsRequest.class, this::list);
  }

  private SdkResponse associate(Turn turn, AssociateWebAclRequest request) {
    var acl = find(turn, request.webACLArn());
    Protected.check(turn, request.resourceArn());
    turn.region()
        .webAclLinks
        .put(request.resourceArn(), new NamedArn(acl.name(), acl.arn(), acl.arn()));
    return AssociateWebAclResponse.builder().build();
  }

  private SdkResponse disassociate(Turn turn, DisassociateWebAclRequest request) {
    turn.region().webAclLinks.remove(request.resourceArn());
    return DisassociateWebAclResponse.builder().build();
  }

  private SdkResponse get(Turn turn, GetWebAclForResourceRequest request) {
    var response = GetWebAclForResourceResponse.builder();
    turn.region()
        .webAclLinks
        .find(request.resourceArn())
        .ifPresent(acl ->
            response.webACL(WebACL.builder().arn(acl.arn()).name(acl.name()).id(id(acl)).build()));
    return response.build();
  }

  private SdkResponse resources(Turn turn, ListResourcesForWebAclRequest request) {
    var acl = find(turn, request.webACLArn());
    List<String> arns =
        turn.region().webAclLinks.entries().entrySet().stream()
            .filter(link -> link.getValue().arn().equals(acl.arn()))
            .map(link -> link.getKey())
            .toList();
    return ListResourcesForWebAclResponse.builder().resourceArns(arns).build();
  }

  private SdkResponse list(Turn turn, ListWebAcLsRequest request) {
    if (!"REGIONAL".equals(request.scopeAsString())) {
      return ListWebAcLsResponse.builder().webACLs(List.of()).build();
    }
    var page =
        Pages.of(
            List.copyOf(turn.region().webAcls.all()),
            NamedArn::arn,
            request.nextMarker(),
            request.limit() == null ? LARGEST_PAGE : Math.min(LARGEST_PAGE, request.limit()));
    return ListWebAcLsResponse.builder()
        .webACLs(
            page.items().stream()
                .map(acl ->
                    WebACLSummary.builder().arn(acl.arn()).name(acl.name()).id(id(acl)).build())
                .toList())
        .nextMarker(page.next())
        .build();
  }

  private static NamedArn find(Turn turn, String arn) {
    return turn.region()
        .webAcls
        .find(String.valueOf(arn))
        .orElseThrow(() ->
            AwsError.refused(
                "WAFNonexistentItemException",
                "AWS WAF couldn't perform the operation because your resource doesn't exist."));
  }

  private static String id(NamedArn acl) {
    return acl.arn().substring(acl.arn().lastIndexOf('/') + 1);
  }
}
