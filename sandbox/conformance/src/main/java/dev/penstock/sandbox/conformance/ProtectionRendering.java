package dev.penstock.sandbox.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.schemas.aws.ProtectionSpec;

/** Web ACLs and Shield in the form of the golden cases: one resource of a type for each. */
final class ProtectionRendering {
  private ProtectionRendering() {}

  static void render(ObjectNode resources, ProtectionSpec spec, JsonNode loadBalancer) {
    var type =
        switch (spec.guard()) {
          case WEB_ACL -> "AWS::WAFv2::WebACLAssociation";
          case CLASSIC_WEB_ACL -> "AWS::WAFRegional::WebACLAssociation";
          case SHIELD -> "AWS::Shield::Protection";
        };
    var node = resources.withObjectProperty(type).putObject("LoadBalancer").putObject("spec");
    node.set("resourceARN", loadBalancer);
    switch (spec.guard()) {
      case WEB_ACL -> node.put("webACLARN", spec.value());
      case CLASSIC_WEB_ACL -> node.put("webACLID", spec.value());
      case SHIELD -> node.put("enabled", !spec.value().isEmpty());
    }
  }
}
