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
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.nio.file.Path;
import java.util.List;
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

  private static Ingress ingress() {
    return new IngressBuilder()
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
  }

  @Test
  void statusByServerSideApplyLeavesTheSpecAndTheOtherManagerAlone() {
    var ingresses = sandbox.client.network().v1().ingresses().inNamespace("default");
    ingresses.resource(ingress()).create();
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
    sandbox.until("the kind is gone", () -> missing(bindings::list));
  }

  private static boolean missing(Runnable request) {
    try {
      request.run();
      return false;
    } catch (KubernetesClientException e) {
      return e.getCode() == 404;
    }
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
}
