package dev.penstock.schemas.aws;

import java.util.List;

/**
 * A rewrite of a listener rule (AWS API: RuleTransform); type is url-rewrite or
 * host-header-rewrite.
 */
public record Transform(String type, List<Rewrite> rewrites) {
  public record Rewrite(String regex, String replace) {}
}
