package dev.penstock.appliers.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.appliers.CrashPoints;
import dev.penstock.edges.aws.Timeline;
import dev.penstock.edges.kubernetes.KubernetesApi;
import dev.penstock.edges.kubernetes.KubernetesCallFailed;
import dev.penstock.edges.kubernetes.ObjectPage;
import dev.penstock.edges.kubernetes.ResourceName;
import dev.penstock.edges.kubernetes.WatchFeed;
import dev.penstock.edges.log.Appended;
import dev.penstock.edges.log.Log;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.sandbox.kubernetes.ClusterFaults;
import dev.penstock.sandbox.kubernetes.ClusterSpec;
import dev.penstock.sandbox.kubernetes.SimulatedCluster;
import dev.penstock.sandbox.kubernetes.edge.RoleRecorder;
import dev.penstock.sandbox.kubernetes.edge.SimulatedApi;
import dev.penstock.sandbox.kubernetes.store.ObjectStore;
import dev.penstock.schemas.command.Cause;
import dev.penstock.schemas.command.KubernetesCommand;
import dev.penstock.schemas.command.KubernetesWrite;
import dev.penstock.schemas.event.ClusterFact;
import dev.penstock.schemas.event.ClusterFact.KubernetesSettled;
import dev.penstock.schemas.event.Event;
import dev.penstock.schemas.event.Result;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ObjectKind;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.kubernetes.PortReference;
import dev.penstock.schemas.kubernetes.TargetGroupBinding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** A simulated cluster, a log in memory, time that passes on request, and one applier. */
final class World implements Timeline, Log {
  static final Scope SCOPE = new Scope("111122223333", "us-west-2");
  private static final ObjectMapper JSON = new ObjectMapper();

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  final SimulatedCluster cluster =
      new SimulatedCluster(ClusterSpec.sandbox(), new ObjectStore(), () -> now, new Random(1));
  final KubernetesApi direct = new SimulatedApi(cluster, this::sleep);
  final List<Event> events = new ArrayList<>();
  Runnable beforePatch = () -> {};
  Duration slowReads = Duration.ZERO;
  Duration slowAppends = Duration.ZERO;
  Instant oursUntil = Instant.MAX;
  int appendsUntilFailure = -1;
  int writes;
  private int commands;
  final RoleRecorder recorder = new RoleRecorder(new Interposed());
  final KubernetesApplier applier = applier("tenure-1", CrashPoints.none());

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public void sleep(Duration duration) {
    now = now.plus(duration);
  }

  @Override
  public Appended append(Event event) throws LogFailed {
    if (appendsUntilFailure == 0) {
      throw new LogFailed(LogFailed.Fault.UNREACHABLE, "no broker");
    }
    appendsUntilFailure--;
    sleep(slowAppends);
    events.add(event);
    return new Appended(events.size(), now);
  }

  @Override
  public List<Appended> appendAll(List<Event> batch) {
    throw new IllegalStateException("an applier appends one record at a time");
  }

  /** Tells a command and lets the applier work for a while. */
  Result run(ObjectKind kind, String name, String uid, KubernetesWrite... writes) {
    applier.caughtUp();
    var command = command(kind, name, uid, writes);
    applier.opened(command);
    work(Duration.ofSeconds(40));
    return result(command.id());
  }

  KubernetesCommand command(ObjectKind kind, String name, String uid, KubernetesWrite... writes) {
    commands++;
    return new KubernetesCommand(
        "command-" + commands,
        SCOPE,
        new ObjectKey("blue", kind, "default", name),
        uid,
        commands,
        now,
        new Cause(commands, "test", "a test wants it", false),
        List.of(writes));
  }

  /** Another applier of the same cluster, which knows no command yet. */
  KubernetesApplier applier(String tenure, CrashPoints crashPoints) {
    return new KubernetesApplier(
        new ClusterEdges(
            SCOPE,
            "blue",
            tenure,
            this,
            this,
            () -> !now.isAfter(oursUntil),
            crashPoints,
            ApplierSettings.defaults()),
        recorder);
  }

  void work(Duration duration) {
    work(applier, duration);
  }

  void work(KubernetesApplier whose, Duration duration) {
    var end = now.plus(duration);
    try {
      while (now.isBefore(end)) {
        var rest = whose.step();
        var left = Duration.between(now, end);
        sleep(rest.compareTo(left) < 0 ? rest : left);
      }
    } catch (LogFailed failed) {
      throw new AssertionError(failed);
    }
  }

  Result result(String commandId) {
    return events.stream()
        .map(Event::body)
        .filter(KubernetesSettled.class::isInstance)
        .map(KubernetesSettled.class::cast)
        .filter(settled -> settled.commandId().equals(commandId))
        .map(KubernetesSettled::result)
        .reduce((_, last) -> last)
        .orElseThrow(() -> new AssertionError(commandId + " has no outcome: " + facts()));
  }

