package dev.penstock.schemas.table;

import dev.penstock.schemas.aws.Permission;
import dev.penstock.schemas.intent.TargetBinding;
import dev.penstock.schemas.kubernetes.TargetGroupBinding.NetworkingPort;
import java.util.List;

/**
 * A target group and the Service port whose endpoints belong into it, with who must reach these
 * endpoints. {@code endpointsKnown}: the target rows show what the cluster shows; {@code
 * registrationsKnown}: what they do not list as registered is not registered.
 */
public record BindingRow(
    TargetBinding binding,
    List<Access> accesses,
    boolean wanted,
    boolean endpointsKnown,
    boolean registrationsKnown,
    long seq)
    implements Row {
  /** One source and the ports that it must reach. */
  public record Access(Permission.Source source, List<NetworkingPort> ports) {}

  public BindingRow withEndpointsKnown(boolean known) {
    return new BindingRow(binding, accesses, wanted, known, registrationsKnown, seq);
  }

  public BindingRow withRegistrationsKnown(boolean known) {
    return new BindingRow(binding, accesses, wanted, endpointsKnown, known, seq);
  }
}
