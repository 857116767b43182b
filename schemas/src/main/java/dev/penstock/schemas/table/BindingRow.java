package dev.penstock.schemas.table;

import dev.penstock.schemas.intent.TargetBinding;

/** A target group and the Service port whose endpoints belong into it. */
public record BindingRow(TargetBinding binding, boolean wanted, long seq) implements Row {}
