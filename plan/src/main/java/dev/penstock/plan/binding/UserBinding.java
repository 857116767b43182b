package dev.penstock.plan.binding;

import dev.penstock.schemas.intent.Problem;
import dev.penstock.schemas.intent.TargetBinding;

/** What a TargetGroupBinding that a person wrote comes to. */
public sealed interface UserBinding {

  /** Its endpoints belong into the group. */
  record Made(TargetBinding binding) implements UserBinding {}

  /** The group must be read first. */
  record Unread() implements UserBinding {}

  /** It cannot be made; what stood before stays. */
  record Refused(Problem problem) implements UserBinding {}
}
