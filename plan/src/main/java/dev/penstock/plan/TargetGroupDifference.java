package dev.penstock.plan;

import dev.penstock.schemas.aws.Aspect;
import dev.penstock.schemas.aws.Live.LiveTargetGroup;
import dev.penstock.schemas.aws.TargetGroupSpec;
import dev.penstock.schemas.key.ResourceKey;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/**
 * Target groups (LBC 6.2): target type, protocol, protocol version and control port are fixed; port
 * and address type of a live group are not compared (LBC 10.42). A group has room for one load
 * balancer behind it, so that another one needs another group.
 */
final class TargetGroupDifference {
  private TargetGroupDifference() {}

  static Comparison of(
      ResourceKey key,
      TargetGroupSpec want,
      LiveTargetGroup live,
      List<String> memory,
      Ownership ownership) {
    var have = live.spec();
    var defaults = AttributeDefaults.targetGroup();
    var attributes = Comparison.attributes(want.attributes(), memory, defaults);
    var tags = Comparison.tags(key, want.tags(), ownership);
    var touched = Comparison.tags(key, have.tags(), ownership);
    return new Comparison.Collector()
        .fixed("the target type", want.targetType(), have.targetType())
        .fixed("the protocol", want.protocol(), have.protocol())
        .fixed("the protocol version", version(want), version(have))
        .fixed("the control port", control(want), control(have))
        .fixed("what stands behind it", behind(want, have), behind(have, want))
        .aspect(Aspect.BEHIND, want.behind().isPresent() && have.behind().isEmpty())
        .aspect(Aspect.HEALTH_CHECK, !normal(want.healthCheck()).equals(normal(have.healthCheck())))
        .aspect(
            Aspect.ATTRIBUTES, Comparison.attributesDiffer(attributes, have.attributes(), defaults))
        .aspect(Aspect.TAGS, !tags.equals(touched))
        .of(live.withSpec(have.withTags(touched)), want.withAttributes(attributes).withTags(tags));
  }

  /** What AWS answers for the same health check: protocols in capitals, code lists unordered. */
  private static TargetGroupSpec.HealthCheck normal(TargetGroupSpec.HealthCheck check) {
    var protocol = check.protocol().toUpperCase(Locale.ROOT);
    boolean connects = protocol.equals("TCP");
    return new TargetGroupSpec.HealthCheck(
        protocol,
        check.port().isEmpty() ? "traffic-port" : check.port(),
        connects ? "" : check.path().isEmpty() ? "/" : check.path(),
        check.intervalSeconds(),
        check.timeoutSeconds(),
        check.healthyThreshold(),
        check.unhealthyThreshold(),
        connects ? "" : codes(check.matcher()));
  }

  private static String codes(String matcher) {
    return String.join(",", new TreeSet<>(List.of(matcher.replace(" ", "").split(","))));
  }

  private static String version(TargetGroupSpec spec) {
    return spec.protocol().startsWith("HTTP") && spec.protocolVersion().isEmpty()
        ? "HTTP1"
        : spec.protocolVersion();
  }

  /** The load balancer behind a group, if the other side has one too. */
  private static String behind(TargetGroupSpec spec, TargetGroupSpec other) {
    return spec.behind()
        .filter(_ -> other.behind().isPresent())
        .map(b -> Order.id(b.loadBalancer()) + ":" + b.port())
        .orElse("");
  }

  private static String control(TargetGroupSpec spec) {
    return spec.targetControlPort().map(Object::toString).orElse("");
  }
}
