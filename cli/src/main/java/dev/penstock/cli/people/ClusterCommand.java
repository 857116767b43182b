package dev.penstock.cli.people;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.penstock.cli.CommonOptions;
import dev.penstock.cli.ExitCode;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code penstock cluster}: which clusters the fleet has, and whether they are managed. */
@Command(
    name = "cluster",
    mixinStandardHelpOptions = true,
    description = "Registers clusters, lists them, and says which are managed.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = ClusterRegister.class)
public final class ClusterCommand {
  @Command(
      name = "manage",
      mixinStandardHelpOptions = true,
      description = {
        "From now on decisions for this cluster are written to AWS and to the cluster. Refused"
            + " while",
        "it has what another controller serves and this version does not: see plan --adopt."
      })
  static int manage(@Mixin CommonOptions common, @Mixin Named cluster) throws Exception {
    return mode(common, cluster.name, "manage", "in manage");
  }

  @Command(
      name = "shadow",
      mixinStandardHelpOptions = true,
      description = "Back to facts and plans only: nothing is written for this cluster.")
  static int shadow(@Mixin CommonOptions common, @Mixin Named cluster) throws Exception {
    return mode(common, cluster.name, "shadow", "in shadow");
  }

  @Command(
      name = "release",
      mixinStandardHelpOptions = true,
      description = {
        "Lets go of the cluster, so that the AWS Load Balancer Controller may take over: what is"
            + " of",
        "our form alone is rewritten to its form, then nothing is written any more."
      })
  static int release(@Mixin CommonOptions common, @Mixin Named cluster) throws Exception {
    return mode(common, cluster.name, "released", "released");
  }

  private static int mode(CommonOptions common, String name, String to, String words)
      throws Exception {
    var body = JsonNodeFactory.instance.objectNode().put("cluster", name).put("mode", to);
    return ApiClient.decide(common, "/v1/clusters/mode", body, "cluster " + name + " is " + words);
  }

  @Command(
      name = "rebind",
      mixinStandardHelpOptions = true,
      description = {
        "Says that the cluster behind this name is another one now, and that this is right.",
        "Until then a cluster with another kube-system UID is taken for a mistake."
      })
  static int rebind(
      @Mixin CommonOptions common,
      @Mixin Named cluster,
      @Option(
              names = "--uid",
              paramLabel = "UID",
              required = true,
              description = "kubectl get namespace kube-system -o jsonpath={.metadata.uid}")
          String uid)
      throws Exception {
    var body = JsonNodeFactory.instance.objectNode().put("cluster", cluster.name).put("uid", uid);
    var done = "cluster " + cluster.name + " is bound to " + uid;
    return ApiClient.decide(common, "/v1/clusters/rebind", body, done);
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists the clusters: home, mode, and what their watcher has seen.")
  static int list(@Mixin CommonOptions common) throws Exception {
    var answer = ApiClient.of(common.config()).get("/v1/clusters", Map.of());
    common.say(answer, ClusterList.text(answer));
    return ExitCode.DONE.number();
  }

  /** Which cluster. */
  static final class Named {
    @Parameters(paramLabel = "NAME", description = "the cluster's name in the fleet")
    private String name = "";
  }
}
