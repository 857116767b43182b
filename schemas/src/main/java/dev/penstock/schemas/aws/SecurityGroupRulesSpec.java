package dev.penstock.schemas.aws;

import java.util.List;

/** The ingress rules that we own on a security group that is not ours. */
public record SecurityGroupRulesSpec(String groupId, List<Permission> ingress)
    implements ResourceSpec {}
