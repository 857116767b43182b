package dev.penstock.cli.replay;

import dev.penstock.streams.replay.Difference;
import dev.penstock.streams.replay.Report.ScopeReport;
import java.util.Optional;
import java.util.stream.Collectors;

/** What came of a replay, for people. */
final class ReplayText {
  private static final int SHOWN = 300;

  private ReplayText() {}

  static String of(ReplayCommand.Answer answer) {
    var scopes =
        answer.replay().scopes().stream().map(ReplayText::scope).collect(Collectors.joining());
    var differ = answer.replay().scopes().stream().filter(s -> s.difference().isPresent()).count();
    var verdict =
        answer.replay().events() == 0
            ? "nothing was compared"
            : differ == 0
                ? "equal bit for bit"
                : "%d of %d scopes differ".formatted(differ, answer.replay().scopes().size());
    return "%s%,d records: %s%n%s"
        .formatted(scopes, answer.replay().events(), verdict, speed(answer.speed()));
  }

  private static String speed(Optional<ReplayCommand.Speed> speed) {
    return speed
        .map(it ->
            "%,.0f events/s; a loop that only reads them: %,.0f events/s; ratio %.3f%n"
                .formatted(it.eventsPerSecond(), it.rawPerSecond(), it.ratio()))
        .orElse("");
  }

  private static String scope(ScopeReport scope) {
    var begin = scope.after() == 0 ? "the beginning" : "the checkpoint of record " + scope.after();
    var compared =
        scope.compared().entrySet().stream()
            .map(e -> "%,d of %s".formatted(e.getValue(), e.getKey()))
            .collect(Collectors.joining(", "));
    return "%s  %s%n    %,d records from %s to record %d%n    compared %s%n    audit head %s%n%s"
        .formatted(
            scope.scope(),
            scope.difference().isEmpty() ? "equal" : "DIFFERENT",
            scope.events(),
            begin,
            scope.last(),
            compared,
            scope.auditHash().isEmpty() ? "none" : scope.auditHash(),
            scope.difference().map(ReplayText::difference).orElse(""));
  }

  private static String difference(Difference it) {
    var what =
        switch (it.kind()) {
          case CHANGED -> it.field() + " differs";
          case NOT_RECORDED -> "decided again, but not recorded";
          case ONLY_RECORDED -> "recorded, but not decided again";
          case UNREADABLE -> "what is recorded cannot be read";
        };
    return """
        first difference at record %d: %s %s: %s
        recorded    %s
        recomputed  %s
        cause       %s %s, position %d of %s
        because     %s
    """
        .formatted(
            it.seq(),
            it.topic(),
            it.subject(),
            what,
            cut(it.recorded()),
            cut(it.recomputed()),
            it.cause().event(),
            it.cause().key(),
            it.cause().position(),
            it.cause().time(),
            it.explanation());
  }

  private static String cut(String text) {
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
  }
}
