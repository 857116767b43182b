package dev.penstock.watchers.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.penstock.schemas.event.ClusterFact.ObjectUpserted;
import dev.penstock.schemas.json.ChangeRefused;
import dev.penstock.schemas.json.RecordChange;
import dev.penstock.schemas.key.ObjectKind;
import dev.penstock.schemas.kubernetes.Pod;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The id of a pod's QUIC server is in the variable that the cluster's settings name. */
final class QuicVariableTest {
  private static final String ANNOTATION =
      "service.beta.kubernetes.io/aws-load-balancer-quic-enabled-containers";

  private final ScriptedCluster cluster = new ScriptedCluster();
  private final RecordingLog log = new RecordingLog();

  private void put(String variable) {
    var pod = cluster.object(ObjectKind.POD, "default", "p");
    pod.withObject("/metadata/annotations").put(ANNOTATION, "app");
    var container = pod.withObject("/spec").putArray("containers").addObject();
    container.put("name", "app").putArray("ports").addObject().put("containerPort", 8443);
    container.putArray("env").addObject().put("name", variable).put("value", "ASNFZ4mrze8=");
    cluster.put(ObjectKind.POD, pod);
  }

  private Optional<String> published(Map<String, String> settings) throws ChangeRefused {
    var registration = RecordChange.apply(SteppedWatcher.BLUE, Map.of("controller", settings));
    new SteppedWatcher(registration, cluster, log).settle();
    return log.all(ObjectUpserted.class).stream()
        .flatMap(fact -> fact.object() instanceof Pod pod ? pod.ports().stream() : Stream.empty())
        .flatMap(port -> port.quicServerId().stream())
        .findFirst();
  }

  @Test
  void anotherVariableIsReadWhereItIsNamed() throws ChangeRefused {
    put("SERVER_ID");
    assertEquals(
        Optional.of("0x0123456789abcdef"),
        published(Map.of("quicEnvironmentVariableName", "SERVER_ID")));
  }

  @Test
  void nothingElseIsRead() throws ChangeRefused {
    put("SERVER_ID");
    assertEquals(Optional.empty(), published(Map.of()));
  }
}
