package dev.penstock.sandbox.simulation.script;

import dev.penstock.sandbox.simulation.script.HandDeed.AddRule;
import dev.penstock.sandbox.simulation.script.HandDeed.AuthorizePermission;
import dev.penstock.sandbox.simulation.script.HandDeed.DeleteListener;
import dev.penstock.sandbox.simulation.script.HandDeed.DeleteLoadBalancer;
import dev.penstock.sandbox.simulation.script.HandDeed.DeleteRecord;
import dev.penstock.sandbox.simulation.script.HandDeed.DeleteRule;
import dev.penstock.sandbox.simulation.script.HandDeed.DeleteTargetGroup;
import dev.penstock.sandbox.simulation.script.HandDeed.DeregisterTarget;
import dev.penstock.sandbox.simulation.script.HandDeed.EditAttribute;
import dev.penstock.sandbox.simulation.script.HandDeed.EditHealthCheck;
import dev.penstock.sandbox.simulation.script.HandDeed.EditListener;
import dev.penstock.sandbox.simulation.script.HandDeed.EditRecord;
import dev.penstock.sandbox.simulation.script.HandDeed.EditRule;
import dev.penstock.sandbox.simulation.script.HandDeed.EditTag;
import dev.penstock.sandbox.simulation.script.HandDeed.ForeignRecord;
import dev.penstock.sandbox.simulation.script.HandDeed.RegisterStranger;
import dev.penstock.sandbox.simulation.script.HandDeed.RemoveForeignRecord;
import dev.penstock.sandbox.simulation.script.HandDeed.RevokePermission;
import java.util.List;

/** Draws what a person changes in AWS by hand. */
final class HandDraw {
  private final Dice dice;

  HandDraw(Dice dice) {
    this.dice = dice;
  }

  List<Deed> deeds(int cluster, int host) {
    var which = dice.upTo(8);
    var priority = dice.one(1, 2, 3, 50, 700);
    return dice.deeds(
        () -> List.of(new DeleteLoadBalancer(cluster, which)),
        () -> List.of(new DeleteListener(cluster, which)),
        () -> List.of(new EditListener(cluster, which)),
        () -> List.of(new DeleteRule(cluster, which)),
        () -> List.of(new EditRule(cluster, which)),
        () -> List.of(new AddRule(cluster, which, priority)),
        () -> List.of(new DeleteTargetGroup(cluster, which)),
        () -> List.of(new EditHealthCheck(cluster, which)),
        () -> List.of(new DeregisterTarget(cluster, which)),
        () -> List.of(new RegisterStranger(cluster, which)),
        () -> List.of(new EditAttribute(cluster, which)),
        () -> List.of(new EditTag(cluster, which)),
        () -> List.of(new RevokePermission(cluster, which)),
        () -> List.of(new AuthorizePermission(cluster, which)),
        () -> List.of(new EditRecord(cluster, which)),
        () -> List.of(new DeleteRecord(cluster, which)),
        () -> List.of(new ForeignRecord(cluster, host), new RemoveForeignRecord(cluster, host)));
  }
}
