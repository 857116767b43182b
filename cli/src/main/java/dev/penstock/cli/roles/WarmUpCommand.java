package dev.penstock.cli.roles;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code penstock warm-up}: the training run of the AOT cache; changes nothing anywhere. */
@Command(
    name = "warm-up",
    hidden = true,
    mixinStandardHelpOptions = true,
    description = "Loads what the roles need, for the AOT cache of the launcher, and ends.")
public final class WarmUpCommand implements Callable<Integer> {
  @Override
  public Integer call() throws Exception {
    WarmUpMain.run();
    return 0;
  }
}
