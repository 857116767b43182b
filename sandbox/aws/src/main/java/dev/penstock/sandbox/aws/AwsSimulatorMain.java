package dev.penstock.sandbox.aws;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * {@code AwsSimulatorMain [port [directory [speed]]]}: the sandbox's AWS alone, for the AWS CLI.
 */
public final class AwsSimulatorMain {
  private static final int STANDARD_PORT = 4599;

  private AwsSimulatorMain() {}

  public static void main(String[] args) throws IOException {
    var port = args.length > 0 ? Integer.parseInt(args[0]) : STANDARD_PORT;
    var speed = args.length > 2 ? Double.parseDouble(args[2]) : 10;
    var settings = Settings.documented().withTimes(AwsTimes.scaled(speed));
    var spec = WorldSpec.sandbox("demo");
    var probe = TargetProbe.alwaysHealthy();
    var clock = InstantSource.system();
    var aws =
        args.length > 1
            ? AwsSimulator.open(Path.of(args[1]), spec, settings, probe, clock, 1)
            : AwsSimulator.create(spec, settings, probe, clock, 1);
    var server = AwsServer.start(aws, port, Thread::sleep);
    System.out.println("AWS simulator: export AWS_ENDPOINT_URL=" + server.endpoint());
  }
}
