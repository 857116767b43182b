package dev.penstock.cli.roles;

import dev.penstock.edges.aws.CallFailed;
import dev.penstock.edges.aws.Clouds;
import dev.penstock.edges.kubernetes.KubernetesCallFailed;
import dev.penstock.edges.log.Catalogue;
import dev.penstock.edges.log.Connection;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.edges.log.SchemaRegistry;
import dev.penstock.roles.OpenLog;
import dev.penstock.roles.StreamStage;
import dev.penstock.schemas.avro.RecordCodec;
import dev.penstock.schemas.key.ObjectKind;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.settings.ClusterRegistration;
import dev.penstock.schemas.settings.ControllerSettings;
import dev.penstock.schemas.topic.Topics;
import dev.penstock.streams.StreamRole;
import dev.penstock.streams.topology.Codecs;
import dev.penstock.streams.topology.ReconcilerTopology;
import io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.KafkaStreams;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RegisterTargetsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RegisterTargetsResponse;

/** Makes every client once, against addresses where nobody listens. */
final class WarmUpMain {
  /** Nobody listens on port 1. */
  private static final String NOWHERE = "127.0.0.1:1";

  private static final Scope SCOPE = new Scope("000000000000", "us-west-2");
  private static final Connection CONNECTION = Connection.of(NOWHERE, "http://" + NOWHERE);

  private WarmUpMain() {}

  static void run() throws LogFailed, IOException {
    Topics.all().forEach(topic -> RecordCodec.of(topic.value()).schema());
    aws();
    kubernetes();
    streams();
  }

  private static void aws() {
    var settings =
        new Clouds.Settings(
            Optional.of(URI.create("http://" + NOWHERE)),
            Map.of(),
            "us-east-1",
            Duration.ofSeconds(1));
    var nobody = StaticCredentialsProvider.create(AwsBasicCredentials.create("warm", "up"));
    try (var clouds = new Clouds(settings, nobody)) {
      var cloud = clouds.of(SCOPE);
      var register = RegisterTargetsRequest.builder().targetGroupArn("arn").build();
      expectSilence(() -> cloud.call(register, RegisterTargetsResponse.class, "warm-up"));
      var subnets = DescribeSubnetsRequest.builder().build();
      expectSilence(() -> cloud.call(subnets, DescribeSubnetsResponse.class, ""));
    }
  }

  private interface AwsCall {
    Object make() throws CallFailed;
  }

  private static void expectSilence(AwsCall call) {
    try {
      call.make();
      throw new IllegalStateException("somebody listens on " + NOWHERE);
    } catch (CallFailed _) {
      // Nobody is there; the classes are loaded.
    }
  }

  private static void kubernetes() {
    var registration =
        new ClusterRegistration(
            "warm-up",
            SCOPE,
            "warm-up",
            "vpc",
            Optional.empty(),
            Optional.empty(),
            Optional.of("http://" + NOWHERE),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            ControllerSettings.defaults());
    try (var api = OpenLog.cluster(registration)) {
      api.list(ObjectKind.INGRESS, 1, "");
      throw new IllegalStateException("somebody listens on " + NOWHERE);
    } catch (KubernetesCallFailed _) {
      // Nobody is there; the classes are loaded.
    }
  }

  private static void streams() throws LogFailed, IOException {
    var catalogue = Catalogue.small("");
    var registry =
        new SchemaRegistry(new MockSchemaRegistryClient(List.of(new AvroSchemaProvider())));
    registry.registerAll(catalogue);
    var codecs = Codecs.open(registry, catalogue, StreamStage.APPLICATION);
    var topology =
        ReconcilerTopology.build(catalogue, codecs, _ -> Optional.of(0), _ -> 0, (_, _, _) -> {});
    var folder = Files.createTempDirectory("penstock-warm-up");
    var role =
        new StreamRole(
            CONNECTION, catalogue, StreamStage.APPLICATION, "warm-up", NOWHERE, 0, 6_000, folder);
    try (var streams = new KafkaStreams(topology, role.settings())) {
      streams.metadataForLocalThreads();
    }
  }
}
