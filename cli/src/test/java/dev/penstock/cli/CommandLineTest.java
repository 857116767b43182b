package dev.penstock.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.streams.StartRefused;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What every command owes a person: help, and an exit code with the next step. */
final class CommandLineTest {
  @TempDir Path folder;

  private record Said(int code, String out, String err) {}

  private static Said say(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    var code =
        PenstockMain.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(arguments);
    return new Said(code, out.toString(), err.toString());
  }

  private static List<List<String>> paths(CommandLine line, List<String> path) {
    var paths = new ArrayList<List<String>>();
    for (var command : new LinkedHashSet<>(line.getSubcommands().values())) {
      var below = new ArrayList<>(path);
      below.add(command.getCommandName());
      if (!command.getCommandName().equals("help")) {
        paths.add(below);
        paths.addAll(paths(command, below));
      }
    }
    return paths;
  }

  private static List<List<String>> allPaths() {
    return paths(PenstockMain.commandLine(), List.of());
  }

  @Test
  void everyCommandHasHelpWithADescription() {
    var paths = allPaths();
    assertTrue(paths.size() > 20, "only " + paths);
    for (var path : paths) {
      var arguments = new ArrayList<>(path);
      arguments.add("--help");
      var said = say(arguments.toArray(String[]::new));
      assertEquals(0, said.code(), path + ": " + said.err());
      assertTrue(said.out().startsWith("Usage: penstock " + String.join(" ", path)), said.out());
      arguments.set(arguments.size() - 1, "--version");
      assertTrue(say(arguments.toArray(String[]::new)).out().startsWith("penstock "), said.out());
    }
  }

  @Test
  void everyCommandOptionAndParameterIsDescribed() {
    var mute = new ArrayList<String>();
    for (var path : allPaths()) {
      var line = PenstockMain.commandLine();
      for (var name : path) {
        line = line.getSubcommands().get(name);
      }
      var spec = line.getCommandSpec();
      if (spec.usageMessage().description().length == 0) {
        mute.add(String.join(" ", path));
      }
      for (var argument : spec.options()) {
        if (argument.description().length == 0) {
          mute.add(String.join(" ", path) + " " + argument.longestName());
        }
      }
    }
    assertEquals(List.of(), mute);
  }

  @Test
  void everyCommandStandsInOneGroupOfTheHelp() {
    var grouped = new TreeSet<String>();
    PenstockMain.GROUPS.values().forEach(grouped::addAll);
    var known = new TreeSet<String>();
    PenstockMain.commandLine()
        .getSubcommands()
        .forEach((name, command) -> {
          if (!command.getCommandSpec().usageMessage().hidden()) {
            known.add(name);
          }
        });
    assertEquals(known, grouped);
    var help = say("--help").out();
    grouped.forEach(name -> assertTrue(help.contains("\n  " + name + " "), name + " in " + help));
  }

  @Test
  void wrongUsageExitsWith2AndShowsTheUsage() {
    for (var wrong :
        List.of(
            "explian x",
            "explain",
            "audit --sinse 1h",
            "cluster",
            "topics",
            "watch",
            "apply --only dns",
            "bench scenarios --only 6",
            "bench --stacks 0",
            "stream -o json",
            "simulate --config x",
            "torture --minutes 0",
            "torture --seed one")) {
      var said = say(wrong.split(" "));
      assertEquals(2, said.code(), wrong + ": " + said.err());
      assertFalse(said.err().isBlank(), wrong);
    }
    var when = say("audit", "--since", "yesterday");
    assertEquals(2, when.code(), when.err());
    assertTrue(when.err().contains("15m"), when.err());
    var token =
        say(
            "cluster",
            "register",
            "a",
            "--home",
            "111122223333/us-west-2",
            "--server",
            "https://a",
            "--token",
            "hunter2");
    assertEquals(2, token.code(), token.err());
    assertFalse(token.err().contains("hunter2"), token.err());
  }

