package dev.penstock.cli.people;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.cli.CommandFailed;
import dev.penstock.cli.CommonOptions;
import dev.penstock.cli.ExitCode;
import dev.penstock.cli.config.ConfigRefused;
import dev.penstock.cli.config.InstanceConfig;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** Asks the API of {@code penstock stream}. A refusal carries the API's own words. */
final class ApiClient {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String MAYBE = "; it may still be done: look before you repeat it";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String base;
  private final String token;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  private ApiClient(String base, String token) {
    this.base = base;
    this.token = token;
  }

  static ApiClient of(InstanceConfig config) {
    return new ApiClient(config.text("http.url"), config.text("http.token"));
  }

  /** Sends what a person decided, and says that it is done. */
  static int decide(CommonOptions common, String path, JsonNode body, String done)
      throws CommandFailed, ConfigRefused {
    common.say(of(common.config()).post(path, body), done);
    return ExitCode.DONE.number();
  }

  JsonNode get(String path, Map<String, String> query) throws CommandFailed {
    var text =
        query.entrySet().stream()
            .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    return send(request(path + (text.isEmpty() ? "" : "?" + text)).GET().build());
  }

  JsonNode post(String path, JsonNode body) throws CommandFailed {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
            .build());
  }

  private HttpRequest.Builder request(String path) {
    var builder = HttpRequest.newBuilder(URI.create(base + path)).timeout(PATIENCE);
    return token.isEmpty() ? builder : builder.header("Authorization", "Bearer " + token);
  }

  private JsonNode send(HttpRequest request) throws CommandFailed {
    try {
      return read(http.send(request, HttpResponse.BodyHandlers.ofString()));
    } catch (HttpConnectTimeoutException e) {
      throw silent(e);
    } catch (HttpTimeoutException _) {
      throw new CommandFailed(
          ExitCode.UNREACHABLE,
          "%s did not answer in %d s%s"
              .formatted(base, PATIENCE.toSeconds(), request.method().equals("GET") ? "" : MAYBE));
    } catch (IOException e) {
      throw silent(e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new CommandFailed(ExitCode.FAILED, "interrupted");
    }
  }

  private CommandFailed silent(IOException why) {
    var words = why.getMessage() == null ? "" : " (" + why.getMessage() + ")";
    return new CommandFailed(
        ExitCode.UNREACHABLE,
        "no answer from %s%s; is `penstock stream` or `penstock sandbox` running, and does http.url"
                .formatted(base, words)
            + " name it?");
  }

  private JsonNode read(HttpResponse<String> answer) throws CommandFailed {
    JsonNode body;
    try {
      body = JSON.readTree(answer.body());
    } catch (JsonProcessingException e) {
      throw stranger(answer, "no JSON: " + e.getOriginalMessage());
    }
    if (answer.statusCode() >= 400) {
      if (!body.path("message").isTextual()) {
        throw stranger(answer, "no message");
      }
      throw new CommandFailed(code(answer.statusCode()), body.path("message").asText());
    }
    if (!body.isObject()) {
      throw stranger(answer, "no object");
    }
    return body;
  }

  /** Something answered, but not as the API does. */
  private CommandFailed stranger(HttpResponse<String> answer, String why) {
    return new CommandFailed(
        ExitCode.UNREACHABLE,
        "what answers at %s is not the API of this version of `penstock stream` (HTTP %d, %s);"
                .formatted(base, answer.statusCode(), why)
            + " does http.url name it?");
  }

  private static ExitCode code(int status) {
    return switch (status) {
      case 400 -> ExitCode.USAGE;
      case 401, 403 -> ExitCode.CONFIGURATION;
      case 503 -> ExitCode.UNREACHABLE;
      default -> ExitCode.FAILED;
    };
  }
}
