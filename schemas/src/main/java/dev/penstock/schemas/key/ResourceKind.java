package dev.penstock.schemas.key;

/** The kinds of resources that verdicts are made of. */
public enum ResourceKind {
  SECURITY_GROUP("SecurityGroup"),
  /** The rules that we own on a security group that is not ours (node or pod security groups). */
  SECURITY_GROUP_RULES("SecurityGroupRules"),
  TARGET_GROUP("TargetGroup"),
  LOAD_BALANCER("LoadBalancer"),
  LISTENER("Listener"),
  LISTENER_RULE("ListenerRule"),
  /** A certificate that ACM is asked for. */
  CERTIFICATE("Certificate"),
  /** What guards a load balancer: a web ACL, or Shield Advanced. */
  PROTECTION("Protection"),
  /** All record sets of one DNS name with their ownership TXT. */
  RECORD_NAME("RecordName"),
  /** What we read but never write: subnets, instances, certificates of others, hosted zones. */
  INVENTORY("Inventory");

  private final String text;

  ResourceKind(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }

  /**
   * The kind with that text.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static ResourceKind of(String text) {
    for (var kind : values()) {
      if (kind.text.equals(text)) {
        return kind;
      }
    }
    throw new IllegalArgumentException("no such kind: " + text);
  }
}
