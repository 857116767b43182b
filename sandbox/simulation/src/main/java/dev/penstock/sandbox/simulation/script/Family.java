package dev.penstock.sandbox.simulation.script;

/** The families of deeds, by the word that {@code --faults} knows. */
public enum Family {
  APPS("apps", AppDeed.class),
  ROUTES("routes", RouteDeed.class),
  NODES("nodes", NodeDeed.class),
  CLUSTERS("clusters", ClusterTrouble.class),
  CLOUD("aws", CloudTrouble.class),
  HANDS("hands", HandDeed.class),
  RIVALS("rivals", RivalDeed.class),
  OPERATORS("operators", OperatorDeed.class),
  MACHINES("machines", MachineDeed.class);

  private final String word;
  private final Class<? extends Deed> type;

  Family(String word, Class<? extends Deed> type) {
    this.word = word;
    this.type = type;
  }

  public String word() {
    return word;
  }

  /** Whether its deeds are what users do anyway, and not what goes wrong. */
  public boolean isWork() {
    return switch (this) {
      case APPS, ROUTES, NODES -> true;
      case CLUSTERS, CLOUD, HANDS, RIVALS, OPERATORS, MACHINES -> false;
    };
  }

  boolean has(Deed deed) {
    return type.isInstance(deed);
  }
}
