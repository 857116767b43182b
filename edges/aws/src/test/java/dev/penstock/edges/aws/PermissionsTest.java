package dev.penstock.edges.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.penstock.edges.aws.SdkCloud.Door;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.acm.AcmClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.shield.ShieldClient;
import software.amazon.awssdk.services.waf.regional.WafRegionalClient;
import software.amazon.awssdk.services.wafv2.Wafv2Client;

/**
 * deploy/iam.json is written from the doors, never by hand: what we call is what we may, and beside
 * it the one thing without which AWS makes no first load balancer. deploy/iam-read.json is the part
 * of it that changes nothing.
 */
final class PermissionsTest {
  private static final Path DEPLOY =
      Path.of(System.getProperty("project.root", "../..")).resolve("deploy");
  private static final Pattern READ = Pattern.compile(".*:(Describe|List|Get)\\w+\"");

  private static final String CREATE_ROLE = "\"iam:CreateServiceLinkedRole\"";

  /** AWS makes the role itself, on behalf of whoever makes an account's first load balancer. */
  private static final String FIRST_LOAD_BALANCER =
      """
          {
            "Sid": "FirstLoadBalancerOfAnAccount",
            "Effect": "Allow",
            "Action": [
              %s
            ],
            "Resource": "*",
            "Condition": {
              "StringEquals": {
                "iam:AWSServiceName": "elasticloadbalancing.amazonaws.com"
              }
            }
          }\
      """
          .formatted(CREATE_ROLE);

  @Test
  void thePolicyInDeployEqualsTheDoors() throws IOException {
    compare("iam.json", _ -> true);
  }

  @Test
  void thePolicyForReadersIsThePartThatChangesNothing() throws IOException {
    compare("iam-read.json", action -> READ.matcher(action).matches());
  }

  private static void compare(String file, Predicate<String> actions) throws IOException {
    var path = DEPLOY.resolve(file);
    var policy = policy(actions);
    if ("write".equals(System.getProperty("golden"))) {
      Files.writeString(path, policy);
    }
    assertEquals(Files.readString(path), policy, "run with -Dgolden=write and review the diff");
  }

  private static String policy(Predicate<String> actions) {
    var statements = new LinkedHashMap<String, String>();
    statements.put("LoadBalancers", actions("elasticloadbalancing", elb(), Doors::elb));
    statements.put("SecurityGroupsAndNetwork", actions("ec2", ec2(), Doors::ec2));
    statements.put("Names", actions("route53", route53(), Doors::route53));
    statements.put("Certificates", actions("acm", acm(), Doors::acm));
    statements.put("WebAcls", actions("wafv2", of(Wafv2Client.builder()), Doors::wafv2));
    statements.put(
        "ClassicWebAcls",
        actions("waf-regional", of(WafRegionalClient.builder()), ClassicDoors::waf));
    statements.put("WebAclsOfLoadBalancers", "        \"elasticloadbalancing:SetWebAcl\"");
    statements.put("Shield", actions("shield", of(ShieldClient.builder()), Doors::shield));
    statements.replaceAll((_, text) ->
        Arrays.stream(text.split(",\n")).filter(actions).collect(Collectors.joining(",\n")));
    statements.values().removeIf(String::isEmpty);
    var texts =
        new ArrayList<>(statements.entrySet().stream().map(PermissionsTest::statement).toList());
    if (actions.test(CREATE_ROLE)) {
      texts.add(FIRST_LOAD_BALANCER);
    }
    return texts.stream()
        .collect(
            Collectors.joining(
                ",\n", "{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [\n", "\n  ]\n}\n"));
  }

  private static String statement(Map.Entry<String, String> named) {
    return """
        {
          "Sid": "%s",
          "Effect": "Allow",
          "Action": [
    %s
          ],
          "Resource": "*"
        }\
    """
        .formatted(named.getKey(), named.getValue());
  }

  private static <C> String actions(
      String service, C client, BiConsumer<Map<Class<? extends AwsRequest>, Door>, C> doors) {
    var table = new LinkedHashMap<Class<? extends AwsRequest>, Door>();
    doors.accept(table, client);
    return table.keySet().stream()
        .map(Api::operation)
        .sorted()
        .map(name -> "        \"" + service + ":" + name + "\"")
        .collect(Collectors.joining(",\n"));
  }

  private static ElasticLoadBalancingV2Client elb() {
    return of(ElasticLoadBalancingV2Client.builder());
  }

  private static Ec2Client ec2() {
    return of(Ec2Client.builder());
  }

  private static Route53Client route53() {
    return of(Route53Client.builder());
  }

  private static AcmClient acm() {
    return of(AcmClient.builder());
  }

  /** A client that nobody calls. */
  private static <B extends AwsClientBuilder<B, C>, C> C of(B builder) {
    return builder
        .region(Region.US_WEST_2)
        .credentialsProvider(AnonymousCredentialsProvider.create())
        .build();
  }
}
