package dev.penstock.schemas.table;

import dev.penstock.schemas.intent.TargetBinding;

/**
 * A target group and the Service port whose endpoints belong into it. {@code registrationsKnown}:
 * what the target rows do not list as registered is not registered.
 */
public record BindingRow(
    TargetBinding binding, boolean wanted, boolean registrationsKnown, long seq) implements Row {}
