package dev.penstock.cli;

import dev.penstock.cli.config.ConfigRefused;
import dev.penstock.cli.config.InstanceConfig;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a command finds addresses and credentials. */
public final class ConfigOptions {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "addresses and credentials (default: the file that PENSTOCK_CONFIG names)")
  private @Nullable Path file;

  /**
   * The instance's configuration: the file, then the environment.
   *
   * @throws ConfigRefused naming every problem
   */
  public InstanceConfig config() throws ConfigRefused {
    var environment = System.getenv();
    var path =
        Optional.ofNullable(file)
            .or(() -> Optional.ofNullable(environment.get("PENSTOCK_CONFIG")).map(Path::of));
    return InstanceConfig.read(path, environment);
  }
}
