package dev.penstock.edges.aws;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.ApiName;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.acm.AcmClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.shield.ShieldClient;
import software.amazon.awssdk.services.waf.regional.WafRegionalClient;
import software.amazon.awssdk.services.wafv2.Wafv2Client;

/** AWS through the SDK's sync clients, one HTTP request a call: retries are off. */
public final class SdkCloud implements Cloud {
  private final Map<Class<? extends AwsRequest>, Door> doors;

  /** One operation of one client. */
  interface Door {
    AwsResponse send(AwsRequest request);
  }

  /** The clients of one scope. */
  record Clients(
      ElasticLoadBalancingV2Client elb,
      Ec2Client ec2,
      Route53Client route53,
      AcmClient acm,
      Wafv2Client wafv2,
      WafRegionalClient waf,
      ShieldClient shield) {}

  SdkCloud(Clients clients) {
    var table = new LinkedHashMap<Class<? extends AwsRequest>, Door>();
    Doors.elb(table, clients.elb());
    Doors.ec2(table, clients.ec2());
    Doors.route53(table, clients.route53());
    Doors.acm(table, clients.acm());
    Doors.wafv2(table, clients.wafv2());
    ClassicDoors.waf(table, clients.waf());
    Doors.shield(table, clients.shield());
    this.doors = table;
  }

  /** The requests that this door knows. */
  Set<Class<? extends AwsRequest>> requests() {
    return doors.keySet();
  }

  @Override
  public <R extends AwsResponse> Answer<R> call(
      AwsRequest request, Class<R> responseType, String commandId) throws CallFailed {
    var door = doors.get(request.getClass());
    if (door == null) {
      throw new IllegalStateException("no client knows " + request.getClass().getName());
    }
    try {
      var response = responseType.cast(door.send(signed(request, commandId)));
      return new Answer<>(
          response,
          Text.of(response.responseMetadata().requestId()),
          response.sdkHttpResponse().statusCode());
    } catch (AwsServiceException refused) {
      throw Faults.of(refused);
    } catch (SdkClientException unanswered) {
      throw Faults.of(unanswered);
    }
  }

  private static AwsRequest signed(AwsRequest request, String commandId) {
    if (commandId.isEmpty()) {
      return request;
    }
    var name = ApiName.builder().name("penstock-command").version(commandId).build();
    return request.toBuilder()
        .overrideConfiguration(AwsRequestOverrideConfiguration.builder().addApiName(name).build())
        .build();
  }
}
