package dev.penstock.schemas.aws;

/** One ingress rule of a security group: one source. Ports are -1 when the protocol has none. */
public record Permission(
    String protocol, int fromPort, int toPort, Source source, String description) {
  public sealed interface Source {}

  public record Cidr(String cidr) implements Source {}

  public record CidrV6(String cidr) implements Source {}

  public record PrefixList(String id) implements Source {}

  public record Group(Link group) implements Source {}
}
