package dev.penstock.sandbox.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lists and watches as a client library uses them, over HTTP, also when they go wrong. */
final class WatchContractTest {
  @TempDir Path directory;
  private Sandboxed sandbox;

  @BeforeEach
  void start() throws Exception {
    sandbox = new Sandboxed(directory, 20);
  }

  @AfterEach
  void stop() throws Exception {
    sandbox.close();
  }

  private static ConfigMap map(String name, String value) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName(name)
        .addToLabels("app", value)
        .endMetadata()
        .addToData("key", value)
        .build();
  }

  @Test
  void watchesFromAListWithoutAGapAndSelectsByLabel() throws Exception {
    var maps = sandbox.client.configMaps().inNamespace("default");
    maps.resource(map("before", "x")).create();
    var list = maps.list();
    maps.resource(map("other", "y")).create();
    maps.resource(map("mine", "x")).create();
    var seen = new CopyOnWriteArrayList<String>();
    var options =
        new ListOptionsBuilder()
            .withResourceVersion(list.getMetadata().getResourceVersion())
            .build();
    try (var _ = maps.withLabel("app", "x").watch(options, recorder(seen, new AtomicInteger()))) {
      sandbox.until("ADDED", () -> seen.contains("ADDED mine"));
      maps.withName("mine")
          .edit(m -> m.edit().editMetadata().addToLabels("app", "z").endMetadata().build());
      sandbox.until("left", () -> seen.contains("DELETED mine"));
    }
    assertEquals(List.of("ADDED mine", "DELETED mine"), seen);
  }

  @Test
  void aWatchFromACompactedRevisionIsGone() throws Exception {
    var maps = sandbox.client.configMaps().inNamespace("default");
    var old = maps.resource(map("a", "1")).create().getMetadata().getResourceVersion();
    maps.resource(map("b", "1")).create();
    sandbox.live.turn(c -> {
      c.expire();
      return true;
    });
    var code = new AtomicInteger();
    var options = new ListOptionsBuilder().withResourceVersion(old).build();
    try {
      var watch = maps.watch(options, recorder(new CopyOnWriteArrayList<>(), code));
      sandbox.until("410", () -> code.get() == 410);
      watch.close();
    } catch (KubernetesClientException e) {
      assertEquals(410, e.getCode());
    }
  }

  @Test
  void listsInPagesOfOneRevision() {
    var maps = sandbox.client.configMaps().inNamespace("default");
    List.of("a", "b", "c", "d", "e").forEach(n -> maps.resource(map(n, "1")).create());
    var page = maps.list(new ListOptionsBuilder().withLimit(2L).build());
    assertEquals(2, page.getItems().size());
    maps.withName("e").delete();
    var options =
        new ListOptionsBuilder()
            .withLimit(10L)
            .withContinue(page.getMetadata().getContinue())
            .build();
    var rest = maps.list(options);
    assertEquals(
        List.of("c", "d", "e"),
        rest.getItems().stream().map(m -> m.getMetadata().getName()).toList());
    assertEquals(page.getMetadata().getResourceVersion(), rest.getMetadata().getResourceVersion());
  }

  @Test
  void faultsStrikeTheNamedVerbAndResourceOnly() {
    sandbox.live.turn(c -> {
      c.faults()
          .add(
              new ClusterFaults.Rule(
                  "list", "configmaps", new ClusterFaults.Effect.Answer(403), 1));
      return true;
    });
    sandbox.client.secrets().inNamespace("default").list();
    var refused =
        assertThrows(
            KubernetesClientException.class,
            () -> sandbox.client.configMaps().inNamespace("default").list());
    assertEquals(403, refused.getCode());
    sandbox.client.configMaps().inNamespace("default").list();
  }

  @Test
  void aLostEventIsNeverSeenAndACutWatchGoesOnWhereItWas() throws Exception {
    var maps = sandbox.client.configMaps().inNamespace("default");
    var seen = new CopyOnWriteArrayList<String>();
    var from = maps.list().getMetadata().getResourceVersion();
    var options = new ListOptionsBuilder().withResourceVersion(from).build();
    try (var _ = maps.watch(options, recorder(seen, new AtomicInteger()))) {
      maps.resource(map("a", "1")).create();
      sandbox.until("a", () -> seen.contains("ADDED a"));
      sandbox.live.turn(c -> {
        c.faults()
            .add(
                new ClusterFaults.Rule(
                    "watch", "configmaps", new ClusterFaults.Effect.LoseEvent(), 1));
        return true;
      });
      maps.resource(map("lost", "1")).create();
      maps.resource(map("b", "1")).create();
      sandbox.until("b", () -> seen.contains("ADDED b"));
      sandbox.live.turn(c -> {
        c.faults().cutWatches();
        return true;
      });
      maps.resource(map("c", "1")).create();
      sandbox.until("c", () -> seen.contains("ADDED c"));
    }
    assertEquals(List.of("ADDED a", "ADDED b", "ADDED c"), seen);
  }

  @Test
  void anInformerFollowsADeploymentToItsPods() throws Exception {
    var pods = sandbox.client.pods().inNamespace("default").withLabel("app", "web");
    try (var informer = pods.inform()) {
      sandbox
          .client
          .resource(
              """
              apiVersion: apps/v1
              kind: Deployment
              metadata: {name: web, namespace: default}
              spec:
                replicas: 2
                selector: {matchLabels: {app: web}}
                template:
                  metadata: {labels: {app: web}}
                  spec: {containers: [{name: web, image: web}]}
              """)
          .create();
      sandbox.until(
          "two ready pods",
          () -> informer.getStore().list().stream().filter(Readiness::isPodReady).count() == 2);
      assertTrue(sandbox.live.probe("10.0.128.4", 80).isPresent());
    }
  }

  private static Watcher<ConfigMap> recorder(List<String> seen, AtomicInteger code) {
    return new Watcher<>() {
      @Override
      public void eventReceived(Action action, ConfigMap map) {
        seen.add(action + " " + map.getMetadata().getName());
      }

      @Override
      public void onClose(WatcherException cause) {
        code.set(cause.asClientException().getCode());
      }
    };
  }
}
