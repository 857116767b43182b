package dev.penstock.sandbox.simulation.script;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Something that somebody does, or that breaks. Everything in it is drawn already; clusters,
 * applications and groups are numbered from 1. A deed on what does not exist has no effect, so that
 * each can be left out of a script.
 */
public sealed interface Deed
    permits AppDeed,
        RouteDeed,
        NodeDeed,
        ClusterTrouble,
        CloudTrouble,
        HandDeed,
        RivalDeed,
        OperatorDeed,
        MachineDeed {

  /** The names of all kinds of deeds, by family. */
  static List<Class<?>> kinds() {
    var kinds = new ArrayList<Class<?>>();
    Arrays.stream(Deed.class.getPermittedSubclasses())
        .flatMap(family -> Stream.of(family.getPermittedSubclasses()))
        .forEach(kinds::add);
    return List.copyOf(kinds);
  }
}
