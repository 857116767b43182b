package dev.penstock.sandbox.local;

import dev.penstock.schemas.settings.ScopeSettings;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a sandbox is asked to be. {@code speed} divides the times of the simulated world (probes,
 * health, provisioning, draining, propagation); {@code behaviour} is the preset of our own timers.
 * A port 0 is chosen freely.
 */
public record SandboxSettings(
    Path folder,
    Ports ports,
    double speed,
    String preset,
    ScopeSettings behaviour,
    Optional<Path> kubeconfig,
    String cluster) {

  public record Ports(int kafka, int registry, int kubernetes, int aws, int api) {
    /** The fixed ports of {@code penstock sandbox}. */
    public static Ports fixed() {
      return new Ports(19092, 18081, 16443, 14566, 18080);
    }

    /** Free ports, for tests and the demo. */
    public static Ports free() {
      return new Ports(0, 0, 0, 0, 0);
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
