package dev.penstock.cli.trail;

import dev.penstock.schemas.change.Change;
import dev.penstock.schemas.change.ChangeBody;
import dev.penstock.schemas.event.Call;
import java.util.List;

/** Lines of the audit trail and of the change stream for people. */
public final class TrailText {
  private TrailText() {}

  public static String of(TrailLine line) {
    var text = new StringBuilder();
    text.append(line.time()).append("  ").append(line.what()).append("  ").append(line.subject());
    if (line.about().equals("command")) {
      text.append("  ").append(line.result().orElse("open"));
    }
    row(text, "why", line.why());
    row(text, "who", line.who());
    row(text, "said", line.message().orElse(""));
    line.executor()
        .ifPresent(tenure -> row(text, "by", "tenure " + tenure + ", attempt " + line.attempts()));
    line.calls().forEach(call -> row(text, "call", call(call)));
    return text.toString();
  }

  private static void row(StringBuilder text, String name, String value) {
    if (!value.isEmpty()) {
      text.append("\n    ").append(name).append(" ".repeat(6 - name.length())).append(value);
    }
  }

  private static String call(Call call) {
    var answer = call.code().isEmpty() ? String.valueOf(call.httpStatus()) : call.code();
    return "%s %s: %s, request %s, %d ms"
        .formatted(
            call.service(), call.operation(), answer, call.requestId(), call.latencyMillis());
  }

  static String of(Change change) {
    return change.time() + "  " + change.subject() + "  " + body(change.body());
  }

  private static String body(ChangeBody body) {
    return switch (body) {
      case ChangeBody.VerdictChanged(var verdict, var sentence, var cause) ->
          verdict.text() + after(": ", sentence) + after("; because ", cause);
      case ChangeBody.CommandSettled(var operation, var result, var message, var requests) ->
          operation + " " + result + after(": ", message) + after("; request ", list(requests));
      case ChangeBody.TargetsChanged(var healthy, var unhealthy, var initial, var draining) ->
          "targets: "
              + healthy.size()
              + " healthy"
              + after(", unhealthy ", list(unhealthy))
              + after(", initial ", list(initial))
              + after(", draining ", list(draining));
      case ChangeBody.ProblemChanged(var reason, var message, var present) ->
          (present ? "problem " : "problem over ") + reason + after(": ", message);
      case ChangeBody.Drifted(var sentence) -> "drifted: " + sentence;
      case ChangeBody.Announced(var sentence) -> sentence;
    };
  }

  private static String list(List<String> words) {
    return String.join(", ", words);
  }

  private static String after(String word, String text) {
    return text.isEmpty() ? "" : word + text;
  }
}
