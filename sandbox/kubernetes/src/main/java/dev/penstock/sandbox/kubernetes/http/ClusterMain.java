package dev.penstock.sandbox.kubernetes.http;

import dev.penstock.sandbox.kubernetes.ClusterSpec;
import dev.penstock.sandbox.kubernetes.Kubeconfig;
import dev.penstock.sandbox.kubernetes.LiveCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;

/** A simulated cluster as a process of its own: {@code ClusterMain DIRECTORY [PORT [SPEED]]}. */
public final class ClusterMain {
  private ClusterMain() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    var directory = Path.of(args[0]);
    int port = args.length > 1 ? Integer.parseInt(args[1]) : 0;
    double speed = args.length > 2 ? Double.parseDouble(args[2]) : 1;
    var spec = ClusterSpec.sandbox().withSpeed(speed);
    var live = LiveCluster.open(directory, spec, Clock.systemUTC(), new SecureRandom());
    var server = ApiServer.start(live, port);
    var kubeconfig = directory.resolve("kubeconfig");
    Kubeconfig.write(kubeconfig, spec.name(), server.uri());
    System.out.println("export KUBECONFIG=" + kubeconfig.toAbsolutePath());
    new CountDownLatch(1).await();
  }
}
