package dev.penstock.sandbox.aws;

/** Who calls and where: the account and Region whose state the call sees, and what the log says. */
public record Caller(
    String account, String region, String accessKeyId, String principal, String userAgent) {

  public static Caller of(String account, String region, String userAgent) {
    return new Caller(
        account, region, account, "arn:aws:iam::" + account + ":user/" + account, userAgent);
  }

  /** The same caller under another principal. */
  public Caller as(String other) {
    return new Caller(account, region, accessKeyId, other, userAgent);
  }

  public Caller withUserAgent(String agent) {
    return new Caller(account, region, accessKeyId, principal, agent);
  }
}
