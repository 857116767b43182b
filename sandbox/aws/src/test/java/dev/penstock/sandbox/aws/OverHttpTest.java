package dev.penstock.sandbox.aws;

import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.acm.AcmClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.sts.StsClient;

/** The contract, through real SDK clients and the wire. */
final class OverHttpTest extends CloudContract {
  private static SdkHttpClient http;

  @BeforeAll
  static void openTransport() {
    http = ApacheHttpClient.create();
  }

  @AfterAll
  static void closeTransport() {
    http.close();
  }

  @Override
  Clients connect(AwsSimulator aws) throws IOException {
    var server = AwsServer.start(aws, 0, Thread::sleep);
    return new Clients(
        client(server, ElasticLoadBalancingV2Client.builder()),
        client(server, Ec2Client.builder()),
        client(server, Route53Client.builder()),
        client(server, AcmClient.builder()),
        client(server, StsClient.builder()),
        server::close);
  }

  private static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(
      AwsServer server, B builder) {
    return builder
        .httpClient(http)
        .endpointOverride(URI.create(server.endpoint()))
        .region(Region.US_WEST_2)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIASANDBOX", "secret")))
        .overrideConfiguration(o ->
            o.retryStrategy(AwsRetryStrategy.doNotRetry())
                .putAdvancedOption(
                    software.amazon.awssdk.core.client.config.SdkAdvancedClientOption
                        .USER_AGENT_PREFIX,
                    "contract"))
        .build();
  }
}
