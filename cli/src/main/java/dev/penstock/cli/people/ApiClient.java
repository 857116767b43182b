package dev.penstock.cli.people;

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
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** Asks the API of {@code penstock stream}. A refusal carries the API's own words. */
final class ApiClient {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
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
      var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      var body = JSON.readTree(answer.body());
      if (answer.statusCode() >= 400) {
        throw new CommandFailed(
            code(answer.statusCode()), body.path("message").asText(answer.body()));
      }
      return body;
    } catch (IOException _) {
      throw new CommandFailed(
          ExitCode.UNREACHABLE,
          "no answer from "
              + base
              + "; is `penstock stream` or `penstock sandbox` running, and does http.url name it?");
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new CommandFailed(ExitCode.FAILED, "interrupted");
    }
  }

  private static ExitCode code(int status) {
    return switch (status) {
      case 401, 403 -> ExitCode.CONFIGURATION;
      case 503 -> ExitCode.UNREACHABLE;
      default -> ExitCode.FAILED;
    };
  }
}
