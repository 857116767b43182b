package dev.penstock.cli.people;

import dev.penstock.cli.CommonOptions;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code penstock holds}: what a policy stopped until a person approves it. */
@Command(
    name = "holds",
    mixinStandardHelpOptions = true,
    description = "Lists what a policy stopped until a person approves it.")
public final class HoldsCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();

  @Override
  public Integer call() throws Exception {
    var out = common.out();
    var answer = ApiClient.of(common.config()).get("/v1/holds", Map.of());
    if (common.json()) {
      out.println(answer);
      return 0;
    }
    if (answer.path("holds").isEmpty()) {
      out.println("Nothing is held.");
      return 0;
    }
    for (var hold : answer.path("holds")) {
      out.printf(
          "%s  %s  since %s%n    %s%n    %s%n    release it: penstock approve %s%n",
          hold.path("id").asText(),
          hold.path("rule").asText(),
          hold.path("since").asText(),
          hold.path("subject").asText(),
          hold.path("sentence").asText(),
          hold.path("id").asText());
    }
    return 0;
  }
}
