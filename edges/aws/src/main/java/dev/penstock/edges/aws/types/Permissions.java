package dev.penstock.edges.aws.types;

import dev.penstock.edges.aws.Text;
import dev.penstock.schemas.aws.Link;
import dev.penstock.schemas.aws.Permission;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.Ipv6Range;
import software.amazon.awssdk.services.ec2.model.PrefixListId;
import software.amazon.awssdk.services.ec2.model.UserIdGroupPair;

/**
 * Ingress rules, one source each. A rule's identity is all of it but the description. CIDRs are
 * compared as AWS keeps them, with the host bits cleared (AWS API 1.2).
 */
public final class Permissions {
  private static final Comparator<Permission> ORDER =
      Comparator.comparing(Permission::protocol)
          .thenComparingInt(Permission::fromPort)
          .thenComparingInt(Permission::toPort)
          .thenComparing(p -> p.source().toString())
          .thenComparing(Permission::description);

  private Permissions() {}

  public static List<IpPermission> write(Collection<Permission> permissions) {
    return permissions.stream().map(Permissions::write).toList();
  }

  /** Sorted, one for each source. */
  public static List<Permission> read(Collection<IpPermission> permissions) {
    var read = new ArrayList<Permission>();
    permissions.forEach(permission -> read(permission, read));
    return read.stream().sorted(ORDER).toList();
  }

  /**
   * The rule without its description and with canonical CIDR: equal for rules AWS takes for one.
   */
  public static Permission identity(Permission rule) {
    var source =
        switch (rule.source()) {
          case Permission.Cidr(var cidr) -> new Permission.Cidr(Cidrs.canonical(cidr));
          case Permission.CidrV6(var cidr) -> new Permission.CidrV6(Cidrs.canonical(cidr));
          case Permission.PrefixList list -> list;
          case Permission.Group group -> group;
        };
    return new Permission(rule.protocol(), rule.fromPort(), rule.toPort(), source, "");
  }

  /** Those of {@code wanted} that {@code others} lacks. */
  public static List<Permission> minus(
      Collection<Permission> wanted, Collection<Permission> others) {
    var identities = others.stream().map(Permissions::identity).toList();
    return wanted.stream().filter(rule -> !identities.contains(identity(rule))).toList();
  }

  private static IpPermission write(Permission rule) {
    var written = IpPermission.builder().ipProtocol(rule.protocol());
    if (rule.fromPort() >= 0 || rule.toPort() >= 0) {
      written.fromPort(rule.fromPort()).toPort(rule.toPort());
    }
    var description = Text.optional(rule.description()).orElse(null);
    switch (rule.source()) {
      case Permission.Cidr(var cidr) ->
          written.ipRanges(IpRange.builder().cidrIp(cidr).description(description).build());
      case Permission.CidrV6(var cidr) ->
          written.ipv6Ranges(Ipv6Range.builder().cidrIpv6(cidr).description(description).build());
      case Permission.PrefixList(var id) ->
          written.prefixListIds(
              PrefixListId.builder().prefixListId(id).description(description).build());
      case Permission.Group(var group) ->
          written.userIdGroupPairs(
              UserIdGroupPair.builder().groupId(Links.id(group)).description(description).build());
    }
    return written.build();
  }

  private static void read(IpPermission seen, List<Permission> read) {
    seen.ipRanges()
        .forEach(r -> read.add(rule(seen, new Permission.Cidr(r.cidrIp()), r.description())));
    seen.ipv6Ranges()
        .forEach(r -> read.add(rule(seen, new Permission.CidrV6(r.cidrIpv6()), r.description())));
    seen.prefixListIds()
        .forEach(r ->
            read.add(rule(seen, new Permission.PrefixList(r.prefixListId()), r.description())));
    seen.userIdGroupPairs()
        .forEach(r ->
            read.add(
                rule(seen, new Permission.Group(new Link.Known(r.groupId())), r.description())));
  }

  private static Permission rule(
      IpPermission seen, Permission.Source source, @Nullable String description) {
    var from = seen.fromPort();
    var to = seen.toPort();
    return new Permission(
        Text.of(seen.ipProtocol()),
        from == null ? -1 : from,
        to == null ? -1 : to,
        source,
        Text.of(description));
  }
}
