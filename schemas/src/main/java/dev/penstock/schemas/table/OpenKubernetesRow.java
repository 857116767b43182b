package dev.penstock.schemas.table;

import dev.penstock.schemas.command.KubernetesCommand;

/** The open command of a Kubernetes object. */
public record OpenKubernetesRow(KubernetesCommand command, String attemptedBy) implements Row {}
