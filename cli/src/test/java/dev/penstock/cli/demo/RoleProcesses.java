package dev.penstock.cli.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The roles as processes of their own, started, killed with SIGKILL and started again. */
final class RoleProcesses implements AutoCloseable {
  private static final Map<String, List<String>> COMMANDS = commands();

  private final Path folder;
  private final Map<String, String> environment;
  private final Map<String, Process> running = new LinkedHashMap<>();

  /** The environment tells each process where everything is; logs are kept in the folder. */
  RoleProcesses(Path folder, Map<String, String> environment) {
    this.folder = folder;
    this.environment = environment;
  }

  private static Map<String, List<String>> commands() {
    var commands = new LinkedHashMap<String, List<String>>();
    commands.put("stream", List.of("stream"));
    commands.put("apply", List.of("apply"));
    commands.put("watch", List.of("watch", "kubernetes"));
    return commands;
  }

  static List<String> names() {
    return List.copyOf(COMMANDS.keySet());
  }

  void start(String role) throws IOException {
    var arguments = new ArrayList<String>();
    arguments.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    arguments.add("--enable-native-access=ALL-UNNAMED");
    arguments.add("-XX:+UseSerialGC");
    arguments.add("-XX:TieredStopAtLevel=1");
    arguments.add("-cp");
    arguments.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    arguments.add("dev.penstock.cli.PenstockMain");
    arguments.addAll(COMMANDS.get(role));
    var builder = new ProcessBuilder(arguments).redirectErrorStream(true);
    builder.redirectOutput(
        ProcessBuilder.Redirect.appendTo(folder.resolve(role + ".log").toFile()));
    builder.environment().putAll(environment);
    builder.environment().put("PENSTOCK_HTTP_LISTEN", listen(role));
    builder.environment().put("PENSTOCK_LOG", "INFO");
    running.put(role, builder.start());
  }

  private String listen(String role) {
    return role.equals("stream") ? environment.get("STREAM_LISTEN") : "127.0.0.1:0";
  }

  boolean alive(String role) {
    var process = running.get(role);
    return process != null && process.isAlive();
  }

  /** SIGKILL: the process gets no chance to say anything. */
  void kill(String role) throws InterruptedException {
    var process = running.get(role);
    process.destroyForcibly();
    process.waitFor(30, TimeUnit.SECONDS);
  }

  /** SIGTERM; answers the exit code. */
  int stop(String role) throws InterruptedException {
    var process = running.remove(role);
    process.destroy();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      return -1;
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    running.values().forEach(Process::destroyForcibly);
  }
}
