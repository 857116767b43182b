package dev.penstock.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.penstock.cli.PenstockMain;
import dev.penstock.edges.log.Decoded;
import dev.penstock.edges.log.SchemaRegistry;
import dev.penstock.edges.log.Start;
import dev.penstock.edges.log.TopicReader;
import dev.penstock.edges.log.WireCodec;
import dev.penstock.sandbox.broker.Ports;
import dev.penstock.sandbox.local.Edges;
import dev.penstock.sandbox.local.SandboxSettings;
import dev.penstock.schemas.audit.AuditRecord;
import dev.penstock.schemas.settings.ScopeSettings;
import dev.penstock.schemas.topic.Topics;
import dev.penstock.streams.turn.AuditChain;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.route53.Route53Client;

/**
 * The roles as separate processes against the sandbox's broker and edges; each is killed at two
 * points of a rolling update.
 */
final class RoleProcessesIT {
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(120);
  private static final String DEPLOYMENT = "nginx-app";

  @TempDir Path folder;

  @Test
  void anyRoleMayBeKilledDuringARollingUpdateAndNothingIsLostOrMadeTwice() throws Exception {
    var settings =
        new SandboxSettings(
            folder,
            SandboxSettings.Ports.free(),
            20,
            "demo",
            ScopeSettings.demo(),
            Optional.empty(),
            "sandbox");
    var random = RandomGenerator.of("L64X128MixRandom");
    try (var edges = Edges.start(settings, Clock.systemUTC(), random, Thread::sleep, _ -> {});
        var cluster = cluster(edges);
        var elb = elb(edges);
        var dns = dns(edges);
        var processes = new RoleProcesses(folder, environment(edges))) {
      for (var role : RoleProcesses.names()) {
        processes.start(role);
      }
      register(edges);
      var stage = new Stage(cluster, elb, dns);
      apply(cluster);
      await("the example is served", () -> served(stage));
      var made = stage.loadBalancers().getFirst().loadBalancerArn();

      for (var role : RoleProcesses.names()) {
        roll(cluster);
        restart(processes, role);
        await("served after " + role + " was killed at once", () -> served(stage));

        var before = stage.targets("healthy");
        roll(cluster);
        await(
            "the update began", () -> !stage.targets("healthy").equals(before) ? "" : "no change");
        restart(processes, role);
        await("served after " + role + " was killed midway", () -> served(stage));
      }

      assertEquals(
          List.of(made), stage.loadBalancers().stream().map(lb -> lb.loadBalancerArn()).toList());
      assertEquals(1, stage.targetGroups().size());
      assertEquals(2, stage.listeners().size());
      assertEquals(1, stage.rules(443).size());
      assertTrue(auditChainLinks(edges) > 0);
      for (var role : RoleProcesses.names()) {
        assertEquals(0, processes.stop(role), role + " stops in order on SIGTERM");
      }
    }
  }

  private static void restart(RoleProcesses processes, String role) throws Exception {
    processes.kill(role);
    processes.start(role);
  }

  /** Empty when exactly the ready pods are the healthy targets, else what is there instead. */
  private static String served(Stage stage) {
    var ready = stage.readyAddresses();
    var healthy = stage.targets("healthy");
    var strays =
        stage.targets().stream()
            .map(target -> target.targetHealth().stateAsString())
            .filter(state -> !state.equals("healthy") && !state.equals("draining"))
            .toList();
    var all = stage.pods().size() == 3 && ready.size() == 3;
    var address = stage.address("nginx-ingress");
    return all && ready.equals(healthy) && strays.isEmpty() && address.isPresent()
        ? ""
        : "ready " + ready + ", healthy " + healthy + ", others " + strays + ", address " + address;
  }

  private void await(String what, Supplier<String> missing)
      throws InterruptedException, IOException {
    var deadline = System.nanoTime() + PATIENCE;
    var instead = missing.get();
    while (!instead.isEmpty()) {
      if (System.nanoTime() > deadline) {
        fail(what + ": " + instead + "\n" + lastWords());
      }
      Thread.sleep(100);
      instead = missing.get();
    }
  }

  private String lastWords() throws IOException {
    var words = new StringBuilder();
    for (var role : RoleProcesses.names()) {
      var lines = Files.readAllLines(folder.resolve(role + ".log"));
      words.append(role).append(":\n");
      lines
          .subList(Math.max(0, lines.size() - 15), lines.size())
          .forEach(l -> words.append(l).append('\n'));
    }
    return words.toString();
  }

