package dev.penstock.schemas.event;

import dev.penstock.schemas.aws.RecordSet;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.table.HoldRule;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What scopes say to each other (design §3). */
public sealed interface ClaimFact extends EventBody {
  /**
   * A claimant scope wants a host name (or another scope's target group) to point at a target. An
   * empty target list withdraws. A claim with an older seq than one seen before is ignored: it is
   * that of the record it was decided at, or one more than that of the member's last word.
   */
  record Claimed(
      String host,
      Scope claimant,
      StackId stack,
      ObjectKey member,
      long seq,
      Optional<Pointing> pointing)
      implements ClaimFact {}

  /**
   * What {@code owner}, the DNS scope, answers into the claimant's log. {@code rule}: what holds
   * the name's records, if a rule does.
   */
  record ClaimStood(
      String host,
      Scope owner,
      StackId stack,
      ObjectKey member,
      long seq,
      Standing standing,
      String reason,
      Optional<HoldRule> rule)
      implements ClaimFact {}

  /**
   * How the name shall be written: an alias to a load balancer, or values given by annotation.
   * {@code asAlias}: a value that is a name is written as an alias even if it is none of AWS's.
   */
  record Pointing(
      Optional<RecordSet.Alias> alias,
      boolean ipv6,
      List<String> values,
      boolean asAlias,
      Optional<Long> ttlSeconds,
      Map<String, String> routing,
      Optional<String> setIdentifier,
      String resourceLabel) {}

  enum Standing {
    PENDING,
    LIVE,
    REFUSED,
    HELD,
    WITHDRAWN
  }
}
