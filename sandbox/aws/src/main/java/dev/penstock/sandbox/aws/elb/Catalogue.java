package dev.penstock.sandbox.aws.elb;

import dev.penstock.sandbox.aws.AwsError;
import dev.penstock.sandbox.aws.Quota;
import dev.penstock.sandbox.aws.engine.Operations;
import dev.penstock.sandbox.aws.engine.Pages;
import dev.penstock.sandbox.aws.engine.Rows.NamedArn;
import dev.penstock.sandbox.aws.engine.Turn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeAccountLimitsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeAccountLimitsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeSslPoliciesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeSslPoliciesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTrustStoresRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTrustStoresResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Limit;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SslPolicy;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TrustStore;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TrustStoreStatus;

/** What AWS offers to all: TLS policies, limits; and the trust stores of the account. */
public final class Catalogue implements Operations.Family {
  static final String DEFAULT_SSL_POLICY = "ELBSecurityPolicy-2016-08";

  private static final Set<String> ALPN =
      Set.of("None", "HTTP1Only", "HTTP2Only", "HTTP2Optional", "HTTP2Preferred");

  private static final List<String> SSL_POLICIES =
      List.of(
          "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
          "ELBSecurityPolicy-TLS13-1-2-PQ-2025-09",
          "ELBSecurityPolicy-TLS13-1-3-PQ-2025-09",
          "ELBSecurityPolicy-TLS13-1-2-2021-06",
          "ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
          "ELBSecurityPolicy-TLS13-1-2-Ext1-2021-06",
          "ELBSecurityPolicy-TLS13-1-2-Ext2-2021-06",
          "ELBSecurityPolicy-TLS13-1-1-2021-06",
          "ELBSecurityPolicy-TLS13-1-0-2021-06",
          "ELBSecurityPolicy-TLS13-1-3-2021-06",
          "ELBSecurityPolicy-TLS13-1-3-FIPS-2023-04",
          "ELBSecurityPolicy-TLS13-1-2-FIPS-2023-04",
          "ELBSecurityPolicy-TLS13-1-2-Res-FIPS-2023-04",
          "ELBSecurityPolicy-TLS13-1-2-Ext0-FIPS-2023-04",
          "ELBSecurityPolicy-TLS13-1-2-Ext1-FIPS-2023-04",
          "ELBSecurityPolicy-TLS13-1-2-Ext2-FIPS-2023-04",
          "ELBSecurityPolicy-TLS13-1-1-FIPS-2023-04",
          "ELBSecurityPolicy-TLS13-1-0-FIPS-2023-04",
          "ELBSecurityPolicy-FS-1-2-Res-2020-10",
          "ELBSecurityPolicy-FS-1-2-Res-2019-08",
          "ELBSecurityPolicy-FS-1-2-2019-08",
          "ELBSecurityPolicy-FS-1-1-2019-08",
          "ELBSecurityPolicy-FS-2018-06",
          "ELBSecurityPolicy-TLS-1-2-Ext-2018-06",
          "ELBSecurityPolicy-TLS-1-2-2017-01",
          "ELBSecurityPolicy-TLS-1-1-2017-01",
          DEFAULT_SSL_POLICY,
          "ELBSecurityPolicy-TLS-1-0-2015-04");

  @Override
  public void register(Operations operations) {
    operations.on(DescribeSslPoliciesRequest.class, this::sslPolicies);
    operations.on(DescribeAccountLimitsRequest.class, this::accountLimits);
    operations.on(DescribeTrustStoresRequest.class, this::trustStores);
  }

  static void checkSslPolicy(@Nullable String name) {
    if (name != null && !SSL_POLICIES.contains(name)) {
      throw AwsError.refused("SSLPolicyNotFound", "SSL policy '" + name + "' not found");
    }
  }

  static void checkAlpnPolicy(List<String> names) {
    if (names.size() > 1 || !ALPN.containsAll(names)) {
      throw AwsError.refused("ALPNPolicyNotFound", "ALPN policy " + names + " is not supported");
    }
  }

  private SdkResponse sslPolicies(Turn turn, DescribeSslPoliciesRequest request) {
    request.names().forEach(Catalogue::checkSslPolicy);
    var names = request.names().isEmpty() ? SSL_POLICIES : request.names();
    var page =
        Pages.of(names, name -> name, request.marker(), Limits.elbPage(turn, request.pageSize()));
    return DescribeSslPoliciesResponse.builder()
        .sslPolicies(page.items().stream().map(Catalogue::policy).toList())
        .nextMarker(page.next())
        .build();
  }

  private static SslPolicy policy(String name) {
    var protocols = name.contains("TLS13-1-3") ? List.of("TLSv1.3") : List.of("TLSv1.2", "TLSv1.3");
    return SslPolicy.builder()
        .name(name)
        .sslProtocols(protocols)
        .supportedLoadBalancerTypes("application", "network")
        .build();
  }

  private SdkResponse accountLimits(Turn turn, DescribeAccountLimitsRequest request) {
    var limits = new ArrayList<Limit>();
    Arrays.stream(Quota.values())
        .filter(quota -> !quota.elbName().isEmpty())
        .forEach(quota ->
            limits.add(
                Limit.builder()
                    .name(quota.elbName())
                    .max(String.valueOf(turn.quota(quota)))
                    .build()));
    var page =
        Pages.of(limits, Limit::name, request.marker(), Limits.elbPage(turn, request.pageSize()));
    return DescribeAccountLimitsResponse.builder()
        .limits(page.items())
        .nextMarker(page.next())
        .build();
  }

  private SdkResponse trustStores(Turn turn, DescribeTrustStoresRequest request) {
    var rows = new ArrayList<NamedArn>();
    for (var arn : request.trustStoreArns()) {
      rows.add(turn.region().trustStores.find(arn).orElseThrow(Catalogue::noTrustStore));
    }
    for (var name : request.names()) {
      rows.add(
          turn.region().trustStores.all().stream()
              .filter(store -> store.name().equals(name))
              .findFirst()
              .orElseThrow(Catalogue::noTrustStore));
    }
    var all = request.trustStoreArns().isEmpty() && request.names().isEmpty();
    var page =
        Pages.of(
            all ? List.copyOf(turn.region().trustStores.all()) : rows,
            NamedArn::arn,
            request.marker(),
            Limits.elbPage(turn, request.pageSize()));
    return DescribeTrustStoresResponse.builder()
        .trustStores(page.items().stream().map(Catalogue::trustStore).toList())
        .nextMarker(page.next())
        .build();
  }

  private static TrustStore trustStore(NamedArn row) {
    return TrustStore.builder()
        .name(row.name())
        .trustStoreArn(row.arn())
        .status(TrustStoreStatus.ACTIVE)
        .numberOfCaCertificates(1)
        .totalRevokedEntries(0L)
        .build();
  }

  private static AwsError noTrustStore() {
    return AwsError.refused("TrustStoreNotFound", "One or more trust stores not found");
  }
}
