package dev.penstock.sandbox.kubernetes.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.edges.kubernetes.KubernetesApi;
import dev.penstock.edges.kubernetes.KubernetesCallFailed;
import dev.penstock.edges.kubernetes.KubernetesFault;
import dev.penstock.edges.kubernetes.ResourceName;
import dev.penstock.edges.kubernetes.ResourceType;
import dev.penstock.edges.kubernetes.WatchFeed;
import dev.penstock.edges.kubernetes.WatchSignal;
import dev.penstock.sandbox.kubernetes.ClusterFaults;
import dev.penstock.sandbox.kubernetes.SimulatedCluster;
import dev.penstock.sandbox.kubernetes.rules.DeleteOptions;
import dev.penstock.sandbox.kubernetes.rules.Kinds;
import dev.penstock.sandbox.kubernetes.rules.Patch;
import dev.penstock.sandbox.kubernetes.rules.WriteOptions;
import dev.penstock.schemas.key.ObjectKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What watchers and appliers rely on, of every implementation of the port. */
abstract class KubernetesApiContract {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final ResourceName WEB = name(ObjectKind.INGRESS, "web");

  abstract KubernetesApi api();

  abstract void turn(Consumer<SimulatedCluster> work);

  @Test
  void theUidIsTheClustersOwn() throws KubernetesCallFailed {
    var uid = new ArrayList<String>();
    turn(cluster -> uid.add(cluster.uid()));
    assertEquals(uid.getFirst(), api().clusterUid());
  }

  @Test
  void pagesOfAListShowTheSameMoment() throws Exception {
    for (int i = 0; i < 5; i++) {
      create("web-" + i);
    }
    var names = new ArrayList<String>();
    var next = "";
    var versions = new ArrayList<String>();
    do {
      var page = api().list(ObjectKind.INGRESS, 2, next);
      page.items().forEach(item -> names.add(item.path("metadata").path("name").asText()));
      versions.add(page.resourceVersion());
      next = page.next();
      create("late-" + names.size());
    } while (!next.isEmpty());
    assertEquals("[web-0, web-1, web-2, web-3, web-4]", names.toString());
    assertEquals(1, versions.stream().distinct().count());
  }

  @Test
  void aListThatGoesOnTooLateIsExpired() throws Exception {
    create("web-0");
    create("web-1");
    var page = api().list(ObjectKind.INGRESS, 1, "");
    create("web-2");
    turn(SimulatedCluster::expire);
    assertFault(KubernetesFault.EXPIRED, () -> api().list(ObjectKind.INGRESS, 1, page.next()));
  }

  @Test
  void aKindThatIsNotInstalledIsNotFound() throws Exception {
    api().list(ObjectKind.TARGET_GROUP_BINDING, 1, "");
    turn(cluster ->
        cluster
            .api()
            .delete(
                Kinds.CUSTOM_RESOURCE_DEFINITION,
                "",
                "targetgroupbindings.elbv2.k8s.aws",
                DeleteOptions.now()));
    assertFault(
        KubernetesFault.NOT_FOUND, () -> api().list(ObjectKind.TARGET_GROUP_BINDING, 1, ""));
  }

  @Test
  void everyRefusalHasItsFault() throws Exception {
    create("web");
    assertFault(KubernetesFault.ALREADY_EXISTS, () -> create("web"));
    assertFault(KubernetesFault.NOT_FOUND, () -> api().get(name(ObjectKind.INGRESS, "none")));
    refusal(403, KubernetesFault.FORBIDDEN);
    refusal(401, KubernetesFault.UNAUTHORIZED);
    refusal(429, KubernetesFault.THROTTLED);
    refusal(500, KubernetesFault.UNREACHABLE);
    refusal(503, KubernetesFault.UNREACHABLE);
    // Until cleared: the HTTP client itself repeats a read whose connection was closed.
    turn(c ->
        c.faults()
            .add(new ClusterFaults.Rule("get", "*", new ClusterFaults.Effect.Drop(false), -1)));
    var dropped = assertFault(KubernetesFault.UNREACHABLE, () -> api().get(WEB));
    assertEquals(false, dropped.answered());
  }

  @Test
  void aPatchThatTestsAnOldVersionChangesNothing() throws Exception {
    var first = create("web");
    api().patch(WEB, "", patch("add", "/metadata/labels", "{\"a\":\"b\"}"));
    var stale = patch("test", "/metadata/resourceVersion", "\"" + version(first) + "\"");
    stale.addAll(patch("add", "/metadata/labels", "{\"a\":\"c\"}"));
    var failed =
        assertThrows(KubernetesCallFailed.class, () -> api().patch(WEB, "", stale)).fault();
    assertTrue(
        failed == KubernetesFault.INVALID || failed == KubernetesFault.CONFLICT, failed.name());
    assertEquals("b", api().get(WEB).path("metadata").path("labels").path("a").asText());
  }

