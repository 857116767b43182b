package dev.penstock.sandbox.simulation.check;

import dev.penstock.sandbox.aws.engine.Rows.LoadBalancerRow;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who has a say in what the members of a group share: whoever is right, and whoever became wrong or
 * went elsewhere and is served on as before.
 */
final class Standing {
  /** Where members disagree on these, or on the scheme, whoever stands wins and the others wait. */
  private static final List<String> SHARED =
      List.of(
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

  /** The members of the group, and who went elsewhere and is still served there. */
  static List<Member> in(Estate estate, String group, List<Member> ofCluster) {
    return ofCluster.stream()
        .filter(member -> !member.leaving())
        .filter(member ->
            member.group().equals(group)
                || member.wasIn(group) && kept(estate, group, member).isPresent())
        .toList();
  }

  /** Whether nobody of the group has to wait for what another member claims. */
  static boolean agree(Estate estate, String group, List<Member> members) {
    var standing = members.stream().filter(member -> stands(estate, group, member)).toList();
    return schemes(estate, group, members).size() <= 1
        && SHARED.stream()
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

  /** The schemes that the group's load balancer may have. */
  static Set<String> schemes(Estate estate, String group, List<Member> members) {
    return members.stream()
        .filter(member -> stands(estate, group, member))
        .flatMap(member -> scheme(estate, group, member).stream())
        .collect(Collectors.toSet());
  }

  /** Who is served on as before has the one in force, whichever his object names by now. */
  private static Optional<String> scheme(Estate estate, String group, Member member) {
    return member
        .annotation("scheme")
        .map(named ->
            kept(estate, group, member).map(row -> row.model().schemeAsString()).orElse(named));
  }

  private static boolean stands(Estate estate, String group, Member member) {
    return member.problem().isEmpty() || kept(estate, group, member).isPresent();
  }

  /**
   * The load balancer of the group at which a member is served that is wrong now, or went
   * elsewhere: its object shows the address. Who was never right there has none.
   */
  static Optional<LoadBalancerRow> kept(Estate estate, String group, Member member) {
    return member.problem().isEmpty() && member.group().equals(group)
        ? Optional.empty()
        : estate.loadBalancers().all().stream()
            .filter(row -> row.model().dnsName().toLowerCase(Locale.ROOT).equals(member.address()))
            .filter(row -> estate.clusterOf(row.arn()).equals(member.cluster()))
            .filter(row -> estate.stackOf(row.arn()).equals(group))
            .findFirst();
  }
}
