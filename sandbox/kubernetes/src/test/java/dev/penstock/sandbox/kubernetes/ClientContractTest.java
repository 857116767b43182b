package dev.penstock.sandbox.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a client library relies on, over HTTP. */
final class ClientContractTest {
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
  void createsReadsUpdatesAndDeletes() {
    var maps = sandbox.client.configMaps().inNamespace("default");
    var created = maps.resource(map("a", "1")).create();
    assertNotEquals("", created.getMetadata().getUid());
    var updated = maps.withName("a").edit(m -> m.edit().addToData("key", "2").build());
    assertEquals("2", updated.getData().get("key"));
    assertNotEquals(
        created.getMetadata().getResourceVersion(), updated.getMetadata().getResourceVersion());
    assertEquals(1, maps.withName("a").delete().size());
    assertNull(maps.withName("a").get());
    assertTrue(maps.withName("a").delete().isEmpty());
  }

  @Test
  void refusesASecondObjectOfTheSameNameAndAStaleUpdate() {
    var maps = sandbox.client.configMaps().inNamespace("default");
    var first = maps.resource(map("a", "1")).create();
    var again =
        assertThrows(KubernetesClientException.class, () -> maps.resource(map("a", "1")).create());
    assertEquals("AlreadyExists", again.getStatus().getReason());
    maps.withName("a").edit(m -> m.edit().addToData("key", "2").build());
    var stale = assertThrows(KubernetesClientException.class, () -> maps.resource(first).update());
    assertEquals(409, stale.getCode());
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
      c.faults().add(new Faults.Rule("list", "configmaps", new Faults.Effect.Answer(403), 1));
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
