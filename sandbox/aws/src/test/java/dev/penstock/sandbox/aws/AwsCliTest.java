package dev.penstock.sandbox.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.penstock.sandbox.aws.AwsFaults.Effect;
import dev.penstock.sandbox.aws.AwsFaults.Rule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real AWS CLI against the simulator, where the command {@code aws} exists. */
final class AwsCliTest {
  private record Result(int code, String out, String err) {}

  @BeforeAll
  static void needTheCommand() throws InterruptedException {
    assumeTrue(present(), "the command 'aws' is not installed or does not run");
  }

  private static boolean present() throws InterruptedException {
    try {
      return new ProcessBuilder("aws", "--version").redirectErrorStream(true).start().waitFor()
          == 0;
    } catch (IOException _) {
      return false;
    }
  }

  @Test
  void theCommandLineCreatesDescribesAndIsRefused(@TempDir Path files) throws Exception {
    var aws =
        AwsSimulator.create(
            WorldSpec.sandbox("demo"),
            Settings.easy(),
            TargetProbe.alwaysHealthy(),
            new TickingClock(),
            1);
    try (var server = AwsServer.start(aws, 0, Thread::sleep)) {
      var made =
          run(
              server,
              files,
              "elbv2 create-load-balancer --name web --subnets subnet-public-a subnet-public-b"
                  + " --tags Key=team,Value=a --query LoadBalancers[0].State.Code --output text");
      assertEquals("active", made.out().strip(), made.err());
      assertEquals(
          "111122223333",
          run(server, files, "sts get-caller-identity --query Account --output text")
              .out()
              .strip());
      assertEquals(
          "6",
          run(server, files, "ec2 describe-subnets --query length(Subnets) --output text")
              .out()
              .strip());
      assertEquals(
          "example.com.",
          run(server, files, "route53 list-hosted-zones --query HostedZones[0].Name --output text")
              .out()
              .strip());
      assertEquals(
          "2",
          run(
                  server,
                  files,
                  "acm list-certificates --query length(CertificateSummaryList) --output text")
              .out()
              .strip());
      var refused = run(server, files, "elbv2 describe-load-balancers --names none");
      assertTrue(
          refused.code() != 0 && refused.err().contains("(LoadBalancerNotFound)"), refused.err());
    }
    assertTrue(
        aws.requests().after(0).stream()
            .allMatch(entry -> entry.caller().userAgent().contains("aws-cli")));
  }

  /** The command tries again by itself what may pass, and shows what will not. */
  @Test
  void theCommandLineMeetsEveryFault(@TempDir Path files) throws Exception {
    var pauses = new ArrayList<Duration>();
    var aws =
        AwsSimulator.create(
            WorldSpec.sandbox("demo"),
            Settings.easy(),
            TargetProbe.alwaysHealthy(),
            new TickingClock(),
            1);
    try (var server = AwsServer.start(aws, 0, pauses::add)) {
      var describe = "elbv2 describe-load-balancers";
      aws.faults().add(Rule.next("*", new Effect.Fail("InternalFailure", 500)));
      assertEquals(0, run(server, files, describe).code());
      assertEquals(2, aws.requests().last(), "it tried again");

      aws.faults().add(Rule.next("*", new Effect.Fail("ValidationError", 400)));
      var refused = run(server, files, describe);
      assertTrue(refused.code() != 0 && refused.err().contains("(ValidationError)"), refused.err());
      aws.faults().add(Rule.next("*", new Effect.Deny()));
      var denied = run(server, files, describe);
      assertTrue(denied.code() != 0 && denied.err().contains("(AccessDenied)"), denied.err());

      aws.faults().add(Rule.next("*", new Effect.Delay(Duration.ofSeconds(7))));
      assertEquals(0, run(server, files, describe).code());
      assertEquals(List.of(Duration.ofSeconds(7)), pauses);

      aws.faults().add(Rule.next("*", new Effect.DeliverTwice()));
      var twice =
          run(
              server,
              files,
              "ec2 create-security-group --group-name web --description web --vpc-id "
                  + SandboxWorld.VPC);
      assertTrue(
          twice.code() != 0 && twice.err().contains("(InvalidGroup.Duplicate)"), twice.err());
    }
  }

  private static Result run(AwsServer server, Path files, String arguments)
      throws IOException, InterruptedException {
    var command = new ArrayList<String>(List.of("aws", "--endpoint-url", server.endpoint()));
    command.addAll(List.of(arguments.split(" ")));
    var out = files.resolve("out");
    var err = files.resolve("err");
    var builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().put("AWS_ACCESS_KEY_ID", "AKIASANDBOX");
    builder.environment().put("AWS_SECRET_ACCESS_KEY", "secret");
    builder.environment().put("AWS_REGION", "us-west-2");
    builder.environment().put("AWS_DEFAULT_REGION", "us-west-2");
    builder.environment().put("AWS_EC2_METADATA_DISABLED", "true");
    builder.environment().put("AWS_PAGER", "");
    var process = builder.start();
    if (!process.waitFor(120, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException("the command did not end: " + command);
    }
    return new Result(
        process.exitValue(),
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }
}
