package dev.penstock.sandbox.simulation.script;

import static dev.penstock.sandbox.simulation.script.Family.APPS;
import static dev.penstock.sandbox.simulation.script.Family.CLOUD;
import static dev.penstock.sandbox.simulation.script.Family.CLUSTERS;
import static dev.penstock.sandbox.simulation.script.Family.HANDS;
import static dev.penstock.sandbox.simulation.script.Family.NODES;
import static dev.penstock.sandbox.simulation.script.Family.OPERATORS;
import static dev.penstock.sandbox.simulation.script.Family.RIVALS;
import static dev.penstock.sandbox.simulation.script.Family.ROUTES;
import static java.util.Map.entry;

import java.util.Map;

/** Which families of deeds a script is made of, and how often each. */
public enum Scenario {
  ROLLOUT(
      "pods come and go: rolling updates, scaling, nodes",
      0,
      4,
      Map.of(APPS, 8, NODES, 3, CLOUD, 1)),
  GROUPS(
      "Ingresses join, leave, reorder and spoil their groups",
      2,
      6,
      Map.of(ROUTES, 8, APPS, 1, CLOUD, 1, HANDS, 1)),
  NAMES(
      "few host names and many who want them, in several clusters",
      1,
      2,
      Map.of(ROUTES, 6, HANDS, 2, OPERATORS, 1, CLOUD, 1)),
  OUTAGE(
      "API servers and AWS fail, lag and refuse",
      1,
      6,
      Map.of(CLUSTERS, 4, CLOUD, 5, APPS, 3, ROUTES, 2)),
  NEIGHBOURS(
      "people and another controller in the same AWS account",
      1,
      6,
      Map.of(HANDS, 6, RIVALS, 3, ROUTES, 2, APPS, 2)),
  MACHINES(
      "our own machines die, stand still and are overtaken; the broker goes away",
      1,
      6,
      Map.of(Family.MACHINES, 6, APPS, 3, ROUTES, 3, CLOUD, 1)),
  EVERYTHING(
      "all of it",
      2,
      4,
      Map.ofEntries(
          entry(APPS, 5),
          entry(ROUTES, 5),
          entry(NODES, 2),
          entry(Family.MACHINES, 3),
          entry(CLUSTERS, 3),
          entry(CLOUD, 4),
          entry(HANDS, 3),
          entry(RIVALS, 1),
          entry(OPERATORS, 2)));

  private final String sentence;
  private final int groups;
  private final int hosts;
  private final Map<Family, Integer> weights;

  Scenario(String sentence, int groups, int hosts, Map<Family, Integer> weights) {
    this.sentence = sentence;
    this.groups = groups;
    this.hosts = hosts;
    this.weights = weights;
  }

  /** How often deeds of a family are drawn, beside the others. */
  int weight(Family family) {
    return weights.getOrDefault(family, 0);
  }

  /** What it is about, for people. */
  public String sentence() {
    return sentence;
  }

  /** How many IngressGroups there are in each cluster. */
  int groups() {
    return groups;
  }

  /** How many host names there are to choose from. */
  int hosts() {
    return hosts;
  }
}