  @Test
  void anAppliedStatusTakesOverWhatOthersWroteAndLeavesTheRest() throws Exception {
    create("web");
    turn(cluster ->
        cluster
            .api()
            .patch(
                Kinds.INGRESS,
                "default",
                "web",
                new Patch.Merge(
                    json(
                        """
                        {"status":{"loadBalancer":{"ingress":[{"hostname":"theirs"}]}},
                         "metadata":{"labels":{"kept":"yes"}}}\
                        """)),
                WriteOptions.of("somebody").on("status")));
    turn(cluster ->
        cluster
            .api()
            .patch(
                Kinds.INGRESS,
                "default",
                "web",
                new Patch.Merge(json("{\"metadata\":{\"labels\":{\"kept\":\"yes\"}}}")),
                WriteOptions.of("somebody")));
    api().apply(WEB, "status", status("ours", ""));
    var after = api().get(WEB);
    assertEquals(
        "[{\"hostname\":\"ours\"}]",
        after.path("status").path("loadBalancer").path("ingress").toString());
    assertEquals("yes", after.path("metadata").path("labels").path("kept").asText());
    assertEquals("alb", after.path("spec").path("ingressClassName").asText());
  }

  @Test
  void aStatusOfAnObjectThatIsGoneOrAnotherIsNotApplied() throws Exception {
    assertFault(KubernetesFault.NOT_FOUND, () -> api().apply(WEB, "status", status("x", "")));
    create("web");
    assertFault(
        KubernetesFault.CONFLICT, () -> api().apply(WEB, "status", status("x", "other-uid")));
  }

  @Test
  void onlyTheObjectWithThatUidIsDeleted() throws Exception {
    var uid = create("web").path("metadata").path("uid").asText();
    assertFault(KubernetesFault.CONFLICT, () -> api().delete(WEB, "other-uid"));
    api().delete(WEB, uid);
    assertFault(KubernetesFault.NOT_FOUND, () -> api().delete(WEB, uid));
  }

  @Test
  void aWatchTellsWhatHappensInOrder() throws Exception {
    var from = api().list(ObjectKind.INGRESS, 10, "").resourceVersion();
    try (var feed = api().feed()) {
      feed.open(ObjectKind.INGRESS, from);
      create("web");
      api().patch(WEB, "", patch("add", "/metadata/labels", "{\"a\":\"b\"}"));
      api().delete(WEB, "");
      var created = assertInstanceOf(WatchSignal.Changed.class, next(feed));
      var labelled = assertInstanceOf(WatchSignal.Changed.class, next(feed));
      var deleted = assertInstanceOf(WatchSignal.Deleted.class, next(feed));
      assertEquals("web", created.object().path("metadata").path("name").asText());
      assertEquals("b", labelled.object().path("metadata").path("labels").path("a").asText());
      assertTrue(
          Long.parseLong(version(deleted.object())) > Long.parseLong(version(labelled.object())));
    }
  }

  @Test
  void aWatchThatWasCutGoesOnWhereItStopped() throws Exception {
    var from = api().list(ObjectKind.INGRESS, 10, "").resourceVersion();
    try (var feed = api().feed()) {
      feed.open(ObjectKind.INGRESS, from);
      create("web");
      var seen = assertInstanceOf(WatchSignal.Changed.class, next(feed));
      turn(cluster -> cluster.faults().cutWatches());
      var end = next(feed);
      assertTrue(end instanceof WatchSignal.Closed || end instanceof WatchSignal.Broken);
      create("late");
      feed.open(ObjectKind.INGRESS, version(seen.object()));
      var late = assertInstanceOf(WatchSignal.Changed.class, next(feed));
      assertEquals("late", late.object().path("metadata").path("name").asText());
    }
  }

  @Test
  void anExpiredWatchSaysSo() throws Exception {
    var from = api().list(ObjectKind.INGRESS, 10, "").resourceVersion();
    try (var feed = api().feed()) {
      feed.open(ObjectKind.INGRESS, from);
      create("web");
      next(feed);
      turn(SimulatedCluster::expire);
      assertEquals(KubernetesFault.EXPIRED, broken(feed).fault());
      feed.open(ObjectKind.INGRESS, from);
      assertEquals(KubernetesFault.EXPIRED, broken(feed).fault());
    }
  }

  @Test
  void aVersionThatTheServerDoesNotKnowYetIsExpired() throws Exception {
    try (var feed = api().feed()) {
      feed.open(ObjectKind.INGRESS, "999999999");
      assertEquals(KubernetesFault.EXPIRED, broken(feed).fault());
    }
  }

