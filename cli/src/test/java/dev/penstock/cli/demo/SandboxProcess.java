package dev.penstock.cli.demo;

import dev.penstock.sandbox.broker.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A sandbox in a process of its own, on the same folder and ports whenever it is started. */
final class SandboxProcess {
  private final Path folder;
  private final int aws = Ports.free();
  private final List<String> command = new ArrayList<>();
  private Process process;

  SandboxProcess(Path folder) {
    this.folder = folder;
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-XX:+UseSerialGC");
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add("dev.penstock.cli.PenstockMain");
    command.add("sandbox");
    command.add("--dir=" + folder);
    command.add("--settings=production");
    command.add("--aws-port=" + aws);
    for (var port : List.of("kafka", "kafka-controller", "registry", "kubernetes", "api")) {
      command.add("--" + port + "-port=" + Ports.free());
    }
  }

  void start() throws IOException {
    var log = ProcessBuilder.Redirect.appendTo(folder.resolve("sandbox.log").toFile());
    process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log).start();
  }

  /** SIGKILL. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor(30, TimeUnit.SECONDS);
  }

  boolean alive() {
    return process.isAlive();
  }

  Path environmentFile() {
    return folder.resolve("env.sh");
  }

  String awsEndpoint() {
    return "http://127.0.0.1:" + aws;
  }

  static String text(String name, Path folder) {
    try {
      return Files.readString(folder.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
