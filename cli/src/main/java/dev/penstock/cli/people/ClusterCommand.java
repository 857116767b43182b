package dev.penstock.cli.people;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.penstock.cli.CommonOptions;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code penstock cluster}: which clusters the fleet has, and whether they are managed. */
@Command(
    name = "cluster",
    mixinStandardHelpOptions = true,
    description = "Registers clusters, lists them, and says which are managed.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ClusterRegister.class,
      ClusterCommand.ListAll.class,
      ClusterCommand.Manage.class,
      ClusterCommand.Shadow.class,
      ClusterCommand.Rebind.class
    })
public final class ClusterCommand implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    var line = Objects.requireNonNull(spec).commandLine();
    throw new ParameterException(line, "what about the clusters? Name one of the commands below");
  }

  private static int mode(CommonOptions common, String name, String to) throws Exception {
    var body = JsonNodeFactory.instance.objectNode().put("cluster", name).put("mode", to);
    return ApiClient.decide(common, "/v1/clusters/mode", body, "cluster " + name + " is in " + to);
  }

  /** {@code penstock cluster manage}. */
  @Command(
      name = "manage",
      mixinStandardHelpOptions = true,
      description = "From now on decisions for this cluster are written to AWS and to the cluster.")
  static final class Manage implements Callable<Integer> {
    @Mixin private CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "NAME", description = "the cluster's name in the fleet")
    private String name = "";

    @Override
    public Integer call() throws Exception {
      return mode(common, name, "manage");
    }
  }

  /** {@code penstock cluster shadow}. */
  @Command(
      name = "shadow",
      mixinStandardHelpOptions = true,
      description = "Back to facts and plans only: nothing is written for this cluster.")
  static final class Shadow implements Callable<Integer> {
    @Mixin private CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "NAME", description = "the cluster's name in the fleet")
    private String name = "";

    @Override
    public Integer call() throws Exception {
      return mode(common, name, "shadow");
    }
  }

  /** {@code penstock cluster rebind}. */
  @Command(
      name = "rebind",
      mixinStandardHelpOptions = true,
      description = {
        "Says that the cluster behind this name is another one now, and that this is right.",
        "Until then a cluster with another kube-system UID is taken for a mistake."
      })
  static final class Rebind implements Callable<Integer> {
    @Mixin private CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "NAME", description = "the cluster's name in the fleet")
    private String name = "";

    @Option(
        names = "--uid",
        paramLabel = "UID",
        required = true,
        description = "kubectl get namespace kube-system -o jsonpath={.metadata.uid}")
    private String uid = "";

    @Override
    public Integer call() throws Exception {
      var body = JsonNodeFactory.instance.objectNode().put("cluster", name).put("uid", uid);
      var done = "cluster " + name + " is bound to " + uid;
      return ApiClient.decide(common, "/v1/clusters/rebind", body, done);
    }
  }

  /** {@code penstock cluster list}. */
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists the clusters: home, mode, and what their watcher has seen.")
  static final class ListAll implements Callable<Integer> {
    @Mixin private CommonOptions common = new CommonOptions();

    @Override
    public Integer call() throws Exception {
      var out = common.out();
      var answer = ApiClient.of(common.config()).get("/v1/clusters", Map.of());
      if (common.json()) {
        out.println(answer);
        return 0;
      }
      var rows = atHome(answer);
      if (rows.isEmpty()) {
        out.println("No cluster is registered; `penstock cluster register` begins.");
      } else {
        out.printf("%-24s %-28s %-8s %s%n", "NAME", "HOME", "MODE", "WATCHED");
      }
      rows.forEach((name, row) ->
          out.printf(
              "%-24s %-28s %-8s %s%n",
              name, scope(row), row.path("mode").asText().toLowerCase(Locale.ROOT), seen(row)));
      return 0;
    }

    /** A cluster has a row in its home and in each DNS scope; its watcher speaks at home only. */
    private static Map<String, JsonNode> atHome(JsonNode answer) {
      var rows = new TreeMap<String, JsonNode>();
      for (var row : answer.path("clusters")) {
        rows.merge(
            row.path("registration").path("cluster").asText(),
            row,
            (a, b) -> a.path("tenure").asText().isEmpty() ? b : a);
      }
      return rows;
    }

    private static String scope(JsonNode row) {
      var home = row.path("registration").path("home");
      return home.path("account").asText() + "/" + home.path("region").asText();
    }

    private static String seen(JsonNode row) {
      if (row.path("swapped").asBoolean()) {
        return "another cluster answers under this name: `penstock cluster rebind`, or correct it";
      }
      if (row.path("tenure").asText().isEmpty()) {
        return "never";
      }
      var unlisted = row.path("unlistedKinds");
      return (row.path("snapshotComplete").asBoolean() ? "yes" : "first list is not complete")
          + (unlisted.isEmpty() ? "" : ", but not " + unlisted);
    }
  }
}
