package dev.penstock.sandbox.simulation.run;

import dev.penstock.edges.log.LogFailed;
import dev.penstock.sandbox.kubernetes.rules.Refusal;
import dev.penstock.sandbox.simulation.script.AppDeed;
import dev.penstock.sandbox.simulation.script.CloudTrouble;
import dev.penstock.sandbox.simulation.script.ClusterTrouble;
import dev.penstock.sandbox.simulation.script.Deed;
import dev.penstock.sandbox.simulation.script.HandDeed;
import dev.penstock.sandbox.simulation.script.MachineDeed;
import dev.penstock.sandbox.simulation.script.NodeDeed;
import dev.penstock.sandbox.simulation.script.OperatorDeed;
import dev.penstock.sandbox.simulation.script.RivalDeed;
import dev.penstock.sandbox.simulation.script.RouteDeed;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;

/** Gives each deed to the hand that does it. What the world refuses has no effect. */
final class Performer {
  private final PlayedWorld world;
  private final AppHand apps;
  private final RouteHand routes;
  private final NodeHand nodes;
  private final TroubleHand troubles;
  private final AwsHand aws;
  private final RivalHand rivals;
  private final OperatorHand operator;
  private final List<Deed> refused = new ArrayList<>();

  Performer(PlayedWorld world) {
    this.world = world;
    this.apps = new AppHand(world);
    this.routes = new RouteHand(world);
    this.nodes = new NodeHand(world);
    this.troubles = new TroubleHand(world, nodes);
    this.aws = new AwsHand(world);
    this.rivals = new RivalHand(world);
    this.operator = new OperatorHand(world);
  }

  void perform(Deed deed) throws LogFailed {
    try {
      give(deed);
    } catch (Refusal | SdkException _) {
      refused.add(deed);
    }
  }

  /** What the cluster or AWS refused, in whole or from some step on. */
  List<Deed> refused() {
    return refused;
  }

  /** Nothing goes wrong any more, and nobody stands in the way. */
  void calm() throws LogFailed {
    world.pipeline().calm();
    troubles.calm();
    apps.release();
    operator.calm();
  }

  /** The operator looks at what waits for a person; false if nothing did. */
  boolean attend() throws LogFailed {
    return operator.attend();
  }

  private void give(Deed deed) throws LogFailed {
    switch (deed) {
      case AppDeed it -> apps.perform(it);
      case RouteDeed it -> routes.perform(it);
      case NodeDeed it -> nodes.perform(it);
      case ClusterTrouble it -> troubles.perform(it);
      case CloudTrouble it -> troubles.perform(it);
      case HandDeed it -> aws.perform(it);
      case RivalDeed it -> rivals.perform(it);
      case MachineDeed.Strike(var trouble) -> world.pipeline().strike(trouble);
      case OperatorDeed it -> operator.perform(it);
    }
  }
}
