package dev.penstock.sandbox.kubernetes.edge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.edges.kubernetes.KubernetesApi;
import dev.penstock.edges.kubernetes.KubernetesCallFailed;
import dev.penstock.edges.kubernetes.ObjectPage;
import dev.penstock.edges.kubernetes.ResourceName;
import dev.penstock.edges.kubernetes.ResourceType;
import dev.penstock.edges.kubernetes.WatchFeed;
import dev.penstock.sandbox.kubernetes.ClusterFaults;
import dev.penstock.sandbox.kubernetes.SimulatedCluster;
import dev.penstock.sandbox.kubernetes.rules.DeleteOptions;
import dev.penstock.sandbox.kubernetes.rules.Kind;
import dev.penstock.sandbox.kubernetes.rules.ListQuery;
import dev.penstock.sandbox.kubernetes.rules.Patch;
import dev.penstock.sandbox.kubernetes.rules.Refusal;
import dev.penstock.sandbox.kubernetes.rules.WriteOptions;
import dev.penstock.schemas.key.ObjectKind;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * A {@link SimulatedCluster} as the API server that watchers and appliers see, for one thread and a
 * virtual clock. The cluster's faults strike as they do over HTTP; a slow answer is left to {@code
 * delay}.
 */
public final class SimulatedApi implements KubernetesApi {
  private final SimulatedCluster cluster;
  private final Consumer<Duration> delay;

  public SimulatedApi(SimulatedCluster cluster, Consumer<Duration> delay) {
    this.cluster = cluster;
    this.delay = delay;
  }

  /** One call on the cluster; a refusal is the answer. */
  private interface Call<T> {
    T make(Kind kind);
  }

  @Override
  public String clusterUid() throws KubernetesCallFailed {
    return call("get", ResourceType.of(ObjectKind.NAMESPACE), _ -> cluster.uid());
  }

  @Override
  public ObjectPage list(ObjectKind kind, int limit, String next) throws KubernetesCallFailed {
    return call(
        "list",
        ResourceType.of(kind),
        known -> {
          var page = cluster.api().list(known, ListQuery.all().paged(limit, next));
          return new ObjectPage(
              List.copyOf(page.items()), Long.toString(page.revision()), page.continuation());
        });
  }

  @Override
  public WatchFeed feed() {
    return new SimulatedFeed(cluster, this::kind);
  }

  @Override
  public JsonNode get(ResourceName name) throws KubernetesCallFailed {
    return call("get", name.type(), kind -> cluster.api().get(kind, name.namespace(), name.name()));
  }

  @Override
  public JsonNode create(ResourceName name, ObjectNode object) throws KubernetesCallFailed {
    var options = WriteOptions.of(FIELD_MANAGER);
    return call(
        "create",
        name.type(),
        kind -> cluster.api().create(kind, name.namespace(), object, options));
  }

  @Override
  public JsonNode patch(ResourceName name, String subresource, ArrayNode patch)
      throws KubernetesCallFailed {
    var options = WriteOptions.of(FIELD_MANAGER).on(subresource);
    return patch(name, new Patch.Json(patch), options);
  }

  @Override
  public JsonNode apply(ResourceName name, String subresource, ObjectNode object)
      throws KubernetesCallFailed {
    var options = WriteOptions.of(FIELD_MANAGER).on(subresource).forced();
    return patch(name, new Patch.Apply(object), options);
  }

  @Override
  public void delete(ResourceName name, String uid) throws KubernetesCallFailed {
    var options = new DeleteOptions(DeleteOptions.Propagation.BACKGROUND, -1, uid, "", false);
    call(
        "delete",
        name.type(),
        kind -> cluster.api().delete(kind, name.namespace(), name.name(), options));
  }

  @Override
  public void close() {}

  private JsonNode patch(ResourceName name, Patch patch, WriteOptions options)
      throws KubernetesCallFailed {
    return call(
        "patch",
        name.type(),
        kind -> cluster.api().patch(kind, name.namespace(), name.name(), patch, options));
  }

  private <T> T call(String verb, ResourceType type, Call<T> call) throws KubernetesCallFailed {
    try {
      var effect = cluster.faults().onRequest(verb, resource(type));
      return effect.isEmpty() ? call.make(kind(type)) : struck(effect.get(), verb, type, call);
    } catch (Refusal refusal) {
      throw KubernetesCallFailed.of(refusal.code(), refusal.status());
    }
  }

  private <T> T struck(ClusterFaults.Effect effect, String verb, ResourceType type, Call<T> call)
      throws KubernetesCallFailed {
    return switch (effect) {
      case ClusterFaults.Effect.Answer answer ->
          throw ClusterFaults.refusal(answer, verb, resource(type));
      case ClusterFaults.Effect.Slow slow -> {
        delay.accept(slow.delay());
        yield call.make(kind(type));
      }
      case ClusterFaults.Effect.Drop drop -> {
        if (drop.served()) {
          call.make(kind(type));
        }
        throw KubernetesCallFailed.unreachable("Dropped", "injected fault: connection dropped");
      }
      case ClusterFaults.Effect.LoseEvent _ -> call.make(kind(type));
    };
  }

  private Kind kind(ResourceType type) {
    return cluster.api().kinds().find(resource(type)).orElseThrow(Refusal::unknownPath);
  }

  /** {@code pods}, {@code ingresses.networking.k8s.io}. */
  static String resource(ResourceType type) {
    var slash = type.apiVersion().indexOf('/');
    return slash < 0 ? type.plural() : type.plural() + "." + type.apiVersion().substring(0, slash);
  }
}
