package dev.penstock.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.sandbox.conformance.CaseResult;
import dev.penstock.sandbox.conformance.GoldenCase;
import dev.penstock.sandbox.conformance.Judgement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code penstock conformance}: decisions beside those of the controllers that we replace. */
@Command(
    name = "conformance",
    mixinStandardHelpOptions = true,
    description = {
      "Runs golden cases through the watchers' translators and plan, stories through every stage.",
      "Prints the first difference of each case that fails, and how many pass, fail, and differ",
      "on purpose by a rule of plan/DIVERGENCES.md. Exit code 1 when one failed."
    })
public final class ConformanceCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final InstantSource clock;
  private final List<CaseResult> failed = new ArrayList<>();
  private final Map<String, Integer> rules = new TreeMap<>();
  private int passed;
  private int diverge;

  @Mixin private OutputOptions output = new OutputOptions();

  @Parameters(
      paramLabel = "PATH",
      arity = "1..*",
      description = "case files (YAML), or folders that hold them")
  private List<Path> paths = List.of();

  @Option(
      names = "--only",
      paramLabel = "PATTERN",
      defaultValue = "",
      description = "only cases in whose name this regular expression is found")
  private String only = "";

  ConformanceCommand(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public Integer call() throws Exception {
    run(files(), pattern());
    if (output.json()) {
      output.out().println(json());
    } else {
      report();
    }
    return failed.isEmpty() ? ExitCode.DONE.number() : ExitCode.FAILED.number();
  }

  private List<Path> files() throws IOException, CommandFailed {
    for (var path : paths) {
      if (!Files.exists(path)) {
        throw new CommandFailed(ExitCode.USAGE, path + " is not there");
      }
    }
    var files = GoldenCase.files(paths);
    if (files.isEmpty()) {
      throw new CommandFailed(ExitCode.USAGE, "no .yaml file under " + paths);
    }
    return files;
  }

  private Pattern pattern() throws CommandFailed {
    try {
      return Pattern.compile(only);
    } catch (PatternSyntaxException e) {
      throw new CommandFailed(ExitCode.USAGE, "--only: " + e.getMessage());
    }
  }

  private void run(List<Path> files, Pattern wanted) {
    var told = clock.instant();
    for (int n = 0; n < files.size(); n++) {
      run(files.get(n), wanted);
      var now = clock.instant();
      if (told.plus(PATIENCE).isBefore(now)) {
        told = now;
        progress(n + 1, files.size());
      }
    }
  }

  private void progress(int done, int all) {
    output.err().printf("penstock: %d of %d files, %d failed%n", done, all, failed.size());
    output.err().flush();
  }

  private void run(Path file, Pattern wanted) {
    try {
      GoldenCase.read(file, name -> wanted.matcher(name).find()).forEach(of -> take(of.run()));
    } catch (IOException e) {
      if (wanted.matcher(file.toString()).find()) {
        var reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        take(new CaseResult("", file.toString(), new Judgement.Failed(reason)));
      }
    }
  }

  private void take(CaseResult result) {
    switch (result.judgement()) {
      case Judgement.Passed _ -> passed++;
      case Judgement.Diverges(var by) -> {
        diverge++;
        by.forEach(rule -> rules.merge(rule, 1, Integer::sum));
      }
      case Judgement.Failed(var difference) -> {
        failed.add(result);
        if (!output.json()) {
          output.out().printf("%s: %s%n", title(result), difference);
        }
      }
    }
  }

  private static String title(CaseResult result) {
    return result.area().isEmpty() ? result.name() : result.area() + " " + result.name();
  }

  private void report() {
    rules.forEach(
        (rule, count) -> output.out().printf("on purpose, by rule %s: %d%n", rule, count));
    output.out().printf("%d passed, %d failed, %d diverge%n", passed, failed.size(), diverge);
    output.out().flush();
  }

  private ObjectNode json() {
    var json = JsonNodeFactory.instance.objectNode();
    json.put("passed", passed).put("failed", failed.size()).put("diverge", diverge);
    var byRule = json.putObject("rules");
    rules.forEach(byRule::put);
    var failures = json.putArray("failures");
    for (var result : failed) {
      var failure = failures.addObject().put("area", result.area()).put("case", result.name());
      if (result.judgement() instanceof Judgement.Failed(var difference)) {
        failure.put("difference", difference);
      }
    }
    return json;
  }
}
