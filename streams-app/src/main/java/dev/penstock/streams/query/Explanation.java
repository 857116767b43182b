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

  /** As it is told: nothing found is a problem, and only what has none is clear. */
  Explanation told() {
    if (links.isEmpty() && problems.isEmpty()) {
      return new Explanation(subject, false, links, List.of(nothing()));
    }
    var clear = problems.isEmpty() && links.stream().allMatch(l -> l.obstacles().isEmpty());
    return new Explanation(subject, clear, links, problems);
  }

  private String nothing() {
    return subject.startsWith("pod/")
        ? "no cluster has a pod " + subject.substring("pod/".length())
        : "nothing is known of "
            + subject
            + "; a subject is a host name, ingress/namespace/name, pod/namespace/name or a load"
            + " balancer's name";
  }
}
