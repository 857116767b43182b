package dev.penstock.sandbox.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.penstock.sandbox.kubernetes.rules.Kinds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person does with kubectl. Skipped where there is none. */
final class KubectlTest {
  private static final Path EXAMPLE =
      Path.of(System.getProperty("project.root"), "deploy", "examples", "nginx-complete.yaml");

  @TempDir Path directory;
  private Sandboxed sandbox;

  @BeforeEach
  void start() throws Exception {
    assumeTrue(present(), "kubectl is not on the PATH");
    sandbox = new Sandboxed(directory.resolve("state"), 20);
    Kubeconfig.write(directory.resolve("kubeconfig"), "sandbox", sandbox.server.uri());
  }

  @AfterEach
  void stop() throws Exception {
    if (sandbox != null) {
      sandbox.close();
    }
  }

  private static boolean present() throws InterruptedException {
    try {
      return new ProcessBuilder("kubectl", "version", "--client").start().waitFor() == 0;
    } catch (IOException _) {
      return false;
    }
  }

  private record Result(int code, String text) {}

  private Result run(String... arguments) throws Exception {
    var command = new ArrayList<>(List.of("kubectl", "--cache-dir", directory + "/cache"));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("KUBECONFIG", directory.resolve("kubeconfig").toString());
    builder.environment().put("KUBE_EDITOR", "sed -i s/nginx.example.com/web.example.com/");
    var process = builder.start();
    process.getOutputStream().close();
    var text = new String(process.getInputStream().readAllBytes());
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    return new Result(process.exitValue(), text);
  }

  private String kubectl(String... arguments) throws Exception {
    var result = run(arguments);
    assertEquals(0, result.code(), String.join(" ", arguments) + "\n" + result.text());
    return result.text();
  }

  private static void says(String text, String... parts) {
    for (var part : parts) {
      assertTrue(text.contains(part), "no \"" + part + "\" in:\n" + text);
    }
  }

  @Test
  void theCompleteExampleIsAppliedSeenChangedAndDeleted() throws Exception {
    says(kubectl("apply", "-f", EXAMPLE.toString()), "deployment.apps/nginx-app created");
    says(
        kubectl("apply", "-f", EXAMPLE.toString()),
        "ingress.networking.k8s.io/nginx-ingress unchanged");
    says(kubectl("rollout", "status", "deployment/nginx-app"), "successfully rolled out");
    says(kubectl("get", "ingress"), "CLASS", "ADDRESS", "alb", "nginx.example.com");
    says(kubectl("get", "pods", "-o", "wide"), "1/1", "Running", "10.0.128.4");
    says(kubectl("describe", "ingress", "nginx-ingress"), "nginx-service:80 (10.0.128.");
    says(kubectl("get", "deployment"), "3/3");
    kubectl("scale", "deployment/nginx-app", "--replicas=4");
    kubectl("rollout", "restart", "deployment/nginx-app");
    says(kubectl("rollout", "status", "deployment/nginx-app"), "successfully rolled out");
    says(
        kubectl("describe", "deployment", "nginx-app"),
        "4 desired | 4 updated",
        "ScalingReplicaSet");
    var pod = sandbox.live.turn(c -> c.api().all(Kinds.POD, "default")).getFirst();
    kubectl("delete", "pod", pod.path("metadata").path("name").asText());
    says(kubectl("get", "events"), "Scheduled", "Killing", "Created pod: nginx-app-");
    says(kubectl("edit", "ingress", "nginx-ingress"), "edited");
    says(kubectl("get", "ingress", "nginx-ingress"), "web.example.com");
    kubectl("delete", "-f", EXAMPLE.toString());
    says(run("get", "ingress", "nginx-ingress").text(), "(NotFound)", "not found");
    kubectl("wait", "--for=delete", "pod", "-l", "app=nginx-app", "--timeout=30s");
  }

  @Test
  void aNamespaceIsMadeFilledByServerSideApplyAndDeleted() throws Exception {
    kubectl("create", "namespace", "team");
    says(
        kubectl("-n", "team", "apply", "--server-side", "-f", EXAMPLE.toString()),
        "serverside-applied");
    kubectl("-n", "team", "rollout", "status", "deployment/nginx-app");
    var changed = directory.resolve("changed.yaml");
    Files.writeString(changed, Files.readString(EXAMPLE).replace("internet-facing", "internal"));
    var conflict =
        run(
            "-n",
            "team",
            "apply",
            "--server-side",
            "--field-manager=other",
            "-f",
            changed.toString());
    says(
        conflict.text(),
        "conflict with \"kubectl\"",
        ".metadata.annotations.alb.ingress.kubernetes.io/scheme");
    kubectl("-n", "team", "create", "configmap", "settings", "--from-literal=a=b");
    kubectl("-n", "team", "create", "secret", "generic", "login", "--from-literal=a=b");
    says(
        kubectl("-n", "team", "get", "all,cm,secret"),
        "settings",
        "login",
        "replicaset.apps/nginx-app-");
    kubectl("delete", "namespace", "team");
    says(run("get", "namespace", "team").text(), "not found");
  }

  @Test
  void mistakesAreRefusedInTheWordsOfARealServer() throws Exception {
    var bad = directory.resolve("bad.yaml");
    Files.writeString(
        bad, Files.readString(EXAMPLE).replace("pathType: Prefix", "pathType: Wrong"));
    says(run("apply", "-f", bad.toString()).text(), "Unsupported value: \"Wrong\"");
    says(run("get", "pod", "none").text(), "pods \"none\" not found");
    says(run("patch", "node", "none", "-p", "{}").text(), "nodes \"none\" not found");
  }
}