  @Test
  void anOptionBeforeTheCommandThatRunsIsRefusedAsItWouldDoNothing() {
    for (var wrong :
        List.of(
            "audit --since 1h verify",
            "audit --config a.yaml verify --from log.avro",
            "bench --stacks 5 scenarios")) {
      var said = say(wrong.split(" "));
      assertEquals(2, said.code(), wrong + ": " + said.err());
      assertTrue(said.err().contains(" does nothing before "), said.err());
    }
    assertEquals(0, say("audit", "--help", "verify").code());
  }

  /** An option that a command takes and does not act on misleads. */
  @Test
  void onlyCommandsThatReadAConfigurationOrPrintAnAnswerTakeTheOptionForIt() {
    var own =
        List.of(
            "demo", "sandbox", "simulate", "torture", "conformance", "bench", "bench scenarios");
    var roles = List.of("stream", "apply", "watch kubernetes");
    var parents = List.of("cluster", "topics", "watch");
    for (var path : allPaths()) {
      var line = PenstockMain.commandLine();
      for (var name : path) {
        line = line.getSubcommands().get(name);
      }
      var options = line.getCommandSpec().optionsMap().keySet();
      var name = String.join(" ", path);
      var config = !own.contains(name) && !parents.contains(name);
      assertEquals(config, options.contains("--config"), name);
      assertEquals(
          !roles.contains(name) && !parents.contains(name), options.contains("--output"), name);
    }
  }

  @Test
  void wrongConfigurationExitsWith3AndNamesTheNearestKey() throws Exception {
    var file = Files.writeString(folder.resolve("penstock.yaml"), "kafka:\n  bootstrap: a:1\n");
    for (var command :
        List.of(
            "audit",
            "audit verify",
            "replay",
            "state",
            "stream",
            "apply",
            "watch kubernetes",
            "topics verify",
            "topics export log.avro")) {
      var arguments = new ArrayList<>(List.of(command.split(" ")));
      arguments.addAll(List.of("--config", file.toString()));
      var said = say(arguments.toArray(String[]::new));
      assertEquals(3, said.code(), command + ": " + said.err());
      assertTrue(said.err().contains("kafka.bootstrap-servers"), said.err());
    }
  }

  @Test
  void aSettingsFileThatIsNoneExitsWith3() throws Exception {
    var file = Files.writeString(folder.resolve("s.yaml"), "scop: 1/x\nsettings: {}\n");
    var said = say("configure", "-f", file.toString());
    assertEquals(3, said.code(), said.err());
    assertTrue(said.err().contains("nearest known one is scope"), said.err());
    assertEquals(3, say("configure", "-f", folder.resolve("none").toString()).code());
  }

  /** Nobody listens on port 1. */
  @Test
  void aReconcilerThatMustNotBeginExitsWith3InOneLine() {
    var err = new StringWriter();
    var command = PenstockMain.commandLine().setErr(new PrintWriter(err, true));
    var refused = new StartRefused("not started: restore the topics first");
    var code = ExitCode.explain(refused, command, command.parseArgs("stream"));
    assertEquals(3, code);
    assertEquals("penstock: not started: restore the topics first\n", err.toString());
  }

  @Test
  void whatCannotBeReachedExitsWith4AndSaysWhatToDoNext() throws Exception {
    var file =
        Files.writeString(
            folder.resolve("penstock.yaml"),
            "http:\n  url: http://127.0.0.1:1\nschema-registry:\n  url: http://127.0.0.1:1\n");
    for (var command : List.of("audit", "tail --once", "holds", "cluster list", "explain x")) {
      var arguments = new ArrayList<>(List.of(command.split(" ")));
      arguments.addAll(List.of("--config", file.toString()));
      var said = say(arguments.toArray(String[]::new));
      assertEquals(4, said.code(), command + ": " + said.err());
      assertTrue(said.err().contains("penstock sandbox"), said.err());
    }
  }
}
