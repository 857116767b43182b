package dev.penstock.cli.torture;

/** The network between one process and what it talks to. */
record Link(Seat seat, Edge edge) {
  /** Without the instance. */
  String kind() {
    return seat.role().command() + " - " + edge.word();
  }

  @Override
  public String toString() {
    return seat + " - " + edge;
  }
}
