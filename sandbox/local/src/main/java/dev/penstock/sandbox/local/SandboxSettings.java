package dev.penstock.sandbox.local;

import dev.penstock.sandbox.broker.StartFailed;
import dev.penstock.schemas.settings.ScopeSettings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Optional;

/**
 * What a sandbox is asked to be. {@code speed} divides the times of the simulated world (probes,
 * health, provisioning, draining, propagation); {@code behaviour} is the preset of our own timers.
 */
public record SandboxSettings(
    Path folder,
    Ports ports,
    double speed,
    String preset,
    ScopeSettings behaviour,
    Optional<Path> kubeconfig,
    String cluster) {

  /** Where each part listens; 0 is any free port. */
  public record Ports(
      int kafka, int kafkaController, int registry, int kubernetes, int aws, int api) {

    /** Free ports, for tests and the demo. */
    public static Ports free() {
      return new Ports(0, 0, 0, 0, 0, 0);
    }

    /**
     * Looks at every port before anything starts.
     *
     * @throws StartFailed naming the port in use and the option that chooses another
     */
    void require() throws StartFailed {
      var options = new LinkedHashMap<String, Integer>();
      options.put("--kafka-port", kafka);
      options.put("--kafka-controller-port", kafkaController);
      options.put("--registry-port", registry);
      options.put("--kubernetes-port", kubernetes);
      options.put("--aws-port", aws);
      options.put("--api-port", api);
      for (var option : options.entrySet()) {
        if (option.getValue() != 0) {
          dev.penstock.sandbox.broker.Ports.require(option.getValue(), option.getKey());
        }
      }
    }
  }

  /** The named presets of our own timers. */
  public static Optional<ScopeSettings> preset(String name) {
    return switch (name) {
      case "demo" -> Optional.of(ScopeSettings.demo());
      case "production" -> Optional.of(ScopeSettings.defaults());
      default -> Optional.empty();
    };
  }
}
