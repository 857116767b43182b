package dev.penstock.sandbox.simulation.script;

import dev.penstock.sandbox.simulation.script.AppDeed.DeleteNamespace;
import dev.penstock.sandbox.simulation.script.AppDeed.DeletePod;
import dev.penstock.sandbox.simulation.script.AppDeed.DeleteService;
import dev.penstock.sandbox.simulation.script.AppDeed.Deploy;
import dev.penstock.sandbox.simulation.script.AppDeed.Gate;
import dev.penstock.sandbox.simulation.script.AppDeed.Heal;
import dev.penstock.sandbox.simulation.script.AppDeed.KillPod;
import dev.penstock.sandbox.simulation.script.AppDeed.Remove;
import dev.penstock.sandbox.simulation.script.AppDeed.Roll;
import dev.penstock.sandbox.simulation.script.AppDeed.Scale;
import dev.penstock.sandbox.simulation.script.AppDeed.Sicken;
import dev.penstock.sandbox.simulation.script.AppDeed.Stick;
import dev.penstock.sandbox.simulation.script.NodeDeed.NodeFails;
import dev.penstock.sandbox.simulation.script.NodeDeed.NodeLeaves;
import dev.penstock.sandbox.simulation.script.NodeDeed.NodeTainted;
import dev.penstock.sandbox.simulation.script.NodeDeed.NodesRecover;
import dev.penstock.sandbox.simulation.script.NodeDeed.NodesReturn;
import dev.penstock.sandbox.simulation.script.NodeDeed.NodesUntainted;
import dev.penstock.sandbox.simulation.script.OperatorDeed.ApproveAll;
import dev.penstock.sandbox.simulation.script.OperatorDeed.ChangeSetting;
import dev.penstock.sandbox.simulation.script.OperatorDeed.Checkpoint;
import dev.penstock.sandbox.simulation.script.OperatorDeed.DropMember;
import dev.penstock.sandbox.simulation.script.OperatorDeed.Manage;
import dev.penstock.sandbox.simulation.script.OperatorDeed.PauseCluster;
import dev.penstock.sandbox.simulation.script.OperatorDeed.PauseName;
import dev.penstock.sandbox.simulation.script.OperatorDeed.PauseStack;
import dev.penstock.sandbox.simulation.script.OperatorDeed.ResumeAll;
import dev.penstock.sandbox.simulation.script.OperatorDeed.Shadow;
import dev.penstock.sandbox.simulation.script.RivalDeed.RivalArrives;
import dev.penstock.sandbox.simulation.script.RivalDeed.RivalLeaves;
import dev.penstock.sandbox.simulation.script.RivalDeed.RivalOpensPort;
import dev.penstock.sandbox.simulation.script.RivalDeed.RivalRegisters;
import java.util.List;

/** Draws one deed of a family, and what may undo it. */
final class Makers {
  private final Dice dice;
  private final ScriptFleet fleet;
  private final Scenario scenario;
  private final RouteDraw routes;
  private final TroubleDraw troubles;
  private final HandDraw hands;
  private final MachineDraw machines;

  Makers(Dice dice, ScriptFleet fleet, Scenario scenario) {
    this.dice = dice;
    this.fleet = fleet;
    this.scenario = scenario;
    this.routes = new RouteDraw(dice, fleet, scenario);
    this.troubles = new TroubleDraw(dice);
    this.hands = new HandDraw(dice);
    this.machines = new MachineDraw(dice);
  }

  List<Deed> of(Family family) {
    var cluster = dice.one(fleet.numbers());
    var app = dice.upTo(fleet.apps());
    return switch (family) {
      case APPS -> app(cluster, app);
      case ROUTES -> routes.deeds(cluster, app);
      case NODES -> node(cluster, dice.upTo(ScriptFleet.NODES));
      case CLUSTERS -> troubles.ofCluster(cluster, app);
      case CLOUD -> List.of(troubles.ofCloud());
      case HANDS -> hands.deeds(cluster, dice.upTo(scenario.hosts()));
      case RIVALS -> rival(cluster, app);
      case MACHINES -> List.of(new MachineDeed.Strike(machines.draw(cluster)));
      case OPERATORS -> operator(cluster, app);
    };
  }

  private List<Deed> app(int cluster, int app) {
    var pod = dice.upTo(3);
    var replicas = dice.upTo(4);
    return dice.deeds(
        () -> List.of(new Scale(cluster, app, replicas)),
        () -> List.of(new Scale(cluster, app, 0), new Scale(cluster, app, replicas)),
        () -> List.of(new Roll(cluster, app, dice.upTo(99)), new Roll(cluster, app, dice.upTo(99))),
        () -> List.of(new Roll(cluster, app, dice.upTo(99))),
        () -> List.of(new Gate(cluster, app)),
        () -> List.of(new DeletePod(cluster, app, pod)),
        () -> List.of(new KillPod(cluster, app, pod)),
        () -> List.of(new Sicken(cluster, app, pod), new Heal(cluster, app)),
        () -> List.of(new Stick(cluster, app, pod), new KillPod(cluster, app, pod)),
        () -> List.of(new DeleteService(cluster, app), new Deploy(cluster, app, replicas, false)),
        () -> List.of(new Remove(cluster, app), new Deploy(cluster, app, replicas, false)),
        () -> namespace(cluster, app, replicas));
  }

  private List<Deed> namespace(int cluster, int app, int replicas) {
    var namespace = ScriptFleet.namespace(2);
    return List.of(
        new DeleteNamespace(cluster, namespace), new Deploy(cluster, app, replicas, false));
  }

  private List<Deed> node(int cluster, int node) {
    return dice.deeds(
        () -> List.of(new NodeLeaves(cluster, node), new NodesReturn(cluster)),
        () -> List.of(new NodeFails(cluster, node), new NodesRecover(cluster)),
        () -> List.of(new NodeTainted(cluster, node), new NodesUntainted(cluster)));
  }

  private List<Deed> rival(int cluster, int app) {
    return dice.deeds(
        () -> List.of(new RivalArrives(cluster), new RivalLeaves(cluster)),
        () -> List.of(new RivalArrives(cluster), new RivalRegisters(cluster, app)),
        () -> List.of(new RivalArrives(cluster), new RivalOpensPort(cluster, 8000 + app)),
        () -> List.of(new RivalRegisters(cluster, app), new RivalLeaves(cluster)));
  }

  private List<Deed> operator(int cluster, int app) {
    var all = dice.percent(30);
    return dice.deeds(
        () -> List.of(new ChangeSetting(dice.one(Setting.values()))),
        () -> List.of(new ChangeSetting(dice.one(Setting.values()))),
        () -> List.of(new ApproveAll()),
        () -> List.of(new PauseCluster(cluster, all), new ResumeAll()),
        () -> List.of(new PauseStack(cluster, dice.upTo(4), all), new ResumeAll()),
        () -> List.of(new PauseName(dice.upTo(scenario.hosts())), new ResumeAll()),
        () -> List.of(new Shadow(cluster), new Manage(cluster)),
        () -> List.of(new DropMember(cluster, app)),
        () -> List.of(new Checkpoint()));
  }
}
