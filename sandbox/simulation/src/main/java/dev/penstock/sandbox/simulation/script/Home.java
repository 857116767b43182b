package dev.penstock.sandbox.simulation.script;

import dev.penstock.sandbox.aws.SandboxWorld;
import dev.penstock.schemas.key.Scope;

/** The places where clusters are at home. */
public enum Home {
  WEST(SandboxWorld.ACCOUNT, SandboxWorld.REGION),
  EAST(SandboxWorld.ACCOUNT, "us-east-2"),
  /** Another account, whose host names are in the zones of the first one. */
  ELSEWHERE("444455556666", SandboxWorld.REGION);

  private final Scope scope;

  Home(String account, String region) {
    this.scope = new Scope(account, region);
  }

  public Scope scope() {
    return scope;
  }

  /** An issued certificate for every host name of the simulation. */
  public String certificate() {
    return "arn:aws:acm:%s:%s:certificate/your-cert".formatted(scope.region(), scope.account());
  }
}
