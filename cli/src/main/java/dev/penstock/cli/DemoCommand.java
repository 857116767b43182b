package dev.penstock.cli;

import dev.penstock.cli.config.LogAddress;
import dev.penstock.cli.demo.Demo;
import dev.penstock.cli.replay.HistoryOptions;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.edges.log.history.LogFileExport;
import dev.penstock.sandbox.local.Edges;
import dev.penstock.sandbox.local.Sandbox;
import dev.penstock.sandbox.local.SandboxSettings.Ports;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code penstock demo}: the whole story, verified step by step against the simulator's own state.
 */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Starts a sandbox, applies deploy/examples/nginx-complete.yaml, scales, rolls, breaks and"
          + " heals it,",
      "changes AWS by hand, deletes everything, and shows the audit trail. Each step is verified"
          + " against",
      "the simulator's own state; exit code 0 only if every one was seen."
    })
final class DemoCommand implements Callable<Integer> {
  @Mixin private OutputOptions output = new OutputOptions();
  @Mixin private SandboxOptions options = new SandboxOptions();

  @Option(
      names = "--example",
      paramLabel = "FILE",
      defaultValue = "deploy/examples/nginx-complete.yaml",
      description = "the manifest to apply (default: ${DEFAULT-VALUE})")
  private Path example = Path.of("deploy/examples/nginx-complete.yaml");

  @Option(
      names = "--record",
      paramLabel = "FILE",
      description = "write the whole log of the story into this file, for `penstock replay --from`")
  private @Nullable Path record;

  @Override
  public Integer call() throws Exception {
    var out = output.out();
    var story = output.json() ? new PrintWriter(Writer.nullWriter()) : out;
    var folder = Files.createTempDirectory("penstock-demo");
    try {
      story.printf(
          "penstock demo: the world runs at --speed %s, our own timers are those of the preset"
              + " %s%n%n",
          options.speed(), options.preset());
      try (var sandbox =
          options.start(folder, Ports.free(), part -> say(story, "starting " + part))) {
        var told = new Demo(sandbox, Files.readString(Home.file(example.toString()))).play(story);
        if (record != null) {
          record(sandbox, record, output.err());
        }
        if (output.json()) {
          out.println(told.json());
        }
        return told.verified() ? ExitCode.DONE.number() : ExitCode.FAILED.number();
      }
    } finally {
      Folder.remove(folder);
    }
  }

  private static void record(Sandbox sandbox, Path file, PrintWriter err)
      throws LogFailed, IOException {
    var address = new LogAddress(sandbox.connection(), Edges.catalogue());
    try (var history = HistoryOptions.open(address, err)) {
      LogFileExport.write(history, file, (_, _) -> {});
    }
  }

  private static void say(PrintWriter out, String text) {
    out.println(text);
    out.flush();
  }
}
