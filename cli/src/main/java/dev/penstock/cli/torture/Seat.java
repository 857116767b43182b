package dev.penstock.cli.torture;

import dev.penstock.cli.roles.Installation.Role;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** One process of the installation: a role, and which instance of it. */
enum Seat {
  WATCH_A(Role.WATCH, "a"),
  STREAM_A(Role.STREAM, "a"),
  APPLY_A(Role.APPLY, "a"),
  STREAM_B(Role.STREAM, "b"),
  APPLY_B(Role.APPLY, "b");

  private final Role role;
  private final String instance;

  Seat(Role role, String instance) {
    this.role = role;
    this.instance = instance;
  }

  Role role() {
    return role;
  }

  String instance() {
    return instance;
  }

  /** Whether it runs only while another one may take over. */
  boolean second() {
    return instance.equals("b");
  }

  /** The processes that run with or without the second ones. */
  static List<Seat> all(boolean paired) {
    return List.of(values()).stream().filter(seat -> paired || !seat.second()).toList();
  }

  /** What a process of the role talks to. */
  Set<Edge> edges() {
    return switch (role) {
      case WATCH -> EnumSet.of(Edge.KAFKA, Edge.REGISTRY, Edge.CLUSTER_1, Edge.CLUSTER_2);
      case STREAM -> EnumSet.of(Edge.KAFKA, Edge.REGISTRY);
      case APPLY, APPLY_KUBERNETES -> EnumSet.allOf(Edge.class);
    };
  }

  /** Every network of a process. */
  List<Link> links() {
    var links = new ArrayList<Link>();
    edges().forEach(edge -> links.add(new Link(this, edge)));
    return links;
  }

  @Override
  public String toString() {
    return role.command() + " (" + instance + ")";
  }
}
