package dev.penstock.sandbox.simulation.run;

import dev.penstock.sandbox.simulation.Pipeline;
import dev.penstock.sandbox.simulation.script.Deed;
import dev.penstock.schemas.audit.AuditEntry;
import dev.penstock.schemas.change.ChangeBody;
import dev.penstock.schemas.event.EventBody;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.table.VerdictKind;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Counts what occurred in one run: in its log, audit, change stream and AWS's request log. */
final class Counting {
  private static final int OK = 200;
  private static final Set<String> ACTING =
      Stream.of(VerdictKind.CREATE, VerdictKind.UPDATE, VerdictKind.DELETE)
          .map(VerdictKind::text)
          .collect(Collectors.toSet());

  private final Coverage coverage;
  private final Pipeline pipeline;
  private final List<Scope> scopes;

  Counting(Coverage coverage, Pipeline pipeline, List<Scope> scopes) {
    this.coverage = coverage;
    this.pipeline = pipeline;
    this.scopes = scopes;
  }

  void count(List<Deed> done, List<Deed> refused) {
    done.forEach(deed -> coverage.add(Countable.DEEDS, Countable.deed(deed), 1));
    refused.forEach(deed -> coverage.add(Countable.REFUSED, Countable.deed(deed), 1));
    pipeline.struck().stream()
        .flatMap(struck -> Countable.struck(struck.trouble()).stream())
        .forEach(kind -> coverage.add(Countable.STRUCK, kind, 1));
    var records = new long[1];
    for (var scope : scopes) {
      pipeline
          .events(scope)
          .forEach(event -> {
            fact(event.body());
            records[0]++;
          });
    }
    coverage.records(records[0]);
    pipeline.audit().forEach(record -> entry(record.entry()));
    pipeline.changes().forEach(change -> change(change.body()));
    pipeline
        .aws()
        .requests()
        .matching(call -> call.status() != OK)
        .forEach(call -> coverage.add(Countable.ANSWERS, call.code(), 1));
  }

  private void fact(EventBody body) {
    coverage.add(Countable.FACTS, body.getClass().getSimpleName(), 1);
    for (var recovery : Recovery.values()) {
      if (recovery.isSeenIn(body)) {
        coverage.add(Countable.RECOVERIES, recovery.sentence(), 1);
      }
    }
  }

  private void entry(AuditEntry entry) {
    switch (entry) {
      case AuditEntry.Decided it -> decided(it);
      case AuditEntry.Settled it ->
          coverage.add(Countable.RESULTS, Countable.result(it.result()), 1);
      case AuditEntry.KubernetesDecided it ->
          it.writes()
              .forEach(
                  write -> coverage.add(Countable.WRITES, write.getClass().getSimpleName(), 1));
      case AuditEntry.KubernetesSettled it ->
          coverage.add(Countable.RESULTS, Countable.result(it.result()), 1);
      case AuditEntry _ -> {}
    }
    for (var recovery : Recovery.values()) {
      if (recovery.isSeenIn(entry)) {
        coverage.add(Countable.RECOVERIES, recovery.sentence(), 1);
      }
    }
    for (var rule : ProtectingRule.values()) {
      if (rule.isSeenIn(entry)) {
        coverage.add(Countable.RULES, rule.sentence(), 1);
      }
    }
  }

  /** A verdict that acts is seen only by its command. */
  private void decided(AuditEntry.Decided it) {
    var kind = it.key().resource().kind();
    coverage.add(Countable.COMMANDS, Countable.command(it.operation(), kind), 1);
    if (ACTING.contains(it.verdict())) {
      coverage.add(Countable.VERDICTS, it.verdict(), 1);
    }
  }

  private void change(ChangeBody change) {
    if (change instanceof ChangeBody.VerdictChanged it) {
      coverage.add(Countable.VERDICTS, it.verdict().text(), 1);
    }
    for (var rule : ProtectingRule.values()) {
      if (rule.isSeenIn(change)) {
        coverage.add(Countable.RULES, rule.sentence(), 1);
      }
    }
  }
}
