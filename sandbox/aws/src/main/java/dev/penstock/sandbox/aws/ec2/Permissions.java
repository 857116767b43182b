package dev.penstock.sandbox.aws.ec2;

import dev.penstock.sandbox.aws.AwsError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.Ipv6Range;
import software.amazon.awssdk.services.ec2.model.PrefixListId;
import software.amazon.awssdk.services.ec2.model.ReferencedSecurityGroup;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;
import software.amazon.awssdk.services.ec2.model.UserIdGroupPair;

/** Permissions taken apart into single rules in canonical form, and put together again. */
final class Permissions {
  private Permissions() {}

  /** The rules that the permissions mean, without ids. */
  static List<SecurityGroupRule> rules(String account, List<IpPermission> permissions) {
    var rules = new ArrayList<SecurityGroupRule>();
    for (var permission : permissions) {
      var before = rules.size();
      for (var range : permission.ipRanges()) {
        var cidr = canonical(range.cidrIp(), 32);
        rules.add(part(permission).cidrIpv4(cidr).description(range.description()).build());
      }
      for (var range : permission.ipv6Ranges()) {
        var cidr = canonical(range.cidrIpv6(), 128);
        rules.add(part(permission).cidrIpv6(cidr).description(range.description()).build());
      }
      for (var list : permission.prefixListIds()) {
        rules.add(
            part(permission)
                .prefixListId(list.prefixListId())
                .description(list.description())
                .build());
      }
      for (var pair : permission.userIdGroupPairs()) {
        rules.add(
            part(permission)
                .referencedGroupInfo(
                    ReferencedSecurityGroup.builder()
                        .groupId(pair.groupId())
                        .userId(pair.userId() == null ? account : pair.userId())
                        .build())
                .description(pair.description())
                .build());
      }
      if (rules.size() == before) {
        throw AwsError.refused(
            "InvalidParameterValue", "A permission must name at least one source or destination");
      }
    }
    return rules;
  }

  /** Whether both let the same in, whatever their descriptions say. */
  static boolean same(SecurityGroupRule a, SecurityGroupRule b) {
    return Objects.equals(a.ipProtocol(), b.ipProtocol())
        && Objects.equals(a.fromPort(), b.fromPort())
        && Objects.equals(a.toPort(), b.toPort())
        && Objects.equals(a.cidrIpv4(), b.cidrIpv4())
        && Objects.equals(a.cidrIpv6(), b.cidrIpv6())
        && Objects.equals(a.prefixListId(), b.prefixListId())
        && Objects.equals(peer(a), peer(b));
  }

  static @Nullable String peer(SecurityGroupRule rule) {
    return rule.referencedGroupInfo() == null ? null : rule.referencedGroupInfo().groupId();
  }

  /** As DescribeSecurityGroups shows them: grouped by protocol and ports. */
  static List<IpPermission> permissions(List<SecurityGroupRule> rules) {
    Map<String, List<SecurityGroupRule>> groups = new LinkedHashMap<>();
    for (var rule : rules) {
      var key = rule.ipProtocol() + "|" + rule.fromPort() + "|" + rule.toPort();
      groups.computeIfAbsent(key, _ -> new ArrayList<>()).add(rule);
    }
    return groups.values().stream().map(Permissions::permission).toList();
  }

  private static IpPermission permission(List<SecurityGroupRule> rules) {
    var ipv4 = new ArrayList<IpRange>();
    var ipv6 = new ArrayList<Ipv6Range>();
    var lists = new ArrayList<PrefixListId>();
    var pairs = new ArrayList<UserIdGroupPair>();
    for (var rule : rules) {
      var text = rule.description();
      if (rule.cidrIpv4() != null) {
        ipv4.add(IpRange.builder().cidrIp(rule.cidrIpv4()).description(text).build());
      } else if (rule.cidrIpv6() != null) {
        ipv6.add(Ipv6Range.builder().cidrIpv6(rule.cidrIpv6()).description(text).build());
      } else if (rule.prefixListId() != null) {
        lists.add(
            PrefixListId.builder().prefixListId(rule.prefixListId()).description(text).build());
      } else {
        var group = rule.referencedGroupInfo();
        pairs.add(
            UserIdGroupPair.builder()
                .groupId(group.groupId())
                .userId(group.userId())
                .description(text)
                .build());
      }
    }
    var first = rules.getFirst();
    var all = first.ipProtocol().equals("-1");
    return IpPermission.builder()
        .ipProtocol(first.ipProtocol())
        .fromPort(all ? null : first.fromPort())
        .toPort(all ? null : first.toPort())
        .ipRanges(ipv4)
        .ipv6Ranges(ipv6)
        .prefixListIds(lists)
        .userIdGroupPairs(pairs)
        .build();
  }

  private static SecurityGroupRule.Builder part(IpPermission permission) {
    var protocol = protocol(permission.ipProtocol());
    var ported = List.of("tcp", "udp", "icmp", "icmpv6").contains(protocol);
    if (ported && (permission.fromPort() == null || permission.toPort() == null)) {
      throw AwsError.refused(
          "InvalidParameterValue",
          "Invalid value for portRange. Must specify both from and to ports");
    }
    if (List.of("tcp", "udp").contains(protocol)
        && (permission.fromPort() > permission.toPort()
            || permission.fromPort() < 0
            || permission.toPort() > 65_535)) {
      throw AwsError.refused(
          "InvalidParameterValue",
          "Invalid value '"
              + permission.fromPort()
              + "-"
              + permission.toPort()
              + "' for portRange");
    }
    return SecurityGroupRule.builder()
        .isEgress(false)
        .ipProtocol(protocol)
        .fromPort(ported ? permission.fromPort() : Integer.valueOf(-1))
        .toPort(ported ? permission.toPort() : Integer.valueOf(-1));
  }

  private static String protocol(@Nullable String given) {
    return switch (String.valueOf(given).toLowerCase(java.util.Locale.ROOT)) {
      case "6", "tcp" -> "tcp";
      case "17", "udp" -> "udp";
      case "1", "icmp" -> "icmp";
      case "58", "icmpv6" -> "icmpv6";
      case "-1", "all" -> "-1";
      case String number when number.matches("\\d{1,3}") && Integer.parseInt(number) < 256 ->
          number;
      case String other ->
          throw AwsError.refused(
              "InvalidParameterValue", "Invalid value '" + other + "' for IP protocol");
    };
  }

  private static String canonical(@Nullable String cidr, int bits) {
    return Cidr.tryParse(String.valueOf(cidr))
        .filter(range -> range.bits() == bits)
        .orElseThrow(
            () -> AwsError.refused("InvalidParameterValue", "CIDR block " + cidr + " is malformed"))
        .toString();
  }
}
