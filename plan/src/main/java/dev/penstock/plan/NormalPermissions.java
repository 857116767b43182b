package dev.penstock.plan;

import dev.penstock.schemas.aws.Permission;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Permissions as EC2 compares them: without description, CIDRs without host bits. */
final class NormalPermissions {
  private NormalPermissions() {}

  record Rule(String protocol, int fromPort, int toPort, String source) {}

  static Set<Rule> of(List<Permission> permissions) {
    var rules = new LinkedHashSet<Rule>();
    permissions.forEach(permission -> rules.add(of(permission)));
    return rules;
  }

  static Rule of(Permission permission) {
    var protocol = protocol(permission.protocol());
    boolean portless = protocol.equals("-1");
    return new Rule(
        protocol,
        portless ? -1 : permission.fromPort(),
        portless ? -1 : permission.toPort(),
        source(permission.source()));
  }

  private static String source(Permission.Source source) {
    return switch (source) {
      case Permission.Cidr(var cidr) -> Cidr.canonical(cidr);
      case Permission.CidrV6(var cidr) -> Cidr.canonical(cidr);
      case Permission.PrefixList(var id) -> id;
      case Permission.Group(var group) -> Order.id(group);
    };
  }

  private static String protocol(String given) {
    var name = given.toLowerCase(Locale.ROOT);
    return switch (name) {
      case "6" -> "tcp";
      case "17" -> "udp";
      case "1" -> "icmp";
      case "58" -> "icmpv6";
      case "all" -> "-1";
      default -> name;
    };
  }
}
