package dev.penstock.sandbox.aws.waf;

import dev.penstock.sandbox.aws.AwsError;
import dev.penstock.sandbox.aws.engine.Operations;
import dev.penstock.sandbox.aws.engine.Rows.NamedArn;
import dev.penstock.sandbox.aws.engine.Turn;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.waf.model.AssociateWebAclRequest;
import software.amazon.awssdk.services.waf.model.AssociateWebAclResponse;
import software.amazon.awssdk.services.waf.model.DisassociateWebAclRequest;
import software.amazon.awssdk.services.waf.model.DisassociateWebAclResponse;
import software.amazon.awssdk.services.waf.model.GetWebAclForResourceRequest;
import software.amazon.awssdk.services.waf.model.GetWebAclForResourceResponse;

/** Classic WAF of a Region: ACLs are known by id, and whatever id is named exists. */
public final class ClassicWebAcls implements Operations.Family {

  @Override
  public void register(Operations operations) {
    operations.on(AssociateWebAclRequest.class, this::associate);
    operations.on(DisassociateWebAclRequest.class, this::disassociate);
    operations.on(GetWebAclForResourceRequest.class, this::get);
  }

  private SdkResponse associate(Turn turn, AssociateWebAclRequest request) {
    var id = request.webACLId();
    if (id == null || id.isEmpty()) {
      throw AwsError.refused("WAFInvalidParameterException", "A web ACL id must be specified");
    }
    Protected.check(turn, request.resourceArn());
    turn.region().classicAclLinks.put(request.resourceArn(), new NamedArn(id, id, id));
    return AssociateWebAclResponse.builder().build();
  }

  private SdkResponse disassociate(Turn turn, DisassociateWebAclRequest request) {
    turn.region().classicAclLinks.remove(request.resourceArn());
    return DisassociateWebAclResponse.builder().build();
  }

  private SdkResponse get(Turn turn, GetWebAclForResourceRequest request) {
    var response = GetWebAclForResourceResponse.builder();
    turn.region()
        .classicAclLinks
        .find(request.resourceArn())
        .ifPresent(acl -> response.webACLSummary(s -> s.webACLId(acl.arn()).name(acl.name())));
    return response.build();
  }
}
