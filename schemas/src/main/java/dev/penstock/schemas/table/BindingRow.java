package dev.penstock.schemas.table;

import dev.penstock.schemas.aws.Permission;
import dev.penstock.schemas.intent.TargetBinding;
import dev.penstock.schemas.kubernetes.TargetGroupBinding.NetworkingPort;
import java.util.List;

/**
 * A target group and the Service port whose endpoints belong into it, with who must reach these
 * endpoints. {@code endpointsKnown}: the target rows show what the cluster shows; {@code
 * registrationsKnown}: what they do not list as registered is not registered; {@code seq}: the last
 * record that changed the binding or its endpoints, or made room in the group.
 */
public record BindingRow(
    TargetBinding binding,
    List<Access> accesses,
    boolean wanted,
    Departure departure,
    boolean endpointsKnown,
    boolean registrationsKnown,
    long seq)
    implements Row {
  /** One source and the ports that it must reach. */
  public record Access(Permission.Source source, List<NetworkingPort> ports) {}

  /**
   * Whether the object that a person made for the binding goes; it serves until that is decided.
   */
  public enum Departure {
    NONE,
    /** Somebody was seen to delete it. */
    REQUESTED,
    /** It is gone, and nobody was seen to ask for it. */
    INFERRED
  }

  public BindingRow withDeparture(Departure now) {
    return new BindingRow(binding, accesses, wanted, now, endpointsKnown, registrationsKnown, seq);
  }

  public BindingRow withEndpointsKnown(boolean known) {
    return new BindingRow(binding, accesses, wanted, departure, known, registrationsKnown, seq);
  }

  public BindingRow withRegistrationsKnown(boolean known) {
    return new BindingRow(binding, accesses, wanted, departure, endpointsKnown, known, seq);
  }

  /** What is wanted changed, or what stood in its way. */
  public BindingRow changedAt(long now) {
    return new BindingRow(
        binding, accesses, wanted, departure, endpointsKnown, registrationsKnown, now);
  }
}
