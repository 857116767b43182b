package dev.penstock.cli.people;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.cli.CommonOptions;
import dev.penstock.cli.ExitCode;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code penstock plan}: what managing a cluster would write, decided by the real steps. */
@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    description = {
      "Shows what managing a cluster would write to AWS, to DNS and to the cluster. Nothing is",
      "written: the reconciler decides on a copy of what it knows, as if the cluster were managed."
    },
    footer = {
      "",
      "Examples: penstock plan prod",
      "          penstock plan --adopt prod && penstock cluster manage prod",
      "Exit code 1: something would change, is not known yet, or would be managed by nobody."
    })
public final class PlanCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();

  @Option(
      names = "--adopt",
      description = {
        "for a cluster that the AWS Load Balancer Controller runs today: name also what it serves",
        "and this version does not"
      })
  private boolean adopt;

  @Parameters(paramLabel = "NAME", description = "the cluster's name in the fleet")
  private String cluster = "";

  @Override
  public Integer call() throws Exception {
    var plan = ApiClient.of(common.config()).get("/v1/plan", Map.of("cluster", cluster));
    common.say(plan, PlanText.of(plan, cluster, adopt));
    return quiet(plan) ? ExitCode.DONE.number() : ExitCode.FAILED.number();
  }

  private boolean quiet(JsonNode plan) {
    return plan.path("changes").isEmpty()
        && plan.path("held").isEmpty()
        && plan.path("unknown").isEmpty()
        && !(adopt && !plan.path("unmanaged").isEmpty());
  }
}
