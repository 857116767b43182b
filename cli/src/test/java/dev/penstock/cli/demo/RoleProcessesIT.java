package dev.penstock.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.cli.roles.Installation.Role;
import dev.penstock.edges.log.LogFailed;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The roles as separate processes against the sandbox's broker and edges. */
final class RoleProcessesIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String DEPLOYMENT = "nginx-app";

  @TempDir static Path folder;
  private static InstalledRoles roles;

  @BeforeAll
  static void start() throws Exception {
    roles = InstalledRoles.start(folder);
  }

  @AfterAll
  static void everyRoleStopsInOrderOnSigterm() throws Exception {
    for (var role : Role.WHOLE) {
      assertEquals(0, roles.stop(role), role + " stops in order on SIGTERM");
    }
    roles.close();
  }

  @Test
  void anyRoleMayBeKilledDuringARollingUpdateAndNothingIsLostOrMadeTwice() throws Exception {
    var view = roles.view();
    var founding = world(view);
    apply(view);
    roles.await("the example is served", () -> served(view));
    roll(view);
    roles.await("served after an undisturbed update", () -> served(view));
    var undisturbed = world(view);

    for (var role : Role.WHOLE) {
      roll(view);
      roles.killAndStart(role);
      roles.await("served after " + role + " was killed at once", () -> served(view));

      var before = view.targets("healthy");
      roll(view);
      roles.await(
          "the update began", () -> !view.targets("healthy").equals(before) ? "" : "no change");
      roles.killAndStart(role);
      roles.await("served after " + role + " was killed midway", () -> served(view));
    }
    assertEquals(undisturbed, world(view));

    delete(view);
    roles.await(
        "the load balancer is gone", () -> view.loadBalancers().isEmpty() ? "" : "it is there");
    roles.await("all is gone", () -> differs(founding, world(view)));
    nothingIsLeftOpen();
  }

  @Test
  void theStoriesOfTheDemoAndOfAGroupAreSeenThroughTheProcesses() throws Exception {
    everyFaceAnswers();
    var view = roles.view();
    var founding = world(view);
    var scenes = new ArrayList<>(new DemoStory(view, example()).scenes());
    scenes.addAll(new GroupStory(view).scenes());
    var story = new StringWriter();
    var teller =
        new StoryTeller(
            new PrintWriter(story, true), InstantSource.system(), PATIENCE, Thread::sleep);
    assertTrue(teller.tell(scenes).verified(), () -> story + words());
    roles.await("all is gone", () -> differs(founding, world(view)));
    nothingIsLeftOpen();
  }

  private static void everyFaceAnswers() throws Exception {
    for (var role : Role.WHOLE) {
      var process = roles.running(role);
      roles.await(role + " is ready", () -> status(role, "/readyz") == 200 ? "" : "not ready");
      assertEquals(200, status(role, "/healthz"), role.toString());
      var metrics = roles.installation().ask(process, "/metrics").orElseThrow().body();
      assertTrue(metrics.matches("(?s).*penstock_up\\{role=\"[a-z-]+\"} 1\\n.*"), metrics);
      assertTrue(metrics.matches("(?s).*penstock_ready\\{role=\"[a-z-]+\"} 1\\n.*"), metrics);
    }
  }

  private static int status(Role role, String path) {
    try {
      return roles
          .installation()
          .ask(roles.running(role), path)
          .map(answer -> answer.statusCode())
          .orElse(0);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** No command waits for ever, and the audit trail tells what became of each. */
  private static void nothingIsLeftOpen() throws Exception {
    var log = new LogFacts(roles.edges().connection());
    roles.await("every command was answered", () -> open(log::openCommands));
    roles.await("every decision has its end", () -> open(log::unsettled));
    assertTrue(log.auditChainLinks() > 50);
  }

  private interface Reading {
    Set<String> read() throws LogFailed;
  }

  private static String open(Reading reading) {
    try {
      var open = reading.read();
      return open.isEmpty() ? "" : open.toString();
    } catch (LogFailed e) {
      throw new IllegalStateException(e);
    }
  }

  private static String words() {
    try {
      return roles.lastWords();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Empty when exactly the ready pods are the healthy targets, else what is there instead. */
  private static String served(DemoView view) {
    var ready = view.readyAddresses();
    var healthy = view.targets("healthy");
    var strays =
        view.targets().stream()
            .map(target -> target.targetHealth().stateAsString())
            .filter(state -> !state.equals("healthy") && !state.equals("draining"))
            .toList();
    var all = view.pods().size() == 3 && ready.size() == 3;
    var address = view.address("nginx-ingress");
    var records = view.records("nginx.example.com").size();
    return all && ready.equals(healthy) && strays.isEmpty() && address.isPresent() && records >= 3
        ? ""
        : "ready %s, healthy %s, others %s, address %s, %d records"
            .formatted(ready, healthy, strays, address, records);
  }

  /** Everything in AWS but the targets, one line each, with ids and settings. */
  private static List<String> world(DemoView view) {
    var lines = new ArrayList<String>();
    view.loadBalancers().forEach(it -> lines.add(it.toString()));
    view.listeners().forEach(it -> lines.add(it.toString()));
    view.rules(80).forEach(it -> lines.add(it.toString()));
    view.rules(443).forEach(it -> lines.add(it.toString()));
    view.targetGroups().forEach(it -> lines.add(it.toString()));
    view.securityGroups().forEach(it -> lines.add(it.toString()));
    view.records("nginx.example.com").forEach(it -> lines.add(it.toString()));
    return lines;
  }

  private static String differs(List<String> wanted, List<String> found) {
    var more = new ArrayList<>(found);
    more.removeAll(wanted);
    var less = new ArrayList<>(wanted);
    less.removeAll(found);
    return more.isEmpty() && less.isEmpty() ? "" : "too much " + more + ", missing " + less;
  }

  private static String example() throws IOException {
    return Files.readString(
        Path.of(System.getProperty("project.root"), "deploy/examples/nginx-complete.yaml"));
  }

  private static void apply(DemoView view) throws IOException {
    view.cluster().load(bytes(example())).inNamespace("default").create();
  }

  private static void delete(DemoView view) throws IOException {
    view.cluster().load(bytes(example())).inNamespace("default").delete();
  }

  private static ByteArrayInputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void roll(DemoView view) {
    view.cluster()
        .apps()
        .deployments()
        .inNamespace("default")
        .withName(DEPLOYMENT)
        .rolling()
        .restart();
  }
}
