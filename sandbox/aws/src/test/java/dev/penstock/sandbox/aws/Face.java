package dev.penstock.sandbox.aws;

import java.io.IOException;
import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.SdkAdvancedClientOption;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.acm.AcmClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.shield.ShieldClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.wafv2.Wafv2Client;

/** The ways to reach a simulator: both must answer alike. */
enum Face {
  IN_PROCESS {
    @Override
    Clients connect(AwsSimulator aws) {
      var caller = Caller.of(SandboxWorld.ACCOUNT, SandboxWorld.REGION, "contract");
      return new Clients(
          aws.client(ElasticLoadBalancingV2Client.class, caller),
          aws.client(Ec2Client.class, caller),
          aws.client(Route53Client.class, caller),
          aws.client(AcmClient.class, caller),
          aws.client(StsClient.class, caller),
          aws.client(Wafv2Client.class, caller),
          aws.client(ShieldClient.class, caller),
          () -> {});
    }
  },
  OVER_HTTP {
    @Override
    Clients connect(AwsSimulator aws) throws IOException {
      var server = AwsServer.start(aws, 0, Thread::sleep);
      var http = ApacheHttpClient.create();
      return new Clients(
          client(server, http, ElasticLoadBalancingV2Client.builder()),
          client(server, http, Ec2Client.builder()),
          client(server, http, Route53Client.builder()),
          client(server, http, AcmClient.builder()),
          client(server, http, StsClient.builder()),
          client(server, http, Wafv2Client.builder()),
          client(server, http, ShieldClient.builder()),
          () -> {
            http.close();
            server.close();
          });
    }
  };

  /** The clients of one face, and what to do after a test. */
  record Clients(
      ElasticLoadBalancingV2Client elb,
      Ec2Client ec2,
      Route53Client route53,
      AcmClient acm,
      StsClient sts,
      Wafv2Client wafv2,
      ShieldClient shield,
      Runnable close) {}

  abstract Clients connect(AwsSimulator aws) throws IOException;

  static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(
      AwsServer server, SdkHttpClient http, B builder) {
    var credentials = AwsBasicCredentials.create("AKIASANDBOX", "secret");
    return builder
        .httpClient(http)
        .endpointOverride(URI.create(server.endpoint()))
        .region(Region.US_WEST_2)
        .credentialsProvider(StaticCredentialsProvider.create(credentials))
        .overrideConfiguration(o ->
            o.retryStrategy(AwsRetryStrategy.doNotRetry())
                .putAdvancedOption(SdkAdvancedClientOption.USER_AGENT_PREFIX, "contract"))
        .build();
  }
}
