package dev.penstock.sandbox.simulation.check;

import dev.penstock.sandbox.aws.engine.Rows.LoadBalancerRow;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Who has a say in what the members of a group share: whoever is right, and whoever became wrong
 * and is served on as before.
 */
final class Standing {
  /** Where members disagree on these, whoever stands wins and the others wait. */
  private static final List<String> SHARED =
      List.of(
          "scheme",
          "inbound-cidrs",
          "security-groups",
          "security-group-prefix-lists",
          "ssl-policy",
          "ssl-redirect",
          "mutual-authentication",
          "ip-address-type",
          "load-balancer-name",
          "subnets");

  private Standing() {}

  /** Whether nobody of the group has to wait for what another member claims. */
  static boolean agree(Estate estate, List<Member> members) {
    var standing = members.stream().filter(member -> stands(estate, member)).toList();
    return SHARED.stream()
            .allMatch(key ->
                standing.stream().flatMap(m -> m.annotation(key).stream()).distinct().count() <= 1)
        && standing.stream()
            .flatMap(member -> member.ports().entrySet().stream())
            .distinct()
            .collect(Collectors.groupingBy(Map.Entry::getKey))
            .values()
            .stream()
            .allMatch(protocols -> protocols.size() == 1);
  }

  /** Who is wrong and claims another scheme than is in force keeps nobody waiting. */
  private static boolean stands(Estate estate, Member member) {
    return member.problem().isEmpty()
        || kept(estate, member).filter(balancer -> claims(member, balancer)).isPresent();
  }

  private static boolean claims(Member member, LoadBalancerRow balancer) {
    return member.annotation("scheme").map(balancer.model().schemeAsString()::equals).orElse(true);
  }

  /**
   * The load balancer of its group at which a member is served that is wrong now: its object shows
   * the address. Who was never right has none.
   */
  static Optional<LoadBalancerRow> kept(Estate estate, Member member) {
    return member.problem().isEmpty()
        ? Optional.empty()
        : estate.loadBalancers().all().stream()
            .filter(row -> row.model().dnsName().toLowerCase(Locale.ROOT).equals(member.address()))
            .filter(row -> estate.clusterOf(row.arn()).equals(member.cluster()))
            .filter(row -> estate.stackOf(row.arn()).equals(member.group()))
            .findFirst();
  }
}
