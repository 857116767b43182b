package dev.penstock.cli.people;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.cli.CommandFailed;
import dev.penstock.cli.CommonOptions;
import dev.penstock.cli.ExitCode;
import dev.penstock.cli.ScopeOption;
import dev.penstock.cli.config.Reference;
import dev.penstock.schemas.key.Scope;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code penstock cluster register}: a cluster enters the fleet, in shadow. */
@Command(
    name = "register",
    mixinStandardHelpOptions = true,
    description = {
      "Registers a cluster, in shadow: its facts are read and plans are made, nothing is written.",
      "Repeated for a known name it changes what is given and leaves the rest and the mode alone."
    },
    footer = {
      "",
      "Example: penstock cluster register prod --home 111122223333/us-west-2 --vpc vpc-0abc \\",
      "           --kubeconfig ~/.kube/prod && penstock cluster manage prod",
      "Credentials are paths and references; `penstock watch` and `apply` read them, where they"
          + " run."
    })
final class ClusterRegister implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(paramLabel = "NAME", description = "the cluster's name in the fleet")
  private String name = "";

  @Option(
      names = "--home",
      paramLabel = "ACCOUNT/REGION",
      required = true,
      converter = ScopeOption.class,
      description = "the AWS account and Region of its load balancers; it never moves")
  private Scope home = Scope.global("0");

  @Option(
      names = "--vpc",
      paramLabel = "VPC",
      description = "the VPC of its nodes; needed the first time")
  private @Nullable String vpc;

  @Option(
      names = "--lbc-name",
      paramLabel = "NAME",
      description = "what AWS Load Balancer Controller has as --cluster-name (default: NAME)")
  private @Nullable String lbcName;

  @Option(
      names = "--dns-scope",
      paramLabel = "ACCOUNT/global",
      converter = ScopeOption.class,
      description = "where its DNS names are decided; may be repeated (default: its own account)")
  private List<Scope> dnsScopes = List.of();

  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      description = "controller settings as YAML (LBC's flags: ingressClass, defaultTags, …)")
  private @Nullable Path file;

  @ArgGroup(exclusive = true, multiplicity = "0..1")
  private @Nullable Access access;

  /** How the cluster is reached: by a kubeconfig, or by address and token. */
  private static final class Access {
    @Option(
        names = "--kubeconfig",
        paramLabel = "FILE",
        description = "a path, file:PATH, or env:NAME of a variable that holds a path")
    private @Nullable String kubeconfig;

    @ArgGroup(exclusive = false)
    private @Nullable Server server;
  }

  /** Address, CA and token. */
  private static final class Server {
    @Option(
        names = "--server",
        paramLabel = "URL",
        required = true,
        description = "the API server's address")
    private String url = "";

    @Option(names = "--ca", paramLabel = "FILE", description = "the API server's CA certificate")
    private @Nullable Path authority;

    @Option(
        names = "--token",
        paramLabel = "env:NAME|file:PATH",
        description = "where the bearer token is, never the token itself")
    private @Nullable String token;
  }

  @Override
  public Integer call() throws Exception {
    var done =
        "registered cluster "
            + name
            + "; a new one is in shadow: `penstock cluster manage "
            + name
            + "` when its plans look right";
    return ApiClient.decide(common, "/v1/clusters", body(), done);
  }

  private ObjectNode body() throws CommandFailed {
    if (home.isGlobal()) {
      throw new CommandFailed(ExitCode.USAGE, "--home is ACCOUNT/REGION, not: " + home);
    }
    for (var scope : dnsScopes) {
      if (!scope.isGlobal()) {
        throw new CommandFailed(ExitCode.USAGE, "--dns-scope is ACCOUNT/global, not: " + scope);
      }
    }
    var body =
        JsonNodeFactory.instance.objectNode().put("cluster", name).put("home", home.toString());
    put(body, "vpcId", vpc);
    put(body, "lbcName", lbcName);
    if (!dnsScopes.isEmpty()) {
      var named = body.putArray("dnsScopes");
      dnsScopes.forEach(scope -> named.add(scope.toString()));
    }
    if (access != null) {
      access(body, access);
    }
    if (file != null) {
      body.set("controller", YamlFile.document(file));
    }
    return body;
  }

  private static void access(ObjectNode body, Access access) throws CommandFailed {
    if (access.kubeconfig != null) {
      body.put("kubeconfig", path(access.kubeconfig));
      return;
    }
    var server = Objects.requireNonNull(access.server);
    body.put("apiServer", server.url);
    if (server.authority != null) {
      body.put("certificateAuthority", "file:" + server.authority.toAbsolutePath());
    }
    if (server.token != null) {
      if (!Reference.is(server.token)) {
        throw new CommandFailed(
            ExitCode.USAGE,
            "--token is a reference, env:NAME or file:PATH, never the token itself");
      }
      body.put("tokenReference", server.token);
    }
  }

  private static String path(String reference) {
    return Reference.is(reference) ? reference : Path.of(reference).toAbsolutePath().toString();
  }

  private static void put(ObjectNode body, String member, @Nullable String value) {
    if (value != null) {
      body.put(member, value);
    }
  }
}
