package dev.penstock.sandbox.broker;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** A broker and a registry in a process of their own, to be killed. */
final class BrokerProcess {
  private BrokerProcess() {}

  public static void main(String[] args) throws StartFailed, InterruptedException {
    int port = Integer.parseInt(args[1]);
    var broker = EmbeddedBroker.start(Path.of(args[0]), port, Integer.parseInt(args[2]), Map.of());
    var registry = RegistryServer.start(broker.bootstrapServers(), Integer.parseInt(args[3]));
    System.out.println("ready " + registry.url());
    new CountDownLatch(1).await();
  }
}
