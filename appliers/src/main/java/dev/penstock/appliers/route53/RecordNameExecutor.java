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
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import software.amazon.awssdk.services.route53.model.Change;
import software.amazon.awssdk.services.route53.model.ChangeBatch;
import software.amazon.awssdk.services.route53.model.ChangeResourceRecordSetsRequest;
import software.amazon.awssdk.services.route53.model.ChangeResourceRecordSetsResponse;
import software.amazon.awssdk.services.route53.model.ListResourceRecordSetsRequest;
import software.amazon.awssdk.services.route53.model.ListResourceRecordSetsResponse;

/**
 * The names of one zone: all open changes in as few batches as AWS's limits allow, one after the
 * other. A refused batch is halved until the bad name stands alone; an invalid one is then read,
 * and what is there decides whether it was done before, is another's, or has moved. If nothing of a
 * forbidden batch is allowed, all of it is refused after one more try. A name that a newer command
 * replaced leaves its batch before it is sent.
 */
public final class RecordNameExecutor {
  private static final int MOST_VALUES = 1000;
  private static final int MOST_CHARACTERS = 32_000;
  private static final int MOST_PAGES = 20;

  /** A forbidden batch of so few names is halved at once. */
  private static final int FEW = 4;

  private final Execution execution;
  private final Map<String, Result> results = new LinkedHashMap<>();
  private final Set<String> uncertain = new HashSet<>();
  private boolean someAllowed;

  public RecordNameExecutor(Execution execution) {
    this.execution = execution;
  }

  /** The result of each command, by its id; what was not reached when a call failed is left out. */
  public Map<String, Result> results() {
    return results;
  }

  public void execute(List<Command> commands) throws CallFailed, Halted, InterruptedException {
    var batch = new ArrayList<NameChange>();
    for (var change : commands.stream().map(NameChange::of).filter(this::writable).toList()) {
      if (!batch.isEmpty() && !fits(batch, change)) {
        submit(List.copyOf(batch));
        batch.clear();
      }
      batch.add(change);
    }
    submit(batch);
  }

  /** What was claimed before its routing was checked is refused alone. */
  private boolean writable(NameChange change) {
    try {
      change.changes();
      return true;
    } catch (IllegalArgumentException unwritable) {
      rejected(change, Fault.INVALID, "InvalidRouting", String.valueOf(unwritable.getMessage()));
      return false;
    }
  }

  private void submit(List<NameChange> all) throws CallFailed, Halted, InterruptedException {
    var batch = current(all);
    var changes = batch.stream().flatMap(change -> change.changes().stream()).toList();
    if (changes.isEmpty()) {
      batch.forEach(change -> applied(change, change.after()));
      return;
    }
    try {
      var id = send(batch, changes);
      someAllowed = true;
      for (var change : batch) {
        applied(change, change.after());
        execution.saw(change.command(), new ChangeSeen(id, false));
      }
    } catch (Halted halted) {
      if (halted.reason() != Halted.Reason.SUPERSEDED) {
        throw halted;
      }
      submit(batch);
    } catch (CallFailed failed) {
      if (!ofOneName(failed.fault())) {
        throw failed;
      }
      if (execution.unanswered()) {
        batch.forEach(change -> uncertain.add(change.command().id()));
      }
      refused(batch, failed);
    }
  }

  /** What a newer command replaced leaves the batch, unless it may have been written already. */
  private List<NameChange> current(List<NameChange> batch) {
    var current = new ArrayList<NameChange>();
    for (var change : batch) {
      if (uncertain(change) || execution.current(change.command())) {
        current.add(change);
      } else {
        results.put(change.command().id(), new Result.Superseded());
      }
    }
    return current;
  }

  private boolean uncertain(NameChange change) {
    return uncertain.contains(change.command().id());
  }

  /** Whether a single name may be what AWS refuses a batch for (IAM conditions are per name). */
  private static boolean ofOneName(Fault fault) {
    return switch (fault) {
      case INVALID, DENIED, QUOTA -> true;
      case THROTTLED, UNREACHABLE, NOT_YET_CONSISTENT, DEPENDENCY_PENDING, FOREIGN, GONE, STALE ->
          false;
    };
  }

  private String send(List<NameChange> batch, List<Change> changes)
      throws CallFailed, Halted, InterruptedException {
    var zoneId = batch.getFirst().zoneId();
    var commands = batch.stream().filter(c -> !uncertain(c)).map(NameChange::command).toList();
    var request =
        ChangeResourceRecordSetsRequest.builder()
            .hostedZoneId(zoneId)
            .changeBatch(ChangeBatch.builder().changes(changes).build())
            .build();
    var answer =
        execution.call(commands, request, ChangeResourceRecordSetsResponse.class, Repeat.SAFE);
    return bare(answer.changeInfo().id());
  }

  private void refused(List<NameChange> batch, CallFailed failed)
      throws CallFailed, Halted, InterruptedException {
    if (failed.fault() == Fault.DENIED && batch.size() > FEW && !someAllowed) {
      forbidden(batch);
      return;
    }
    if (batch.size() > 1) {
      var middle = batch.size() / 2;
      submit(batch.subList(0, middle));
      submit(batch.subList(middle, batch.size()));
      return;
    }
    var change = batch.getFirst();
    var words = failed.getMessage() == null ? "" : failed.getMessage();
    if (failed.fault() != Fault.INVALID) {
      rejected(change, failed.fault(), failed.code(), words);
      return;
    }
    var found = read(change);
    if (change.done(found)) {
      applied(change, found);
      return;
    }
    present(change, found);
    var fault = change.before().isEmpty() && change.taken(found) ? Fault.FOREIGN : Fault.INVALID;
    rejected(change, fault, failed.code(), words);
  }

  /**
   * Most often the role may not write the zone at all. One name tells; as ids hash the decision, it
   * is another one the next time, so that no forbidden name stands before the others for long.
   */
  private void forbidden(List<NameChange> batch) throws CallFailed, Halted, InterruptedException {
    var one =
        batch.stream().min(Comparator.comparing(change -> change.command().id())).orElseThrow();
    var others = batch.stream().filter(change -> change != one).toList();
    submit(List.of(one));
    var told = results.get(one.command().id());
    if (!(told instanceof Result.Rejected refusal) || refusal.fault() != Fault.DENIED) {
      submit(others);
      return;
    }
    others.forEach(change -> rejected(change, Fault.DENIED, refusal.code(), refusal.message()));
  }

  private void rejected(NameChange change, Fault fault, String code, String words) {
    results.put(change.command().id(), new Result.Rejected(fault, code, words));
  }

  /** All record sets of the name and of its ownership records, as they are now. */
  private List<RecordSet> read(NameChange change) throws CallFailed, Halted, InterruptedException {
    var names = new TreeSet<>(Set.of(RecordSets.name(change.name())));
    Stream.of(change.before(), change.after())
        .flatMap(List::stream)
        .forEach(set -> names.add(RecordSets.name(set.name())));
    var sets = new ArrayList<RecordSet>();
    for (var name : names) {
      sets.addAll(read(change.zoneId(), name));
    }
    return sets;
  }

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
