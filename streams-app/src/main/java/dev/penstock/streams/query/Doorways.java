package dev.penstock.streams.query;

import dev.penstock.schemas.aws.Permission;
import dev.penstock.schemas.aws.SecurityGroupRulesSpec;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.ResourceKind;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.key.StackKind;
import dev.penstock.schemas.table.ObservedRow;
import dev.penstock.schemas.table.VerdictKind;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.tables.Tables;
import java.util.ArrayList;
import java.util.List;

/**
 * What we know of the security group rules that let load balancers reach a cluster's endpoints: the
 * first thing to look at when a health check times out.
 */
record Doorways(Tables tables, Scope scope) {
  /**
   * One sentence for each group of the cluster's endpoints whose rules are not as they shall be.
   */
  List<String> closed(String cluster) {
    var sentences = new ArrayList<String>();
    for (var entry : tables.scan(Table.DESIRED, scope + "|" + cluster + "|")) {
      var key = ResourceKey.parse(entry.key().substring(entry.key().indexOf('|') + 1));
      if (key.stack().kind() == StackKind.SHARED
          && key.kind() == ResourceKind.SECURITY_GROUP_RULES
          && entry.row().wanted()
          && entry.row().spec() instanceof SecurityGroupRulesSpec desired) {
        closed(key, desired, sentences);
      }
    }
    return sentences;
  }

  private void closed(ResourceKey key, SecurityGroupRulesSpec desired, List<String> sentences) {
    var verdict = tables.get(Table.VERDICTS, scope + "|" + key);
    if (verdict.isPresent() && verdict.get().verdict() == VerdictKind.IN_SYNC && isObserved(key)) {
      return;
    }
    sentences.add(
        "security group %s does not let the load balancer in on %s: %s"
            .formatted(
                desired.groupId(),
                ports(desired),
                verdict
                    .map(row -> row.verdict().text() + ": " + row.sentence())
                    .orElse("its rules were not decided yet")));
  }

  private boolean isObserved(ResourceKey key) {
    return tables.get(Table.OBSERVED, scope + "|" + key).filter(ObservedRow::isPresent).isPresent();
  }

  private static String ports(SecurityGroupRulesSpec rules) {
    return String.join(", ", rules.ingress().stream().map(Doorways::ports).distinct().toList());
  }

  private static String ports(Permission rule) {
    var range =
        rule.fromPort() == rule.toPort()
            ? Integer.toString(rule.fromPort())
            : rule.fromPort() + "-" + rule.toPort();
    return rule.protocol() + " " + range;
  }
}