  private static void apply(KubernetesClient cluster) throws IOException {
    var example =
        Path.of(System.getProperty("project.root"), "deploy/examples/nginx-complete.yaml");
    var text = Files.readString(example).getBytes(StandardCharsets.UTF_8);
    cluster.load(new ByteArrayInputStream(text)).inNamespace("default").create();
  }

  private static void roll(KubernetesClient cluster) {
    cluster.apps().deployments().inNamespace("default").withName(DEPLOYMENT).rolling().restart();
  }

  /** Every hash follows from the record and the hash before it, in each scope. */
  private static int auditChainLinks(Edges edges) throws Exception {
    var codec =
        WireCodec.open(
            SchemaRegistry.open(edges.connection()),
            Edges.catalogue(),
            Topics.AUDIT,
            AuditRecord.class);
    var heads = new HashMap<String, String>();
    var selection = TopicReader.Selection.all(Topics.AUDIT, new Start.Beginning());
    var links = new int[1];
    try (var reader = TopicReader.open(edges.connection(), Edges.catalogue(), codec, selection)) {
      reader.toEnd(entry -> {
        if (entry.value().orElseThrow() instanceof Decoded.Ok<AuditRecord>(var record)) {
          var scope = record.scope().toString();
          assertEquals(heads.getOrDefault(scope, AuditChain.START), record.previousHash());
          assertEquals(AuditChain.seal(record), record);
          heads.put(scope, record.hash());
          links[0]++;
        }
      });
    }
    return links[0];
  }

  private Map<String, String> environment(Edges edges) throws IOException {
    var listen = "127.0.0.1:" + Ports.free();
    Files.writeString(folder.resolve("token"), "secret-of-the-test");
    var config =
        Files.writeString(
            folder.resolve("roles.yaml"),
            """
            http:
              url: http://%s
              token: file:%s
              tokens:
                tester: file:%s
            kafka:
              bootstrap-servers: %s
              partitions: %d
            schema-registry:
              url: %s
            aws:
              endpoint-url: %s
            """
                .formatted(
                    listen,
                    folder.resolve("token"),
                    folder.resolve("token"),
                    edges.connection().bootstrapServers(),
                    Edges.catalogue().partitions(),
                    edges.connection().registryUrls().getFirst(),
                    edges.awsEndpoint()));
    var environment = new LinkedHashMap<String, String>();
    environment.put("PENSTOCK_CONFIG", config.toString());
    environment.put("STREAM_LISTEN", listen);
    environment.put("AWS_ACCESS_KEY_ID", "AKIASANDBOX");
    environment.put("AWS_SECRET_ACCESS_KEY", "sandbox");
    environment.put("AWS_REGION", "us-west-2");
    return environment;
  }

  /** As a person does it: register, settings, manage. The API may need a moment. */
  private void register(Edges edges) throws Exception {
    var settings =
        Files.writeString(
            folder.resolve("settings.yaml"),
            """
            scope: %s
            settings:
              sweepIntervalMillis: 10000
              healthPollMillis: 500
              healthPollSteadyMillis: 5000
              driftPollMillis: 3000
              retryMillis: 500
              maxRetryMillis: 5000
              claimSettleMillis: 2000
              consistencyWindowMillis: 1000
            """
                .formatted("111122223333/us-west-2"));
    execute(
        "cluster",
        "register",
        "sandbox",
        "--home=111122223333/us-west-2",
        "--vpc=vpc-0a1b2c3d4e5f60718",
        "--kubeconfig=" + edges.kubeconfig());
    execute("configure", "-f", settings.toString());
    execute("cluster", "manage", "sandbox");
  }

  private void execute(String... arguments) throws Exception {
    var all = new String[arguments.length + 1];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    all[arguments.length] = "--config=" + folder.resolve("roles.yaml");
    await(
        String.join(" ", arguments),
        () -> {
          var code = PenstockMain.execute(all);
          return code == 0 ? "" : "exit code " + code;
        });
  }

  private static KubernetesClient cluster(Edges edges) throws IOException {
    return new KubernetesClientBuilder()
        .withConfig(Config.fromKubeconfig(Files.readString(edges.kubeconfig())))
        .build();
  }

  private static StaticCredentialsProvider credentials() {
    return StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIASANDBOX", "test"));
  }

  private static ElasticLoadBalancingV2Client elb(Edges edges) {
    return ElasticLoadBalancingV2Client.builder()
        .credentialsProvider(credentials())
        .region(Region.US_WEST_2)
        .endpointOverride(URI.create(edges.awsEndpoint()))
        .build();
  }

  private static Route53Client dns(Edges edges) {
    return Route53Client.builder()
        .credentialsProvider(credentials())
        .region(Region.US_WEST_2)
        .endpointOverride(URI.create(edges.awsEndpoint()))
        .build();
  }
}
