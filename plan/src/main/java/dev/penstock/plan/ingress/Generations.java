package dev.penstock.plan.ingress;

import dev.penstock.schemas.aws.Live;
import dev.penstock.schemas.key.ResourceKind;
import dev.penstock.schemas.table.ObservedRow.Missing;
import dev.penstock.schemas.table.ObservedRow.Presence;
import dev.penstock.schemas.table.ObservedRow.Present;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * The names of a resource and of those that replaced it one after another. A replacement is named
 * as LBC names it, unless one before it has that name: only then its number goes into the hash.
 */
final class Generations {
  private final StackDraft draft;
  private final ResourceKind kind;
  private final String id;

  Generations(StackDraft draft, ResourceKind kind, String id) {
    this.draft = draft;
    this.kind = kind;
    this.id = id;
  }

  /**
   * The name of the newest generation; one that is there keeps the name that it has, since AWS
   * renames nothing.
   *
   * @param names the name with a number, 0 for none
   */
  String name(IntFunction<String> names) {
    int newest = draft.input.successor(kind, id);
    return name(presence(newest))
        .filter(name -> !name.isEmpty())
        .orElseGet(() -> names.apply(isTaken(newest, names.apply(0)) ? newest : 0));
  }

  /** The name of the next generation, which will stand beside the newest one. */
  String next(IntFunction<String> names) {
    int next = draft.input.successor(kind, id) + 1;
    return names.apply(isTaken(next, names.apply(0)) ? next : 0);
  }

  /** By one before it; one that nobody knows may have it. */
  private boolean isTaken(int newest, String name) {
    for (int before = 0; before < newest; before++) {
      var presence = presence(before);
      boolean free =
          presence instanceof Missing || name(presence).filter(n -> !n.equals(name)).isPresent();
      if (!free) {
        return true;
      }
    }
    return false;
  }

  private Presence presence(int generation) {
    return draft.input.cloud().presence(draft.key(kind, id, generation));
  }

  private static Optional<String> name(Presence presence) {
    if (!(presence instanceof Present(var live))) {
      return Optional.empty();
    }
    return switch (live) {
      case Live.LiveLoadBalancer it -> Optional.of(it.spec().name());
      case Live.LiveTargetGroup it -> Optional.of(it.spec().name());
      case Live.LiveSecurityGroup it -> Optional.of(it.spec().name());
      case Live.LiveListener _,
          Live.LiveListenerRule _,
          Live.LiveSecurityGroupRules _,
          Live.LiveCertificate _,
          Live.LiveProtection _,
          Live.LiveRecordName _ ->
          Optional.empty();
    };
  }
}
