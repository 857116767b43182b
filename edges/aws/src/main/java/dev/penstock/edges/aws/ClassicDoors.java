package dev.penstock.edges.aws;

import dev.penstock.edges.aws.SdkCloud.Door;
import java.util.Map;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.services.waf.model.AssociateWebAclRequest;
import software.amazon.awssdk.services.waf.model.DisassociateWebAclRequest;
import software.amazon.awssdk.services.waf.model.GetWebAclForResourceRequest;
import software.amazon.awssdk.services.waf.regional.WafRegionalClient;

/** The operations of classic WAF, whose requests are called as those of WAFv2. */
final class ClassicDoors {
  private ClassicDoors() {}

  static void waf(Map<Class<? extends AwsRequest>, Door> table, WafRegionalClient waf) {
    Doors.put(table, AssociateWebAclRequest.class, waf::associateWebACL);
    Doors.put(table, DisassociateWebAclRequest.class, waf::disassociateWebACL);
    Doors.put(table, GetWebAclForResourceRequest.class, waf::getWebACLForResource);
  }
}
