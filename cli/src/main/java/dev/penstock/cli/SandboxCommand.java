package dev.penstock.cli;

import dev.penstock.sandbox.local.Sandbox;
import dev.penstock.sandbox.local.SandboxSettings.Ports;
import dev.penstock.schemas.json.RecordJson;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code penstock sandbox}: the whole pipeline between embedded edges, until it is stopped. */
@Command(
    name = "sandbox",
    mixinStandardHelpOptions = true,
    description = {
      "Runs the whole pipeline in one process: a Kafka broker, a schema registry, a Kubernetes"
          + " API,",
      "an AWS simulator, and every stage between them. Its data is kept in DIR and survives a kill."
    })
final class SandboxCommand implements Callable<Integer> {
  @Mixin private OutputOptions output = new OutputOptions();
  @Mixin private SandboxOptions options = new SandboxOptions();

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      defaultValue = "penstock-sandbox",
      description = "where data, kubeconfig and env.sh are kept (default: ${DEFAULT-VALUE})")
  private Path folder = Path.of("penstock-sandbox");

  @Option(names = "--kafka-port", defaultValue = "19092", description = "default: ${DEFAULT-VALUE}")
  private int kafkaPort;

  @Option(
      names = "--kafka-controller-port",
      defaultValue = "19093",
      description = "the broker speaks to itself here; default: ${DEFAULT-VALUE}")
  private int kafkaControllerPort;

  @Option(
      names = "--registry-port",
      defaultValue = "18081",
      description = "default: ${DEFAULT-VALUE}")
  private int registryPort;

  @Option(
      names = "--kubernetes-port",
      defaultValue = "16443",
      description = "default: ${DEFAULT-VALUE}")
  private int kubernetesPort;

  @Option(names = "--aws-port", defaultValue = "14566", description = "default: ${DEFAULT-VALUE}")
  private int awsPort;

  @Option(names = "--api-port", defaultValue = "18080", description = "default: ${DEFAULT-VALUE}")
  private int apiPort;

  /** Where everything is, for tools. */
  record Addresses(
      String kubeconfig,
      String awsEndpoint,
      String bootstrapServers,
      String schemaRegistry,
      String api,
      String environmentFile,
      String folder) {}

  @Override
  public Integer call() throws Exception {
    var out = output.out();
    var progress = output.progress();
    var ports =
        new Ports(kafkaPort, kafkaControllerPort, registryPort, kubernetesPort, awsPort, apiPort);
    try (var sandbox =
        options.start(
            folder,
            ports,
            part -> {
              progress.println("starting " + part);
              progress.flush();
            })) {
      var addresses = addresses(sandbox);
      out.println(output.json() ? RecordJson.write(addresses) : welcome(addresses));
      out.flush();
      waitForStop(sandbox);
    }
    return ExitCode.DONE.number();
  }

  private static Addresses addresses(Sandbox sandbox) {
    return new Addresses(
        sandbox.kubeconfig().toAbsolutePath().toString(),
        sandbox.awsEndpoint(),
        sandbox.bootstrapServers(),
        sandbox.registryUrl(),
        sandbox.apiUrl(),
        sandbox.environmentFile().toAbsolutePath().toString(),
        sandbox.folder().toAbsolutePath().toString());
  }

  private String welcome(Addresses addresses) {
    return """

    The sandbox is up (world %sx faster than real, settings %s).

      Kubernetes        KUBECONFIG=%s
      AWS               %s
      Kafka             %s
      schema registry   %s
      API               %s

    In another shell:

      . %s
      kubectl apply -f %s
      kubectl get ingress -w        # Ctrl-C when the ADDRESS is there
      aws elbv2 describe-load-balancers
      %s explain nginx.example.com

    Ctrl-C stops it; its data stays in %s.\
    """
        .formatted(
            options.speed(),
            options.preset(),
            addresses.kubeconfig(),
            addresses.awsEndpoint(),
            addresses.bootstrapServers(),
            addresses.schemaRegistry(),
            addresses.api(),
            addresses.environmentFile(),
            Home.file("deploy/examples/nginx-complete.yaml"),
            Home.file("penstock"),
            addresses.folder());
  }

  private static void waitForStop(Sandbox sandbox) throws InterruptedException, CommandFailed {
    var asked = new AtomicBoolean();
    var stop = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .unstarted(() -> {
                  asked.set(true);
                  sandbox.close();
                  stop.countDown();
                }));
    while (!stop.await(1, TimeUnit.SECONDS)) {
      if (!asked.get() && sandbox.failed()) {
        throw new CommandFailed(
            ExitCode.FAILED, "a stage stopped; its last words are in the log above");
      }
    }
  }
}
