package dev.penstock.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.penstock.cli.PenstockMain;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code penstock sandbox} as a process, as a person has it. */
final class SandboxIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Requests of sandboxes that were killed since: the simulator's log begins anew. */
  private static final Set<String> EARLIER = new TreeSet<>();

  @TempDir static Path folder;
  private static SandboxProcess sandbox;
  private static DemoView view;

  @BeforeAll
  static void start() throws Exception {
    sandbox = new SandboxProcess(folder);
    sandbox.start();
    await("env.sh is written", () -> Files.exists(sandbox.environmentFile()));
    view = DemoView.open(folder.resolve("kubeconfig"), sandbox.awsEndpoint());
    view.cluster().load(Files.newInputStream(example())).inNamespace("default").create();
    await("the example is served", () -> served(3));
  }

  @AfterAll
  static void stop() throws Exception {
    view.close();
    sandbox.kill();
  }

  @Test
  void theRealClientsSeeWhatTheExampleAskedFor() throws Exception {
    assumeTrue(runs("kubectl version --client"), "skipped: no kubectl on the PATH");
    assumeTrue(runs("aws --version"), "skipped: no aws on the PATH");

    shell("kubectl apply -f " + example());
    await("its three pods are served", () -> served(3));
    var ingress = shell("kubectl get ingress");
    var address = view.address("nginx-ingress").orElseThrow();
    assertTrue(ingress.contains("ADDRESS") && ingress.contains(address), ingress);

    theLoadBalancerServesAndRedirects(address);
    theTargetsAreThePods();
    theNameAndItsOwnerAreInTheZone();
  }

  private static void theLoadBalancerServesAndRedirects(String address) throws Exception {
    var balancers = json("aws elbv2 describe-load-balancers").path("LoadBalancers");
    assertEquals(1, balancers.size());
    assertEquals(address, balancers.path(0).path("DNSName").asText());
    var balancer = balancers.path(0).path("LoadBalancerArn").asText();

    var listeners =
        json("aws elbv2 describe-listeners --load-balancer-arn " + balancer).path("Listeners");
    assertEquals(List.of("HTTP:80", "HTTPS:443"), each(listeners, SandboxIT::listener));
    var redirect = listener(listeners, 80).path("DefaultActions").path(0);
    assertEquals("redirect", redirect.path("Type").asText());
    assertEquals("443", redirect.path("RedirectConfig").path("Port").asText());

    var https = listener(listeners, 443).path("ListenerArn").asText();
    var rules = json("aws elbv2 describe-rules --listener-arn " + https).path("Rules");
    assertEquals(2, rules.size(), "one rule and the default one");
    assertTrue(rules.toString().contains("nginx.example.com"), rules.toString());
  }

  private static void theTargetsAreThePods() throws Exception {
    var groups = json("aws elbv2 describe-target-groups").path("TargetGroups");
    assertEquals(1, groups.size());
    var group = groups.path(0).path("TargetGroupArn").asText();
    var health =
        json("aws elbv2 describe-target-health --target-group-arn " + group)
            .path("TargetHealthDescriptions");
    var states =
        each(
            health,
            target ->
                target.path("TargetHealth").path("State").asText()
                    + " "
                    + target.path("Target").path("Id").asText());
    states.removeIf(state -> state.startsWith("draining "));
    assertEquals(view.readyAddresses().stream().map(ready -> "healthy " + ready).toList(), states);
  }

  private static void theNameAndItsOwnerAreInTheZone() throws Exception {
    var zone =
        json("aws route53 list-hosted-zones").path("HostedZones").path(0).path("Id").asText();
    var records =
        json("aws route53 list-resource-record-sets --hosted-zone-id " + zone)
            .path("ResourceRecordSets");
    var names = each(records, set -> set.path("Type").asText() + " " + set.path("Name").asText());
    assertTrue(names.contains("A nginx.example.com."), names.toString());
    assertTrue(names.contains("AAAA nginx.example.com."), names.toString());
    assertTrue(
        names.stream().anyMatch(name -> name.startsWith("TXT ") && name.contains("nginx")),
        names.toString());
  }

  @Test
  void aKilledSandboxGoesOnWhereItWasAndItsAuditTrailIsWhatReachedAws() throws Exception {
    theAuditTrailIsWhatReachedAws();

    sandbox.kill();
    assertTrue(Files.exists(sandbox.environmentFile()), "a kill leaves nothing in order");
    sandbox.start();
    await("env.sh is gone", () -> !Files.exists(sandbox.environmentFile()));
    await("env.sh is written anew", () -> Files.exists(sandbox.environmentFile()));

    var pods = view.pods().size() + 1;
    view.cluster().apps().deployments().inNamespace("default").withName("nginx-app").scale(pods);
    await("one more pod is served", () -> served(pods));
    assertEquals(List.of("RegisterTargets"), writes(), "nothing is made or changed anew");
    theAuditTrailIsWhatReachedAws();
    theLogStillLeadsToAllThatIsRecorded();
  }

  /** Read from the broker while the sandbox goes on; each exits with 0. */
  private static void theLogStillLeadsToAllThatIsRecorded() {
    var config = "--config=" + folder.resolve("penstock.yaml");
    var text = printed("replay", "--measure", config);
    assertTrue(text.contains("equal bit for bit") && text.contains("events/s"), text);
    assertTrue(printed("audit", "verify", config).contains("intact"));
    var rows = printed("state", "--resource", "nginx", "--table", "verdicts", config);
    assertTrue(rows.contains("TargetGroup"), rows);
  }

  /** The writes that the pipeline made, in their order. */
  private static List<String> writes() throws Exception {
    return StreamSupport.stream(requests().spliterator(), false)
        .filter(SandboxIT::isOurs)
        .map(call -> call.path("operation").asText())
        .filter(operation -> !operation.matches("(Describe|List|Get).*"))
        .toList();
  }

  private static boolean isOurs(JsonNode call) {
    return call.path("userAgent").asText().contains("penstock-command");
  }

  /** Every write that arrived has its line, and every line's newest requests did arrive. */
  private static void theAuditTrailIsWhatReachedAws() throws Exception {
    var arrived = new TreeSet<String>();
    for (var call : requests()) {
      if (isOurs(call) && !call.path("operation").asText().matches("(Describe|List|Get).*")) {
        arrived.add(call.path("requestId").asText());
      }
    }
    assertFalse(arrived.isEmpty());
    await("every write is in the audit trail", () -> audited().containsAll(arrived));
    var all = new TreeSet<String>();
    requests().forEach(call -> all.add(call.path("requestId").asText()));
    var told = audited();
    told.removeAll(all);
    told.removeAll(EARLIER);
    assertEquals(List.of(), List.copyOf(told), "told, but never arrived");
    EARLIER.addAll(audited());
  }

  /** Request ids of {@code penstock audit}. */
  private static TreeSet<String> audited() {
    var ids = new TreeSet<String>();
    var text =
        printed("audit", "-o", "json", "--reads", "--config=" + folder.resolve("penstock.yaml"));
    for (var line : text.lines().toList()) {
      for (var call : read(line).path("calls")) {
        var id = call.path("requestId").asText();
        if (!id.isEmpty()) {
          ids.add(id);
        }
      }
    }
    return ids;
  }

  private static String printed(String... arguments) {
    var bytes = new ByteArrayOutputStream();
    var before = System.out;
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      assertEquals(0, PenstockMain.execute(arguments));
    } finally {
      System.setOut(before);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static JsonNode requests() throws IOException {
    var page = URI.create(sandbox.awsEndpoint() + "/_penstock/requests").toURL();
    try (var in = page.openStream()) {
      return JSON.readTree(in);
    }
  }

  private static boolean served(int pods) {
    var ready = view.readyAddresses();
    return ready.size() == pods
        && ready.equals(view.targets("healthy"))
        && view.address("nginx-ingress").isPresent()
        && view.records("nginx.example.com").size() >= 3;
  }

  private static Path example() {
    return Path.of(System.getProperty("project.root"), "deploy/examples/nginx-complete.yaml");
  }

  private static String listener(JsonNode listener) {
    return listener.path("Protocol").asText() + ":" + listener.path("Port").asInt();
  }

  private static JsonNode listener(JsonNode listeners, int port) {
    return StreamSupport.stream(listeners.spliterator(), false)
        .filter(listener -> listener.path("Port").asInt() == port)
        .findFirst()
        .orElseThrow();
  }

  private interface Word {
    String of(JsonNode node);
  }

  private static List<String> each(JsonNode nodes, Word word) {
    var words = new ArrayList<String>();
    nodes.forEach(node -> words.add(word.of(node)));
    words.sort(String::compareTo);
    return words;
  }

  private static boolean runs(String command) throws Exception {
    return new ProcessBuilder("sh", "-c", command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        == 0;
  }

  private static JsonNode json(String command) throws Exception {
    return read(shell(command + " --output json"));
  }

  private static JsonNode read(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new IllegalStateException(text, e);
    }
  }

  /** Runs a line as the README has it: after {@code . DIR/env.sh}. */
  private static String shell(String line) throws Exception {
    var process =
        new ProcessBuilder("sh", "-c", ". " + sandbox.environmentFile() + " && " + line)
            .redirectError(folder.resolve("shell.err").toFile())
            .start();
    var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(
        0, process.waitFor(), () -> line + ": " + text + SandboxProcess.text("shell.err", folder));
    return text;
  }

  private static void await(String what, BooleanSupplier seen) throws Exception {
    var deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(4);
    while (!seen.getAsBoolean()) {
      if (System.nanoTime() > deadline || !sandbox.alive()) {
        fail(what + " was not seen\n" + SandboxProcess.text("sandbox.log", folder));
      }
      Thread.sleep(20);
    }
  }
}
