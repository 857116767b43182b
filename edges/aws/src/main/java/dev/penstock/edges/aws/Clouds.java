package dev.penstock.edges.aws;

import dev.penstock.schemas.key.Scope;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.acm.AcmClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.shield.ShieldClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;
import software.amazon.awssdk.services.waf.regional.WafRegionalClient;
import software.amazon.awssdk.services.wafv2.Wafv2Client;

/**
 * The clouds of all scopes over one HTTP connection pool. An account with a role is entered by
 * assuming it, any other with the process' own credentials. A cloud is made at its first use.
 */
public final class Clouds implements AutoCloseable {
  private static final int CONNECTIONS = 256;
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration ACQUIRE_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(20);
  private static final int ROLE_SECONDS = 3600;

  private final Settings settings;
  private final SdkHttpClient http;
  private final AwsCredentialsProvider own;

  /**
   * Where AWS is and who we are there. {@code endpoint} overrides every service's own; {@code
   * roles} names the role of each account that is entered by one.
   */
  public record Settings(
      Optional<URI> endpoint,
      Map<String, String> roles,
      String globalRegion,
      Duration callTimeout) {
    public Settings {
      roles = new TreeMap<>(roles);
    }

    /** AWS_ENDPOINT_URL is honoured, no roles, and calls may take 10 s. */
    public static Settings of(Map<String, String> environment) {
      return new Settings(
          Optional.ofNullable(environment.get("AWS_ENDPOINT_URL"))
              .filter(url -> !url.isEmpty())
              .map(URI::create),
          Map.of(),
          "us-east-1",
          Duration.ofSeconds(10));
    }
  }

  public Clouds(Settings settings) {
    this(settings, DefaultCredentialsProvider.builder().build());
  }

  /** With credentials of its own, for a simulator. */
  public Clouds(Settings settings, AwsCredentialsProvider own) {
    this.settings = settings;
    this.own = own;
    this.http =
        ApacheHttpClient.builder()
            .maxConnections(CONNECTIONS)
            .connectionTimeout(CONNECT_TIMEOUT)
            .connectionAcquisitionTimeout(ACQUIRE_TIMEOUT)
            .connectionMaxIdleTime(IDLE_TIMEOUT)
            .socketTimeout(settings.callTimeout())
            .build();
  }

  /** The door to one scope. */
  public SdkCloud of(Scope scope) {
    var region = Region.of(scope.isGlobal() ? settings.globalRegion() : scope.region());
    var credentials = credentials(scope.account(), region);
    return new SdkCloud(
        new SdkCloud.Clients(
            wired(ElasticLoadBalancingV2Client.builder().httpClient(http), region, credentials)
                .build(),
            wired(Ec2Client.builder().httpClient(http), region, credentials).build(),
            wired(Route53Client.builder().httpClient(http), Region.AWS_GLOBAL, credentials).build(),
            wired(AcmClient.builder().httpClient(http), region, credentials).build(),
            wired(Wafv2Client.builder().httpClient(http), region, credentials).build(),
            wired(WafRegionalClient.builder().httpClient(http), region, credentials).build(),
            wired(ShieldClient.builder().httpClient(http), Region.AWS_GLOBAL, credentials)
                .build()));
  }

  private AwsCredentialsProvider credentials(String account, Region region) {
    var role = settings.roles().get(account);
    if (role == null) {
      return own;
    }
    var sts = wired(StsClient.builder().httpClient(http), region, own).build();
    return StsAssumeRoleCredentialsProvider.builder()
        .stsClient(sts)
        .refreshRequest(request ->
            request.roleArn(role).roleSessionName("penstock").durationSeconds(ROLE_SECONDS))
        .build();
  }

  private <B extends AwsClientBuilder<B, C>, C> B wired(
      B builder, Region region, AwsCredentialsProvider credentials) {
    settings.endpoint().ifPresent(builder::endpointOverride);
    return builder
        .region(region)
        .credentialsProvider(credentials)
        .overrideConfiguration(override ->
            override
                .retryStrategy(DefaultRetryStrategy.doNotRetry())
                .apiCallAttemptTimeout(settings.callTimeout())
                .apiCallTimeout(settings.callTimeout()));
  }

  @Override
  public void close() {
    http.close();
  }
}
