package dev.penstock.watchers.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.penstock.sandbox.kubernetes.edge.RoleRecorder;
import dev.penstock.schemas.key.ObjectKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * deploy/kubernetes/watch.yaml is written from what a watcher asks of an API server: snapshot,
 * watches, a gap, Secrets that annotations name, and its upkeep.
 */
final class WatcherRoleTest {
  private static final Path MANIFEST =
      Path.of(System.getProperty("project.root", "..")).resolve("deploy/kubernetes/watch.yaml");

  private final ScriptedCluster cluster = new ScriptedCluster();
  private final RoleRecorder recorder = new RoleRecorder(cluster);
  private final SteppedWatcher watcher =
      new SteppedWatcher(SteppedWatcher.BLUE, recorder, new RecordingLog());

  @Test
  void theRoleInDeployIsWhatTheWatcherAsksFor() throws IOException {
    cluster.put(ObjectKind.SECRET, "default", "oidc");
    var ingress = cluster.object(ObjectKind.INGRESS, "default", "web");
    ingress
        .withObject("/metadata/annotations")
        .put("alb.ingress.kubernetes.io/auth-idp-oidc", "{\"secretName\":\"oidc\"}");
    cluster.put(ObjectKind.INGRESS, ingress);
    cluster.put(ObjectKind.CONFIG_MAP, "default", "aws-lbc-targets-web");
    var binding = cluster.object(ObjectKind.TARGET_GROUP_BINDING, "default", "web");
    binding
        .withObject("/spec")
        .put("multiClusterTargetGroup", true)
        .withObject("/serviceRef")
        .put("name", "web")
        .put("port", 80);
    cluster.put(ObjectKind.TARGET_GROUP_BINDING, binding);
    watcher.pass(Duration.ofMinutes(1));
    cluster.compact();
    cluster.cut();
    watcher.pass(Duration.ofMinutes(10));

    var manifest = recorder.manifest("penstock-watch");
    if ("write".equals(System.getProperty("golden"))) {
      Files.writeString(MANIFEST, manifest);
    }
    assertEquals(
        Files.readString(MANIFEST), manifest, "run with -Dgolden=write and review the diff");
  }
}
