package dev.penstock.sandbox.aws.engine;

import dev.penstock.sandbox.aws.AwsTimes;
import dev.penstock.sandbox.aws.Caller;
import dev.penstock.sandbox.aws.Quota;
import dev.penstock.sandbox.aws.Settings;
import dev.penstock.sandbox.aws.TargetProbe;
import java.time.Instant;

/** One call being answered: who asks, when, and the state that this call sees and may change. */
public record Turn(
    Caller caller,
    Instant now,
    Region region,
    Account account,
    Ids ids,
    Settings settings,
    TargetProbe probe) {

  public AwsTimes times() {
    return settings.times();
  }

  public int quota(Quota quota) {
    return settings.quotas().of(quota);
  }

  Turn asOf(Instant moment) {
    return new Turn(caller, now, region.asOf(moment), account.asOf(moment), ids, settings, probe);
  }
}
