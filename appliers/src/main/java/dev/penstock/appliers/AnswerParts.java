package dev.penstock.appliers;

import dev.penstock.schemas.avro.RecordCodec;
import dev.penstock.schemas.command.Command;
import dev.penstock.schemas.command.Operation;
import dev.penstock.schemas.command.Reading;
import dev.penstock.schemas.event.CloudFact.PartRead;
import dev.penstock.schemas.event.Observation;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits the answers of reads that grow with the account, so that each record is one that the log
 * takes and the reconciler reads in a bounded time. All other answers stay whole.
 */
final class AnswerParts {
  private static final int PART_BYTES = 32 * 1024;
  private static final RecordCodec<PartRead> CODEC = RecordCodec.of(PartRead.class);

  private AnswerParts() {}

  /** The parts in their order; at least one, also of an empty answer. */
  static List<List<Observation>> of(Command command, List<Observation> observations) {
    if (!grows(command)) {
      return List.of(observations);
    }
    var parts = new ArrayList<List<Observation>>();
    var part = new ArrayList<Observation>();
    var bytes = 0;
    for (var observation : observations) {
      var more = CODEC.encode(new PartRead("", command.key(), "", List.of(observation))).length;
      if (bytes + more > PART_BYTES && !part.isEmpty()) {
        parts.add(List.copyOf(part));
        part.clear();
        bytes = 0;
      }
      part.add(observation);
      bytes += more;
    }
    parts.add(List.copyOf(part));
    return parts;
  }

  private static boolean grows(Command command) {
    return command.operation() instanceof Operation.Observe(var reading)
        && switch (reading) {
          case Reading.ReadOwned _, Reading.ReadNetwork _, Reading.ReadRecords _ -> true;
          case Reading.ReadResource _,
              Reading.ReadTargetHealth _,
              Reading.ReadStack _,
              Reading.ReadNamed _,
              Reading.ReadCertificates _,
              Reading.ReadHostedZones _,
              Reading.ReadChange _ ->
              false;
        };
  }
}