  @Test
  void nothingIsMadeInANamespaceThatIsGoing() throws Exception {
    var namespace = json("{\"metadata\":{\"name\":\"leaving\"}}");
    var held = json("{\"metadata\":{\"name\":\"held\",\"finalizers\":[\"other/finalizer\"]}}");
    turn(cluster -> {
      cluster.api().create(Kinds.NAMESPACE, "", namespace, WriteOptions.of("them"));
      cluster.api().create(Kinds.CONFIG_MAP, "leaving", held, WriteOptions.of("them"));
      cluster.api().delete(Kinds.NAMESPACE, "", "leaving", DeleteOptions.now());
    });
    var late = new ResourceName(ResourceType.of(ObjectKind.CONFIG_MAP), "leaving", "late");
    assertFault(
        KubernetesFault.TERMINATING,
        () -> api().create(late, json("{\"metadata\":{\"name\":\"late\"}}")));
  }

  @Test
  void aWatchThatIsRefusedSaysWhy() throws Exception {
    turn(cluster ->
        cluster
            .faults()
            .add(new ClusterFaults.Rule("watch", "pods", new ClusterFaults.Effect.Answer(403), 1)));
    try (var feed = api().feed()) {
      feed.open(ObjectKind.POD, "1");
      assertEquals(KubernetesFault.FORBIDDEN, broken(feed).fault());
    }
  }

  @Test
  void aWatchOpenedAnewTellsNothingOfTheOldOne() throws Exception {
    var from = api().list(ObjectKind.INGRESS, 10, "").resourceVersion();
    try (var feed = api().feed()) {
      feed.open(ObjectKind.INGRESS, from);
      var web = create("web");
      create("late");
      next(feed);
      feed.open(ObjectKind.INGRESS, version(web));
      var late = assertInstanceOf(WatchSignal.Changed.class, next(feed));
      assertEquals("late", late.object().path("metadata").path("name").asText());
      create("later");
      var later = assertInstanceOf(WatchSignal.Changed.class, next(feed));
      assertEquals("later", later.object().path("metadata").path("name").asText());
    }
  }

  /** Until cleared: after a 401 a client may look for newer credentials and ask again. */
  private void refusal(int code, KubernetesFault fault) {
    turn(c ->
        c.faults()
            .add(new ClusterFaults.Rule("get", "*", new ClusterFaults.Effect.Answer(code), -1)));
    assertEquals(code, assertFault(fault, () -> api().get(WEB)).httpStatus());
    turn(c -> c.faults().clear());
  }

  private interface Call {
    void make() throws KubernetesCallFailed;
  }

  private static KubernetesCallFailed assertFault(KubernetesFault fault, Call call) {
    var failed = assertThrows(KubernetesCallFailed.class, call::make);
    assertEquals(fault, failed.fault(), failed.getMessage());
    return failed;
  }

  private static WatchSignal.Broken broken(WatchFeed feed) throws InterruptedException {
    return assertInstanceOf(WatchSignal.Broken.class, next(feed));
  }

  private static WatchSignal next(WatchFeed feed) throws InterruptedException {
    var end = Clock.systemUTC().instant().plus(PATIENCE);
    while (Clock.systemUTC().instant().isBefore(end)) {
      var signal = feed.poll();
      if (signal.isPresent() && !(signal.get() instanceof WatchSignal.Bookmark)) {
        return signal.get();
      }
      feed.await(Duration.ofSeconds(1));
    }
    throw new AssertionError("no signal came");
  }

  private JsonNode create(String name) throws KubernetesCallFailed {
    var object =
        json(
            """
            {"metadata":{"name":"%s"},
             "spec":{"ingressClassName":"alb",
                     "defaultBackend":{"service":{"name":"web","port":{"number":80}}}}}\
            """
                .formatted(name));
    return api().create(name(ObjectKind.INGRESS, name), object);
  }

  private static ObjectNode status(String hostname, String uid) {
    var object =
        json(
            """
            {"apiVersion":"networking.k8s.io/v1","kind":"Ingress",
             "metadata":{"name":"web","namespace":"default"},
             "status":{"loadBalancer":{"ingress":[{"hostname":"%s"}]}}}\
            """
                .formatted(hostname));
    if (!uid.isEmpty()) {
      object.withObject("/metadata").put("uid", uid);
    }
    return object;
  }

  private static ArrayNode patch(String op, String path, String value) {
    var patch = JSON.createArrayNode();
    patch.addObject().put("op", op).put("path", path).set("value", read(value));
    return patch;
  }

  private static ResourceName name(ObjectKind kind, String name) {
    return new ResourceName(ResourceType.of(kind), "default", name);
  }

  private static String version(JsonNode object) {
    return object.path("metadata").path("resourceVersion").asText();
  }

  private static ObjectNode json(String text) {
    return (ObjectNode) read(text);
  }

  private static JsonNode read(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
