package dev.penstock.cli.bench;

import dev.penstock.sandbox.aws.SandboxWorld;
import dev.penstock.sandbox.aws.WorldSpec.InterfaceSpec;
import dev.penstock.sandbox.aws.WorldSpec.RegionSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * Addresses of pods, each given once: the upper parts of two private subnets, whose prefixes belong
 * to interfaces of two nodes.
 */
final class Addresses {
  private static final int ROWS = 12;
  private static final int ROOM = 2 * ROWS * 256;
  private static final List<Integer> FIRST_ROW = List.of(84, 100);

  private int given;

  /** An address and the node that has it, counted as in {@link SandboxWorld#NODES}. */
  record Place(String address, int node) {}

  Place next() {
    if (given == ROOM) {
      throw new IllegalStateException("the bench's world has only " + ROOM + " pod addresses");
    }
    var half = given / (ROOM / 2);
    var within = given % (ROOM / 2);
    given++;
    var row = FIRST_ROW.get(half) + within / 256;
    return new Place("10.0." + row + "." + within % 256, half + 1);
  }

  /** The interfaces that hold the addresses, to be put into AWS. */
  static RegionSpec interfaces() {
    var interfaces = new ArrayList<InterfaceSpec>();
    for (int half = 0; half < FIRST_ROW.size(); half++) {
      var prefixes = new ArrayList<String>();
      for (int p = 0; p < ROWS * 16; p++) {
        prefixes.add("10.0." + (FIRST_ROW.get(half) + p / 16) + "." + 16 * (p % 16) + "/28");
      }
      interfaces.add(
          new InterfaceSpec(
              "eni-00000000000bench" + half,
              SandboxWorld.NODES.get(half + 1),
              "subnet-private-" + (half == 0 ? "b" : "c"),
              List.of("10.0." + FIRST_ROW.get(half) / 16 * 16 + ".1" + half),
              prefixes,
              List.of(),
              List.of(),
              List.of(SandboxWorld.NODE_GROUP)));
    }
    return new RegionSpec(
        SandboxWorld.REGION,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        interfaces,
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }
}
