package dev.penstock.watchers.aws;

import dev.penstock.edges.aws.CallFailed;
import dev.penstock.edges.aws.Calls;
import dev.penstock.edges.aws.Halted;
import dev.penstock.edges.aws.Reads;
import dev.penstock.schemas.command.Reading;
import dev.penstock.schemas.event.Observation;
import dev.penstock.schemas.key.ResourceKey;
import java.util.List;

/**
 * Reads what an Observe command asks for. Writes nothing. An answer of AWS that a thing is not
 * there is an observation; a failure is none.
 */
public final class Readers implements Reads {
  @Override
  public List<Observation> read(ResourceKey resource, Reading reading, Calls calls)
      throws CallFailed, Halted, InterruptedException {
    return switch (reading) {
      case Reading.ReadResource(var id, var name, var aspects) ->
          new ResourceReader(calls, resource, aspects).read(id, name);
      case Reading.ReadTargetHealth(var arn, var targets) ->
          new HealthReader(calls).read(resource, arn, targets);
      case Reading.ReadStack stack -> new StackReader(calls, stack).read();
      case Reading.ReadOwned(var clusters, var certificates) ->
          new OwnedReader(calls).read(clusters, certificates);
      case Reading.ReadNetwork(var vpc) -> new NetworkReader(calls).read(vpc);
      case Reading.ReadNamed(var kind, var name) -> new NamedReader(calls).read(kind, name);
      case Reading.ReadCertificates(var tags) -> new CertificateReader(calls).read(tags);
      case Reading.ReadHostedZones() -> new ZoneReader(calls).zones();
      case Reading.ReadRecords(var zone, var name) -> new ZoneReader(calls).records(zone, name);
      case Reading.ReadChange(var change) -> new ZoneReader(calls).change(change);
    };
  }
}
