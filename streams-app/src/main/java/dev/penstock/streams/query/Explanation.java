package dev.penstock.streams.query;

import java.util.List;

/**
 * The chain from a name to its pods, depth first. {@code clear}: something was found and nothing
 * stands in the way.
 */
public record Explanation(String subject, boolean clear, List<Link> links, List<String> problems) {
  /**
   * One link: what is desired, what is observed (empty: nothing is known), and what stands in the
   * way.
   */
  public record Link(
      int depth,
      String what,
      String name,
      String desired,
      String observed,
      List<String> obstacles) {}
}
