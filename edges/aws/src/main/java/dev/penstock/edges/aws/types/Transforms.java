package dev.penstock.edges.aws.types;

import dev.penstock.edges.aws.Text;
import dev.penstock.schemas.aws.Transform;
import java.util.Collection;
import java.util.List;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.HostHeaderRewriteConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RewriteConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleTransform;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.UrlRewriteConfig;

/** Rewrites of a rule. */
final class Transforms {
  private static final String HOST = "host-header-rewrite";

  private Transforms() {}

  static List<RuleTransform> write(Collection<Transform> transforms) {
    return transforms.stream().map(Transforms::write).toList();
  }

  static List<Transform> read(Collection<RuleTransform> transforms) {
    return transforms.stream().map(Transforms::read).toList();
  }

  private static RuleTransform write(Transform transform) {
    var rewrites =
        transform.rewrites().stream()
            .map(r -> RewriteConfig.builder().regex(r.regex()).replace(r.replace()).build())
            .toList();
    var written = RuleTransform.builder().type(transform.type());
    if (transform.type().equals(HOST)) {
      written.hostHeaderRewriteConfig(HostHeaderRewriteConfig.builder().rewrites(rewrites).build());
    } else {
      written.urlRewriteConfig(UrlRewriteConfig.builder().rewrites(rewrites).build());
    }
    return written.build();
  }

  private static Transform read(RuleTransform transform) {
    var host = transform.hostHeaderRewriteConfig();
    var url = transform.urlRewriteConfig();
    List<RewriteConfig> rewrites =
        host != null ? host.rewrites() : url != null ? url.rewrites() : List.of();
    return new Transform(
        Text.of(transform.typeAsString()),
        rewrites.stream()
            .map(r -> new Transform.Rewrite(Text.of(r.regex()), Text.of(r.replace())))
            .toList());
  }
}
