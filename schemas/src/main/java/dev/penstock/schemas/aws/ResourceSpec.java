package dev.penstock.schemas.aws;

/**
 * What a resource should be, or, inside a {@link Live}, what it is. One record per {@link
 * dev.penstock.schemas.key.ResourceKind} that is written. In a live spec every link is {@link
 * Link.Known}.
 */
public sealed interface ResourceSpec
    permits LoadBalancerSpec,
        ListenerSpec,
        ListenerRuleSpec,
        TargetGroupSpec,
        SecurityGroupSpec,
        SecurityGroupRulesSpec,
        CertificateSpec,
        ProtectionSpec,
        RecordNameSpec {}
