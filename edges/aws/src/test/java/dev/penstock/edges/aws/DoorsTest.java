package dev.penstock.edges.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.penstock.schemas.command.Fault;
import dev.penstock.schemas.key.Scope;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteRuleRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteRuleResponse;

/** The SDK behind the door: one request a call, the command's id in it, AWS's words out of it. */
class DoorsTest {
  private static final String DELETED =
      """
      <DeleteRuleResponse xmlns="http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/">
        <DeleteRuleResult/><ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata>
      </DeleteRuleResponse>
      """;
  private static final String THROTTLED =
      """
      <ErrorResponse xmlns="http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/">
        <Error><Type>Sender</Type><Code>Throttling</Code><Message>Rate exceeded</Message></Error>
        <RequestId>r-2</RequestId>
      </ErrorResponse>
      """;
  private static final DeleteRuleRequest DELETE =
      DeleteRuleRequest.builder().ruleArn("arn:rule").build();

  private final List<String> agents = new ArrayList<>();

  private interface Check {
    void with(SdkCloud cloud) throws Exception;
  }

  private void answering(int status, String body, Check check) throws Exception {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          agents.add(exchange.getRequestHeaders().getFirst("User-Agent"));
          var bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    var address = URI.create("http://localhost:" + server.getAddress().getPort());
    var settings =
        new Clouds.Settings(Optional.of(address), Map.of(), "us-east-1", Duration.ofSeconds(30));
    var credentials = StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b"));
    try (var clouds = new Clouds(settings, credentials)) {
      check.with(clouds.of(new Scope("111122223333", "us-west-2")));
    } finally {
      server.stop(0);
    }
  }

  @Test
  void anAnswerHasItsRequestIdAndTheRequestNamesItsCommand() throws Exception {
    answering(
        200,
        DELETED,
        cloud -> {
          var answer = cloud.call(DELETE, DeleteRuleResponse.class, "command-7");
          assertEquals("r-1", answer.requestId());
          assertEquals(200, answer.httpStatus());
        });
    assertEquals(1, agents.size());
    assertTrue(agents.getFirst().contains("command-7"), agents::getFirst);
  }

  @Test
  void aThrottledCallIsNotRetriedByTheSdk() throws Exception {
    answering(
        400,
        THROTTLED,
        cloud -> {
          try {
            cloud.call(DELETE, DeleteRuleResponse.class, "command-7");
            throw new AssertionError("it was refused");
          } catch (CallFailed failed) {
            assertEquals(Fault.THROTTLED, failed.fault());
            assertEquals("Rate exceeded", failed.getMessage());
            assertEquals("r-2", failed.requestId());
          }
        });
    assertEquals(1, agents.size());
  }

  @Test
  void everyOperationHasABudget() throws Exception {
    answering(
        200,
        DELETED,
        cloud -> {
          assertFalse(cloud.requests().isEmpty());
          for (var type : cloud.requests()) {
            if (type.getSimpleName().startsWith("ChangeResourceRecordSets")) {
              continue;
            }
            var builder = type.getMethod("builder").invoke(null);
            var build = software.amazon.awssdk.utils.builder.Buildable.class.getMethod("build");
            var request = (software.amazon.awssdk.awscore.AwsRequest) build.invoke(builder);
            var rates = Rates.published();
            assertFalse(Costs.of(request).isEmpty(), type::getSimpleName);
            Costs.of(request).forEach(cost -> rates.limit(cost.limit()));
          }
        });
  }
}
