package dev.penstock.schemas.aws;

import java.util.List;
import java.util.Map;

/** A security group that we make: managed frontend group or shared backend group. */
public record SecurityGroupSpec(
    String name,
    String description,
    String vpcId,
    List<Permission> ingress,
    Map<String, String> tags)
    implements ResourceSpec {

  public SecurityGroupSpec withIngress(List<Permission> changed) {
    return new SecurityGroupSpec(name, description, vpcId, changed, tags);
  }

  public SecurityGroupSpec withTags(Map<String, String> changed) {
    return new SecurityGroupSpec(name, description, vpcId, ingress, changed);
  }
}
