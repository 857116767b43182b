package dev.penstock.sandbox.simulation.script;

import static dev.penstock.sandbox.simulation.script.Family.APPS;
import static dev.penstock.sandbox.simulation.script.Family.CLOUD;
import static dev.penstock.sandbox.simulation.script.Family.CLUSTERS;
import static dev.penstock.sandbox.simulation.script.Family.HANDS;
import static dev.penstock.sandbox.simulation.script.Family.NODES;
import static dev.penstock.sandbox.simulation.script.Family.OPERATORS;
import static dev.penstock.sandbox.simulation.script.Family.RIVALS;
import static dev.penstock.sandbox.simulation.script.Family.ROUTES;

import java.util.EnumMap;
import java.util.Map;

/** Which families of deeds a script is made of, and how often each. */
public enum Scenario {
  ROLLOUT("pods come and go: rolling updates, scaling, nodes", 0, 4) {
    @Override
    void weigh(Map<Family, Integer> weights) {
      weights.putAll(Map.of(APPS, 8, NODES, 3, CLOUD, 1));
    }
  },
  GROUPS("Ingresses join, leave, reorder and spoil their groups", 2, 6) {
    @Override
    void weigh(Map<Family, Integer> weights) {
      weights.putAll(Map.of(ROUTES, 8, APPS, 1, CLOUD, 1, HANDS, 1));
    }
  },
  NAMES("few host names and many who want them, in several clusters", 1, 2) {
    @Override
    void weigh(Map<Family, Integer> weights) {
      weights.putAll(Map.of(ROUTES, 6, HANDS, 2, OPERATORS, 1, CLOUD, 1));
    }
  },
  OUTAGE("API servers and AWS fail, lag and refuse", 1, 6) {
    @Override
    void weigh(Map<Family, Integer> weights) {
      weights.putAll(Map.of(CLUSTERS, 4, CLOUD, 5, APPS, 3, ROUTES, 2));
    }
  },
  NEIGHBOURS("people and another controller in the same AWS account", 1, 6) {
    @Override
    void weigh(Map<Family, Integer> weights) {
      weights.putAll(Map.of(HANDS, 6, RIVALS, 3, ROUTES, 2, APPS, 2));
    }
  },
  MACHINES("our own machines die, stand still and are overtaken; the broker goes away", 1, 6) {
    @Override
    void weigh(Map<Family, Integer> weights) {
      weights.putAll(Map.of(Family.MACHINES, 6, APPS, 3, ROUTES, 3, CLOUD, 1));
    }
  },
  EVERYTHING("all of it", 2, 4) {
    @Override
    void weigh(Map<Family, Integer> weights) {
      weights.putAll(
          Map.of(
              APPS,
              5,
              ROUTES,
              5,
              NODES,
              2,
              Family.MACHINES,
              3,
              CLUSTERS,
              3,
              CLOUD,
              4,
              HANDS,
              3,
              RIVALS,
              1,
              OPERATORS,
              2));
    }
  };

  private final String sentence;
  private final int groups;
  private final int hosts;

  Scenario(String sentence, int groups, int hosts) {
    this.sentence = sentence;
    this.groups = groups;
    this.hosts = hosts;
  }

  abstract void weigh(Map<Family, Integer> weights);

  Map<Family, Integer> weights() {
    var weights = new EnumMap<Family, Integer>(Family.class);
    weigh(weights);
    return weights;
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
