package dev.penstock.plan.network;

import dev.penstock.schemas.aws.Network;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/** Security groups by id or Name tag (LBC 4.12, 10 item 3): ids first, then names. */
public final class SecurityGroupChoice {
  private SecurityGroupChoice() {}

  public static Choice choose(Network network, List<String> idsOrNames) {
    var missing = new ArrayList<String>();
    SequencedSet<String> ids = new LinkedHashSet<>();
    var wantedIds = idsOrNames.stream().filter(SecurityGroupChoice::isId).toList();
    var wantedNames = idsOrNames.stream().filter(s -> !isId(s)).toList();
    network.securityGroups().stream()
        .map(Network.Group::id)
        .filter(wantedIds::contains)
        .forEach(ids::add);
    wantedIds.stream().filter(id -> !ids.contains(id)).forEach(missing::add);
    network.securityGroups().stream()
        .filter(g -> wantedNames.contains(g.tags().getOrDefault("Name", "")))
        .map(Network.Group::id)
        .forEach(ids::add);
    for (String name : wantedNames) {
      if (network.securityGroups().stream().noneMatch(g -> name.equals(g.tags().get("Name")))) {
        missing.add(name);
      }
    }
    if (!missing.isEmpty()) {
      return new Choice.Refused(
          "no security group of " + network.vpcId() + " has the id or Name tag " + missing);
    }
    if (new LinkedHashSet<>(idsOrNames).size() < idsOrNames.size()) {
      return new Choice.Refused("a security group is given twice in " + idsOrNames);
    }
    return new Choice.Chosen(List.copyOf(ids));
  }

  private static boolean isId(String idOrName) {
    return idOrName.startsWith("sg-");
  }
}
