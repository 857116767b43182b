package dev.penstock.sandbox.simulation.machines;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.edges.kubernetes.KubernetesApi;
import dev.penstock.edges.kubernetes.KubernetesCallFailed;
import dev.penstock.edges.kubernetes.ObjectPage;
import dev.penstock.edges.kubernetes.ResourceName;
import dev.penstock.edges.kubernetes.WatchFeed;
import dev.penstock.sandbox.kubernetes.edge.SimulatedApi;
import dev.penstock.sandbox.simulation.engine.Delays.Way;
import dev.penstock.sandbox.simulation.engine.Happened;
import dev.penstock.sandbox.simulation.engine.Machine;
import dev.penstock.schemas.key.ObjectKind;

/** A simulated cluster behind the door that one machine uses. */
final class MachineApi implements KubernetesApi {
  private final Surroundings world;
  private final Machine machine;
  private final ClusterSite site;
  private final KubernetesApi api;

  MachineApi(Surroundings world, Machine machine, ClusterSite site) {
    this.world = world;
    this.machine = machine;
    this.site = site;
    this.api = new SimulatedApi(site.cluster(), machine::pass);
  }

  /** One call. */
  private interface Call<T> {
    T make() throws KubernetesCallFailed;
  }

  @Override
  public String clusterUid() throws KubernetesCallFailed {
    return read(api::clusterUid);
  }

  @Override
  public ObjectPage list(ObjectKind kind, int limit, String next) throws KubernetesCallFailed {
    return read(() -> api.list(kind, limit, next));
  }

  @Override
  public WatchFeed feed() {
    return api.feed();
  }

  @Override
  public JsonNode get(ResourceName name) throws KubernetesCallFailed {
    return read(() -> api.get(name));
  }

  @Override
  public JsonNode create(ResourceName name, ObjectNode object) throws KubernetesCallFailed {
    return write("create", name, () -> api.create(name, object));
  }

  @Override
  public JsonNode patch(ResourceName name, String subresource, ArrayNode patch)
      throws KubernetesCallFailed {
    return write("patch", name, () -> api.patch(name, subresource, patch));
  }

  @Override
  public JsonNode apply(ResourceName name, String subresource, ObjectNode object)
      throws KubernetesCallFailed {
    return write("apply", name, () -> api.apply(name, subresource, object));
  }

  @Override
  public void delete(ResourceName name, String uid) throws KubernetesCallFailed {
    write(
        "delete",
        name,
        () -> {
          api.delete(name, uid);
          return name;
        });
  }

  @Override
  public void close() {}

  private <T> T read(Call<T> call) throws KubernetesCallFailed {
    machine.alive();
    machine.pass(world.delays().of(Way.REQUEST, machine.name()));
    try {
      return call.make();
    } finally {
      machine.pass(world.delays().of(Way.ANSWER, machine.name()));
    }
  }

  private <T> T write(String verb, ResourceName name, Call<T> call) throws KubernetesCallFailed {
    return read(() -> {
      try {
        return call.make();
      } finally {
        world.observer().after(new Happened.Written(site.name(), verb, name));
      }
    });
  }
}
