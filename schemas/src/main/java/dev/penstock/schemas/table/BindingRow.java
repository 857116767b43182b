package dev.penstock.schemas.table;

import dev.penstock.schemas.aws.Permission;
import dev.penstock.schemas.intent.Problem;
import dev.penstock.schemas.intent.TargetBinding;
import dev.penstock.schemas.kubernetes.TargetGroupBinding.NetworkingPort;
import java.util.List;

/**
 * A target group and the Service port whose endpoints belong into it, with who must reach these
 * endpoints. {@code endpointsKnown}: the target rows show what the cluster shows; {@code
 * registrationsKnown}: what they do not list as registered is not registered; {@code seq}: the last
 * record that changed the binding or its endpoints, or made room in the group; {@code problems}:
 * what its owner is told of its targets.
 */
public record BindingRow(
    TargetBinding binding,
    List<Access> accesses,
    boolean wanted,
    Departure departure,
    boolean endpointsKnown,
    boolean registrationsKnown,
    long seq,
    List<Problem> problems)
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
    return new BindingRow(
        binding, accesses, wanted, now, endpointsKnown, registrationsKnown, seq, problems);
  }

  public BindingRow withEndpointsKnown(boolean known) {
    return new BindingRow(
        binding, accesses, wanted, departure, known, registrationsKnown, seq, problems);
  }

  public BindingRow withRegistrationsKnown(boolean known) {
    return new BindingRow(
        binding, accesses, wanted, departure, endpointsKnown, known, seq, problems);
  }

  public BindingRow withProblems(List<Problem> now) {
    return new BindingRow(
        binding, accesses, wanted, departure, endpointsKnown, registrationsKnown, seq, now);
  }

  /** What is wanted changed, or what stood in its way. */
  public BindingRow changedAt(long now) {
    return new BindingRow(
        binding, accesses, wanted, departure, endpointsKnown, registrationsKnown, now, problems);
  }

  /** Nobody wants it any more. */
  public BindingRow releasedAt(long now) {
    return new BindingRow(
        binding, accesses, false, departure, endpointsKnown, registrationsKnown, now, problems);
  }
}