  /** The facts in short words, in order. */
  List<String> facts() {
    return events.stream()
        .map(Event::body)
        .map(body ->
            switch ((ClusterFact) body) {
              case ClusterFact.KubernetesApplyStarted _ -> "started";
              case ClusterFact.KubernetesAttempted(_, var id, _, _, var attempt) ->
                  "attempted " + id + " " + attempt;
              case KubernetesSettled(_, var id, _, _, var result, _) ->
                  "settled " + id + " " + result.getClass().getSimpleName();
              case ClusterFact.WatchStarted _,
                  ClusterFact.ObjectUpserted _,
                  ClusterFact.ObjectRemoved _,
                  ClusterFact.SnapshotCompleted _,
                  ClusterFact.Unrepresentable _ ->
                  "not an applier's";
            })
        .toList();
  }

  void fault(String verb, String resource, ClusterFaults.Effect effect, int times) {
    cluster.faults().add(new ClusterFaults.Rule(verb, resource, effect, times));
  }

  JsonNode create(ObjectKind kind, String name, String body) {
    var object = json(body);
    object.withObject("/metadata").put("name", name);
    try {
      return direct.create(name(kind, name), object);
    } catch (KubernetesCallFailed failed) {
      throw new AssertionError(failed);
    }
  }

  JsonNode ingress(String name) {
    return create(
        ObjectKind.INGRESS,
        name,
        """
        {"metadata":{"labels":{"kept":"yes"},"finalizers":["other/finalizer"]},
         "spec":{"ingressClassName":"alb",
                 "defaultBackend":{"service":{"name":"web","port":{"number":80}}}}}\
        """);
  }

  JsonNode get(ObjectKind kind, String name) {
    try {
      return direct.get(name(kind, name));
    } catch (KubernetesCallFailed failed) {
      throw new AssertionError(failed);
    }
  }

  boolean exists(ObjectKind kind, String name) {
    try {
      direct.get(name(kind, name));
      return true;
    } catch (KubernetesCallFailed _) {
      return false;
    }
  }

  void patch(ObjectKind kind, String name, String subresource, String patch) {
    try {
      direct.patch(name(kind, name), subresource, (ArrayNode) JSON.readTree(patch));
    } catch (KubernetesCallFailed failed) {
      throw new AssertionError(failed);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void delete(ObjectKind kind, String name) {
    try {
      direct.delete(name(kind, name), "");
    } catch (KubernetesCallFailed failed) {
      throw new AssertionError(failed);
    }
  }

  /** What our target group of that ARN has for its binding. */
  static TargetGroupBinding.Spec binding(String arn, String service) {
    return new TargetGroupBinding.Spec(
        Optional.of(arn),
        Optional.empty(),
        Optional.of("ip"),
        Optional.of("HTTP"),
        service,
        new PortReference.Numbered(80),
        Optional.empty(),
        Optional.empty(),
        Optional.of("ipv4"),
        Optional.empty(),
        false,
        Optional.empty(),
        Optional.empty());
  }

  static ResourceName name(ObjectKind kind, String name) {
    return ResourceName.of(new ObjectKey("blue", kind, "default", name));
  }

  static String uid(JsonNode object) {
    return object.path("metadata").path("uid").asText();
  }

  static ObjectNode json(String text) {
    try {
      return (ObjectNode) JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The applier's way to the cluster: counts writes, and lets others come first. */
  private final class Interposed implements KubernetesApi {
    @Override
    public String clusterUid() throws KubernetesCallFailed {
      return direct.clusterUid();
    }

    @Override
    public ObjectPage list(ObjectKind kind, int limit, String next) {
      throw new IllegalStateException("an applier lists nothing");
    }

    @Override
    public WatchFeed feed() {
      throw new IllegalStateException("an applier watches nothing");
    }

    @Override
    public JsonNode get(ResourceName name) throws KubernetesCallFailed {
      sleep(slowReads);
      return direct.get(name);
    }

    @Override
    public JsonNode create(ResourceName name, ObjectNode object) throws KubernetesCallFailed {
      writes++;
      return direct.create(name, object);
    }

    @Override
    public JsonNode patch(ResourceName name, String subresource, ArrayNode patch)
        throws KubernetesCallFailed {
      writes++;
      var first = beforePatch;
      beforePatch = () -> {};
      first.run();
      return direct.patch(name, subresource, patch);
    }

    @Override
    public JsonNode apply(ResourceName name, String subresource, ObjectNode object)
        throws KubernetesCallFailed {
      writes++;
      return direct.apply(name, subresource, object);
    }

    @Override
    public void delete(ResourceName name, String uid) throws KubernetesCallFailed {
      writes++;
      direct.delete(name, uid);
    }

    @Override
    public void close() {}
  }
}
