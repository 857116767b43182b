package dev.penstock.cli.people;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.cli.CommonOptions;
import dev.penstock.cli.ExitCode;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/**
 * {@code penstock explain}: the chain from a name to its pods, and at each link what stands in the
 * way.
 */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description = {
      "Walks name → record → load balancer → listener → rule → target group → target → pod and"
          + " says",
      "at each link what is desired, what is observed, and what stands in the way."
    },
    footer = {
      "",
      "Examples: penstock explain nginx.example.com",
      "          penstock explain ingress/default/nginx-ingress",
      "          penstock explain k8s-default-nginxing-0123456789",
      "          penstock explain pod/default/nginx-app-abc",
      "Exit code 1: something stands in the way, or nothing is known of the subject."
    })
public final class ExplainCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(paramLabel = "SUBJECT", description = "host name, kind/namespace/name, load balancer")
  private String subject = "";

  @Override
  public Integer call() throws Exception {
    var out = common.out();
    var answer = ApiClient.of(common.config()).get("/v1/explain", Map.of("subject", subject));
    if (common.json()) {
      out.println(answer);
    } else {
      print(answer, out);
    }
    return answer.path("clear").asBoolean() ? ExitCode.DONE.number() : ExitCode.FAILED.number();
  }

  private static void print(JsonNode answer, PrintWriter out) {
    for (var link : answer.path("links")) {
      var indent = "  ".repeat(link.path("depth").asInt());
      out.printf("%s%s %s%n", indent, link.path("what").asText(), link.path("name").asText());
      line(out, indent, "desired ", link.path("desired").asText());
      line(out, indent, "observed", link.path("observed").asText());
      for (var obstacle : link.path("obstacles")) {
        out.printf("%s    ✗ %s%n", indent, obstacle.asText());
      }
    }
    for (var problem : answer.path("problems")) {
      out.printf("✗ %s%n", problem.asText());
    }
  }

  private static void line(PrintWriter out, String indent, String word, String text) {
    if (!text.isEmpty()) {
      out.printf("%s    %s  %s%n", indent, word, text);
    }
  }
}
