package dev.penstock.cli.demo;

import dev.penstock.sandbox.local.Sandbox;
import dev.penstock.schemas.json.RecordJson;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.route53.Route53Client;

/** Plays the demo's story on a running sandbox. */
public final class Demo {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Sandbox sandbox;
  private final String example;

  public Demo(Sandbox sandbox, String example) {
    this.sandbox = sandbox;
    this.example = example;
  }

  /** What came of it. */
  public record Outcome(boolean verified, String json) {}

  record Report(boolean verified, Told story, List<AuditLine> audit) {}

  public Outcome play(PrintWriter out) throws IOException, InterruptedException {
    var credentials =
        StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIASANDBOX", "demo"));
    var endpoint = URI.create(sandbox.awsEndpoint());
    var kubeconfig = Files.readString(sandbox.kubeconfig());
    var http = ApacheHttpClient.create();
    try (var elb =
            ElasticLoadBalancingV2Client.builder()
                .httpClient(http)
                .credentialsProvider(credentials)
                .region(Region.US_WEST_2)
                .endpointOverride(endpoint)
                .build();
        var dns =
            Route53Client.builder()
                .httpClient(http)
                .credentialsProvider(credentials)
                .region(Region.US_WEST_2)
                .endpointOverride(endpoint)
                .build();
        var cluster =
            new KubernetesClientBuilder()
                .withConfig(
                    new ConfigBuilder(
                            io.fabric8.kubernetes.client.Config.fromKubeconfig(kubeconfig))
                        .build())
                .build()) {
      var stage = new Stage(cluster, elb, dns);
      var teller = new StoryTeller(out, InstantSource.system(), PATIENCE, StoryMain::sleep);
      var told = teller.tell(new DemoStory(stage, example).scenes());
      var audit = AuditLine.read(sandbox.connection());
      print(out, told, audit);
      return new Outcome(
          told.allVerified(), RecordJson.write(new Report(told.allVerified(), told, audit)));
    }
  }

  private static void print(PrintWriter out, Told told, List<AuditLine> audit) {
    out.printf("%nThe audit trail of what was written (%d entries):%n%n", audit.size());
    audit.forEach(line -> out.printf("  %s%n", line.text()));
    out.printf(
        "%n%d of %d steps verified in %.1f s%n",
        told.entries().stream().filter(Told.Entry::verified).count(),
        told.entries().size(),
        told.tookMillis() / 1000.0);
    out.flush();
  }
}
