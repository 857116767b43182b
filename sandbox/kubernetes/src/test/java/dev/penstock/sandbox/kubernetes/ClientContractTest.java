package dev.penstock.sandbox.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.IngressBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.readiness.Readiness;
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

  private static Service service() {
    return new ServiceBuilder()
        .withNewMetadata()
        .withName("web")
        .endMetadata()
        .withNewSpec()
        .addToSelector("app", "web")
        .addNewPort()
        .withPort(80)
        .endPort()
        .endSpec()
        .build();
  }

  @Test
  void takesEveryKindOfPatch() {
    var services = sandbox.client.services().inNamespace("default");
    services.resource(service()).create();
    var web = services.withName("web");
    var merged =
        web.patch(
            PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\":{\"labels\":{\"a\":\"1\"}}}");
    assertEquals("1", merged.getMetadata().getLabels().get("a"));
    var strategic =
        web.patch(
            PatchContext.of(PatchType.STRATEGIC_MERGE),
            "{\"spec\":{\"ports\":[{\"port\":80,\"name\":\"http\"},{\"port\":81,\"name\":\"more\"}]}}");
    assertEquals(2, strategic.getSpec().getPorts().size());
    var json =
        web.patch(
            PatchContext.of(PatchType.JSON),
            "[{\"op\":\"remove\",\"path\":\"/metadata/labels/a\"}]");
    assertTrue(json.getMetadata().getLabels() == null || json.getMetadata().getLabels().isEmpty());
  }

  @Test
  void statusByServerSideApplyLeavesTheSpecAndTheOtherManagerAlone() {
    var ingress =
        new IngressBuilder()
            .withNewMetadata()
            .withName("web")
            .endMetadata()
            .withNewSpec()
            .withNewDefaultBackend()
            .withNewService()
            .withName("web")
            .withNewPort()
            .withNumber(80)
            .endPort()
            .endService()
            .endDefaultBackend()
            .endSpec()
            .build();
    var ingresses = sandbox.client.network().v1().ingresses().inNamespace("default");
    ingresses.resource(ingress).create();
    var status =
        new IngressBuilder()
            .withNewMetadata()
            .withName("web")
            .endMetadata()
            .withNewStatus()
            .withNewLoadBalancer()
            .addNewIngress()
            .withHostname("lb.example.com")
            .endIngress()
            .endLoadBalancer()
            .endStatus()
            .build();
    var context =
        new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager("penstock")
            .withForce(true)
            .build();
    ingresses.resource(status).subresource("status").patch(context, status);
    var now = ingresses.withName("web").get();
    assertEquals(
        "lb.example.com", now.getStatus().getLoadBalancer().getIngress().getFirst().getHostname());
    assertEquals("web", now.getSpec().getDefaultBackend().getService().getName());
    assertEquals(1L, now.getMetadata().getGeneration());
    var entry =
        now.getMetadata().getManagedFields().stream()
            .filter(m -> "penstock".equals(m.getManager()))
            .findFirst()
            .orElseThrow();
    assertEquals("status", entry.getSubresource());
  }

  @Test
  void aFinalizerHoldsADeletedObjectAndItsDependentsFollowIt() throws Exception {
    var maps = sandbox.client.configMaps().inNamespace("default");
    var owner = maps.resource(map("owner", "1")).create();
    maps.withName("owner")
        .edit(
            m -> m.edit().editMetadata().addToFinalizers("example.com/hold").endMetadata().build());
    maps.resource(
            map("dependent", "1")
                .edit()
                .editMetadata()
                .addNewOwnerReference()
                .withApiVersion("v1")
                .withKind("ConfigMap")
                .withName("owner")
                .withUid(owner.getMetadata().getUid())
                .endOwnerReference()
                .endMetadata()
                .build())
        .create();
    maps.withName("owner").delete();
    assertNotNull(maps.withName("owner").get().getMetadata().getDeletionTimestamp());
    assertNotNull(maps.withName("dependent").get());
    maps.withName("owner")
        .edit(m -> m.edit().editMetadata().withFinalizers(List.of()).endMetadata().build());
    assertNull(maps.withName("owner").get());
    sandbox.until("collected", () -> maps.withName("dependent").get() == null);
  }

  @Test
  void aCustomResourceIsValidatedPrunedAndGoneWithItsDefinition() throws Exception {
    var context =
        new ResourceDefinitionContext.Builder()
            .withGroup("elbv2.k8s.aws")
            .withVersion("v1beta1")
            .withKind("TargetGroupBinding")
            .withPlural("targetgroupbindings")
            .withNamespaced(true)
            .build();
    var bindings = sandbox.client.genericKubernetesResources(context).inNamespace("default");
    var binding =
        sandbox
            .client
            .getKubernetesSerialization()
            .unmarshal(
                """
                apiVersion: elbv2.k8s.aws/v1beta1
                kind: TargetGroupBinding
                metadata: {name: web}
                spec: {serviceRef: {name: web, port: 80}, targetType: ip, unknown: 1}
                """,
                GenericKubernetesResource.class);
    var made = bindings.resource(binding).create();
    assertNull(made.get("spec", "unknown"));
    var wrong =
        assertThrows(
            KubernetesClientException.class,
            () ->
                bindings
                    .withName("web")
                    .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"spec\":{\"targetType\":\"lambda\"}}"));
    assertEquals(422, wrong.getCode());
    sandbox
        .client
        .apiextensions()
        .v1()
        .customResourceDefinitions()
        .withName("targetgroupbindings.elbv2.k8s.aws")
        .delete();
    sandbox.until(
        "the kind is gone",
        () -> {
          try {
            bindings.list();
            return false;
          } catch (KubernetesClientException e) {
            return e.getCode() == 404;
          }
        });
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
        c.faults().add(new Faults.Rule("watch", "configmaps", new Faults.Effect.LoseEvent(), 1));
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
  void aRestartedServerHasEverythingItHad() throws Exception {
    var maps = sandbox.client.configMaps().inNamespace("default");
    var made = maps.resource(map("a", "1")).create();
    var uid = sandbox.live.turn(SimulatedCluster::uid);
    sandbox.close();
    sandbox = new Sandboxed(directory, 20);
    var found = sandbox.client.configMaps().inNamespace("default").withName("a").get();
    assertEquals(made, found);
    assertEquals(uid, sandbox.live.turn(SimulatedCluster::uid));
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
