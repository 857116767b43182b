package dev.penstock.appliers.route53;

import dev.penstock.appliers.Execution;
import dev.penstock.edges.aws.CallFailed;
import dev.penstock.edges.aws.Calls.Repeat;
import dev.penstock.edges.aws.Halted;
import dev.penstock.edges.aws.types.RecordSets;
import dev.penstock.schemas.aws.Aspect;
import dev.penstock.schemas.aws.Live.LiveRecordName;
import dev.penstock.schemas.aws.RecordNameSpec;
import dev.penstock.schemas.aws.RecordSet;
import dev.penstock.schemas.command.Command;
import dev.penstock.schemas.command.Fault;
import dev.penstock.schemas.event.Observation.ChangeSeen;
import dev.penstock.schemas.event.Observation.ResourceMissing;
import dev.penstock.schemas.event.Observation.ResourcePresent;
import dev.penstock.schemas.event.Result;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.route53.model.Change;
import software.amazon.awssdk.services.route53.model.ChangeBatch;
import software.amazon.awssdk.services.route53.model.ChangeResourceRecordSetsRequest;
import software.amazon.awssdk.services.route53.model.ChangeResourceRecordSetsResponse;
import software.amazon.awssdk.services.route53.model.ListResourceRecordSetsRequest;
import software.amazon.awssdk.services.route53.model.ListResourceRecordSetsResponse;

/**
 * The names of one zone: all open changes in as few batches as AWS's limits allow, one after the
 * other. A refused batch is halved until the bad name stands alone; that name is then read, and
 * what is there decides whether it was done before, is another's, or has moved.
 */
public final class RecordNameExecutor {
  private static final int MOST_VALUES = 1000;
  private static final int MOST_CHARACTERS = 32_000;
  private static final int MOST_PAGES = 20;

  private final Execution execution;
  private final Map<String, Result> results = new LinkedHashMap<>();

  public RecordNameExecutor(Execution execution) {
    this.execution = execution;
  }

  /** The result of each command, by its id; what was not reached when a call failed is left out. */
  public Map<String, Result> results() {
    return results;
  }

  public void execute(List<Command> commands) throws CallFailed, Halted, InterruptedException {
    var batch = new ArrayList<NameChange>();
    for (var change : commands.stream().map(NameChange::of).toList()) {
      if (!batch.isEmpty() && !fits(batch, change)) {
        submit(List.copyOf(batch));
        batch.clear();
      }
      batch.add(change);
    }
    submit(batch);
  }

  private void submit(List<NameChange> batch) throws CallFailed, Halted, InterruptedException {
    var changes = batch.stream().flatMap(change -> change.changes().stream()).toList();
    if (changes.isEmpty()) {
      batch.forEach(change -> applied(change, change.after()));
      return;
    }
    try {
      var id = send(batch.getFirst().zoneId(), changes);
      for (var change : batch) {
        applied(change, change.after());
        execution.saw(change.command(), new ChangeSeen(id, false));
      }
    } catch (CallFailed failed) {
      if (failed.fault() != Fault.INVALID) {
        throw failed;
      }
      refused(batch, failed);
    }
  }

  private String send(String zoneId, List<Change> changes)
      throws CallFailed, Halted, InterruptedException {
    var request =
        ChangeResourceRecordSetsRequest.builder()
            .hostedZoneId(zoneId)
            .changeBatch(ChangeBatch.builder().changes(changes).build())
            .build();
    var answer = execution.call(request, ChangeResourceRecordSetsResponse.class, Repeat.SAFE);
    return bare(answer.changeInfo().id());
  }

  private void refused(List<NameChange> batch, CallFailed failed)
      throws CallFailed, Halted, InterruptedException {
    if (batch.size() > 1) {
      var middle = batch.size() / 2;
      submit(batch.subList(0, middle));
      submit(batch.subList(middle, batch.size()));
      return;
    }
    var change = batch.getFirst();
    var found = read(change.zoneId(), change.name());
    if (change.done(found)) {
      applied(change, found);
      return;
    }
    present(change, found);
    var words = failed.getMessage() == null ? "" : failed.getMessage();
    var fault = change.before().isEmpty() && change.taken(found) ? Fault.FOREIGN : Fault.INVALID;
    results.put(change.command().id(), new Result.Rejected(fault, failed.code(), words));
  }

  /** All record sets of the name, as they are now. */
  private List<RecordSet> read(String zoneId, String name)
      throws CallFailed, Halted, InterruptedException {
    var sets = new ArrayList<RecordSet>();
    var request =
        ListResourceRecordSetsRequest.builder()
            .hostedZoneId(zoneId)
            .startRecordName(name)
            .maxItems("300")
            .build();
    for (var page = 0; page < MOST_PAGES; page++) {
      var answer = execution.call(request, ListResourceRecordSetsResponse.class, Repeat.SAFE);
      var read = answer.resourceRecordSets().stream().map(RecordSets::read).toList();
      read.stream().filter(set -> set.name().equals(RecordSets.name(name))).forEach(sets::add);
      var past = !read.isEmpty() && !read.getLast().name().equals(RecordSets.name(name));
      if (past || !Boolean.TRUE.equals(answer.isTruncated())) {
        return sets;
      }
      request =
          request.toBuilder()
              .startRecordName(answer.nextRecordName())
              .startRecordType(answer.nextRecordType())
              .startRecordIdentifier(answer.nextRecordIdentifier())
              .build();
    }
    return sets;
  }

  private void applied(NameChange change, List<RecordSet> sets) {
    present(change, sets);
    results.put(change.command().id(), new Result.Applied());
  }

  private void present(NameChange change, List<RecordSet> sets) {
    var key = change.command().key().resource();
    if (sets.isEmpty()) {
      execution.saw(change.command(), new ResourceMissing(key));
      return;
    }
    var spec = new RecordNameSpec(change.zoneId(), change.name(), sets);
    var live = new LiveRecordName(change.zoneId() + "/" + change.name(), spec);
    execution.saw(change.command(), new ResourcePresent(key, live, List.of(Aspect.CORE)));
  }

  /** Route 53's limits count every value; an alias counts as one (AWS API 2.2). */
  private static boolean fits(List<NameChange> batch, NameChange more) {
    var changes = new ArrayList<>(more.changes());
    batch.forEach(change -> changes.addAll(change.changes()));
    var values = 0;
    var characters = 0;
    for (var change : changes) {
      var set = change.resourceRecordSet();
      values += Math.max(1, set.resourceRecords().size());
      characters += set.resourceRecords().stream().mapToInt(r -> r.value().length()).sum();
    }
    return values <= MOST_VALUES && characters <= MOST_CHARACTERS;
  }

  /** Ids come back with a prefix that requests do not need. */
  private static String bare(String id) {
    return id.substring(id.lastIndexOf('/') + 1);
  }
}
