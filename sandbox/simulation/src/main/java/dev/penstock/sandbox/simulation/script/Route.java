package dev.penstock.sandbox.simulation.script;

/**
 * What an Ingress says.
 *
 * @param group its IngressGroup, 0 for none
 * @param host the number of its host name
 * @param path its only path, for example {@code /}
 * @param instance whether targets are the nodes in place of the pods
 */
public record Route(
    int group,
    int order,
    int host,
    String path,
    boolean internal,
    boolean https,
    boolean instance) {

  /** A public Ingress of its own with this host name. */
  public static Route of(int host) {
    return new Route(0, 0, host, "/", false, false, false);
  }
}
