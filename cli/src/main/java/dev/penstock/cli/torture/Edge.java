package dev.penstock.cli.torture;

/** What processes talk to. */
enum Edge {
  KAFKA("Kafka"),
  REGISTRY("schema registry"),
  AWS("AWS"),
  CLUSTER_1("Kubernetes"),
  CLUSTER_2("Kubernetes");

  private final String word;

  Edge(String word) {
    this.word = word;
  }

  /** What it is, whichever of them. */
  String word() {
    return word;
  }
}
