package dev.penstock.sandbox.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;

/**
 * What a person asks of a running simulator beside AWS's own APIs, and what is said to nonsense.
 */
final class AdminPagesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SECRET = "hunter2-of-the-client";

  /** How long each answer was held back. */
  private final List<Duration> pauses = new ArrayList<>();

  private final AwsSimulator aws =
      AwsSimulator.create(
          WorldSpec.sandbox("demo"),
          Settings.documented(),
          TargetProbe.alwaysHealthy(),
          new TickingClock(),
          7);
  private final SdkHttpClient http = ApacheHttpClient.create();
  private AwsServer server;
  private ElasticLoadBalancingV2Client elb;

  /** What a page answered. */
  private record Page(int status, JsonNode body) {
    String error() {
      return body.path("error").asText();
    }
  }

  @BeforeEach
  void start() throws Exception {
    server = AwsServer.start(aws, 0, pauses::add);
    elb = Face.client(server, http, ElasticLoadBalancingV2Client.builder());
  }

  @AfterEach
  void stop() {
    http.close();
    server.close();
  }

  private Page ask(String method, String page, String body) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(server.endpoint() + "/_penstock/" + page))
            .method(method, BodyPublishers.ofString(body.replace('\'', '"')))
            .build();
    var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    return new Page(answer.statusCode(), JSON.readTree(answer.body()));
  }

  private static JsonNode json(String text) throws Exception {
    return JSON.readTree(text.replace('\'', '"'));
  }

  private String describe() {
    try {
      elb.describeLoadBalancers();
      return "answered";
    } catch (AwsServiceException refused) {
      return refused.awsErrorDetails().errorCode() + " " + refused.statusCode();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {'effect': 'throttle'}                                      | Throttling 400
          {'effect': 'deny'}                                          | AccessDenied 403
          {'effect': 'fail'}                                          | InternalFailure 500
          {'effect': 'fail', 'code': 'ValidationError', 'status': 400} | ValidationError 400
          {'effect': 'stale', 'millis': 1000}                         | answered
          {'effect': 'deliver-twice', 'operation': 'DescribeLoadBalancers'} | answered
          {'effect': 'deny', 'operation': 'elasticloadbalancing:*'}   | AccessDenied 403
          {'effect': 'deny', 'operation': 'elasticloadbalancing:DescribeLoadBalancers'} | AccessDenied 403
          {'effect': 'deny', 'operation': 'DescribeRules'}            | answered
          {'effect': 'deny', 'touching': 'no such text'}              | answered
          """)
  void aPostedFaultHitsTheCallsThatItNames(String fault, String answer) throws Exception {
    assertEquals(200, ask("POST", "faults", fault).status());

    assertEquals(answer, describe());
    assertEquals("answered", describe(), "once is enough");
  }

  @Test
  void faultsAreListedAsTheyWerePostedUntilTheyAreUsedUpOrCleared() throws Exception {
    var twice =
        "{'operation': '*', 'touching': '', 'effect': 'fail', 'code': 'X', 'status': 503,"
            + " 'times': %d, 'rate': 1.0}";
    var always =
        "{'operation': 'CreateRule', 'touching': 'web', 'effect': 'delay', 'millis': 80,"
            + " 'times': -1, 'rate': 0.5}";
    ask("POST", "faults", twice.formatted(2));
    var both = ask("POST", "faults", always);
    assertEquals(json("[" + twice.formatted(2) + "," + always + "]"), both.body());
    assertEquals(both, ask("GET", "faults", ""));

    assertEquals("X 503", describe());
    assertEquals(
        json("[" + twice.formatted(1) + "," + always + "]"), ask("GET", "faults", "").body());
    assertEquals("X 503", describe());
    assertEquals(json("[" + always + "]"), ask("GET", "faults", "").body());

    assertEquals(json("[]"), ask("DELETE", "faults", "").body());
    assertEquals(json("[]"), ask("GET", "faults", "").body());
  }

  @Test
  void latencyAndThrottlingAreSetAndUnset() throws Exception {
    assertEquals(200, ask("POST", "settings", "{'latencyMillis': 80}").status());
    describe();
    assertEquals(List.of(Duration.ofMillis(80)), pauses);
    assertEquals(200, ask("POST", "settings", "{'latencyMillis': 0}").status());
    describe();
    assertEquals(1, pauses.size());

    while (describe().equals("answered")) {
      assertTrue(aws.requests().last() < 100, "AWS allows 40 at once");
    }
    assertEquals("Throttling 400", describe());
    assertEquals(200, ask("POST", "settings", "{'throttling': false}").status());
    assertEquals("answered", describe());
    assertEquals(200, ask("POST", "settings", "{'throttling': true}").status());
    assertEquals("Throttling 400", describe());
  }

  @Test
  void requestsAreListedWithWhoAskedWhatAndWhatCameOfIt() throws Exception {
    describe();
    var first = ask("GET", "requests", "").body();
    assertEquals(1, first.size());
    ask("POST", "faults", "{'effect': 'deny'}");
    describe();

    var later = ask("GET", "requests?after=" + first.path(0).path("seq").asLong(), "").body();
    assertEquals(1, later.size());
    var call = later.path(0);
    assertEquals("elasticloadbalancing", call.path("service").asText());
    assertEquals("DescribeLoadBalancers", call.path("operation").asText());
    assertEquals(SandboxWorld.ACCOUNT, call.path("account").asText());
    assertEquals("us-west-2", call.path("region").asText());
    assertTrue(call.path("userAgent").asText().contains("contract"), call.toString());
    assertEquals(403, call.path("status").asInt());
    assertEquals("AccessDenied", call.path("code").asText());
    assertFalse(call.path("effective").asBoolean(true));
    assertEquals(2, ask("GET", "requests", "").body().size());
  }

  @Test
  void theWorldShowsWhatExistsAndNoPageShowsASecret() throws Exception {
    var balancer =
        elb.createLoadBalancer(r -> r.name("web").subnets("subnet-public-a", "subnet-public-b"))
            .loadBalancers()
            .getFirst()
            .loadBalancerArn();
    elb.createListener(r ->
        r.loadBalancerArn(balancer)
            .protocol("HTTPS")
            .port(443)
            .certificates(c -> c.certificateArn(CloudContract.CERTIFICATE))
            .defaultActions(
                a ->
                    a.type(ActionTypeEnum.AUTHENTICATE_OIDC)
                        .order(1)
                        .authenticateOidcConfig(o ->
                            o.issuer("https://login.example.com")
                                .authorizationEndpoint("https://login.example.com/authorize")
                                .tokenEndpoint("https://login.example.com/token")
                                .userInfoEndpoint("https://login.example.com/user")
                                .clientId("web")
                                .clientSecret(SECRET)),
                a ->
                    a.type(ActionTypeEnum.FIXED_RESPONSE)
                        .order(2)
                        .fixedResponseConfig(f -> f.statusCode("404"))));

    var world = ask("GET", "world", "").body();
    assertTrue(world.toString().contains(balancer), "the load balancer is in the world");
    assertTrue(world.toString().contains("login.example.com"), "so is its listener");
    assertFalse(world.toString().contains(SECRET), "a secret");
    var requests = ask("GET", "requests", "").body();
    assertTrue(requests.toString().contains("login.example.com"));
    assertFalse(requests.toString().contains(SECRET), "a secret");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          POST | faults   | nonsense                        | not JSON
          POST | faults   | []                              | must be a JSON object
          POST | faults   | ~~                              | must be a JSON object
          POST | faults   | {}                              | effect must be throttle, deny
          POST | faults   | {'effect': 'explode'}           | stale: explode
          POST | faults   | {'effect': 7}                   | effect must be a text, not 7
          POST | faults   | {'effect': 'deny', 'operatoin': 'CreateRule'} | unknown member operatoin
          POST | faults   | {'effect': 'deny', 'operation': 'CreateRul'} | is called CreateRul;
          POST | faults   | {'effect': 'deny', 'times': 'many'} | times must be a whole number
          POST | faults   | {'effect': 'deny', 'times': 1.5} | times must be a whole number
          POST | faults   | {'effect': 'deny', 'times': 0}  | times must be
          POST | faults   | {'effect': 'deny', 'rate': 7}   | rate must be a number above 0
          POST | faults   | {'effect': 'fail', 'status': 200} | status must be a whole number from 400
          POST | faults   | {'effect': 'delay'}             | need their millis
          POST | faults   | {'effect': 'stale', 'millis': -1} | millis must be a whole number from 1
          POST | settings | {'latencyMillis': 'slow'}       | latencyMillis must be a whole number
          POST | settings | {'latencyMillis': -1}           | latencyMillis must be a whole number
          POST | settings | {'throttling': 'off'}           | throttling must be true or false
          POST | settings | {'latency': 80}                 | known are [latencyMillis, throttling]
          GET  | requests?after=x | ~~                      | after=N
          GET  | requests?since=1 | ~~                      | after=N
          """)
  void nonsenseIsRefusedWithWhatItMayBe(String method, String page, String body, String words)
      throws Exception {
    var answer = ask(method, page, body);

    assertEquals(400, answer.status());
    assertTrue(answer.error().contains(words), answer.error());
    assertEquals(List.of(), aws.faults().rules());
    assertEquals("answered", describe());
    assertEquals(List.of(), pauses);
  }

  @Test
  void aPageThatIsNotThereIsSaid() throws Exception {
    var unknown = ask("GET", "fault", "");
    assertEquals(404, unknown.status());
    assertEquals("no such page: GET /_penstock/fault", unknown.error());
    assertEquals(404, ask("PUT", "faults", "{}").status());
  }
}
