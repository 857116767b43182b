package dev.penstock.cli.demo;

import java.util.List;

/** Something a person does, and what must then be seen. */
record Scene(String title, Deed deed, List<Step> steps) {
  /** What a person does. */
  interface Deed {
    void perform();
  }

  /** Something that must be seen in the simulator's or the cluster's own state. */
  record Step(String title, Sight sight) {}

  /**
   * Looks once: {@code Seen} with a detail for people, or {@code NotYet} with what is there
   * instead.
   */
  interface Sight {
    Look look();
  }

  sealed interface Look {
    record Seen(String detail) implements Look {}

    record NotYet(String instead) implements Look {}

    static Look of(boolean seen, String detail) {
      return seen ? new Seen(detail) : new NotYet(detail);
    }
  }
}
