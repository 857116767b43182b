package dev.penstock.plan;

import dev.penstock.schemas.aws.Link;
import dev.penstock.schemas.aws.Live;
import dev.penstock.schemas.aws.TargetGroupSpec;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.ResourceKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The resources that are there beside those that shall go, found by what they use: looked through
 * once, however many go.
 */
public final class Neighbours {
  private final List<Neighbour> all;
  private final Map<String, List<Neighbour>> users = new HashMap<>();
  private final Map<String, Neighbour> goingParents = new HashMap<>();
  private final List<Neighbour> behind = new ArrayList<>();

  /** A resource that is there, and whether somebody wants it. */
  public record Neighbour(ResourceKey key, Live live, boolean wanted) {}

  public Neighbours(List<Neighbour> all) {
    this.all = List.copyOf(all);
    this.all.forEach(this::add);
  }

  private void add(Neighbour neighbour) {
    Order.links(neighbour.live().spec())
        .distinct()
        .forEach(link -> {
          if (link instanceof Link.Known(var id)) {
            users.computeIfAbsent(id, _ -> new ArrayList<>()).add(neighbour);
          }
        });
    if (!neighbour.wanted() && isParent(neighbour.key().kind())) {
      goingParents.put(neighbour.live().id(), neighbour);
    }
    if (neighbour.live().spec() instanceof TargetGroupSpec group && group.behind().isPresent()) {
      behind.add(neighbour);
    }
  }

  private static boolean isParent(ResourceKind kind) {
    return kind == ResourceKind.LOAD_BALANCER || kind == ResourceKind.LISTENER;
  }

  /** All that is there and that nobody wants. */
  public List<Neighbour> going() {
    return all.stream().filter(neighbour -> !neighbour.wanted()).toList();
  }

  /** What uses the resource of that id. */
  List<Neighbour> users(String id) {
    return users.getOrDefault(id, List.of());
  }

  /** The load balancer or listener that goes and takes this with it. */
  Optional<Neighbour> goingParent(Live live) {
    return Order.links(live.spec())
        .flatMap(link -> Optional.ofNullable(goingParents.get(Order.id(link))).stream())
        .findFirst();
  }

  /** The target groups behind which load balancers stand. */
  List<Neighbour> behind() {
    return behind;
  }
}
