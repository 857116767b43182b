package dev.penstock.schemas.table;

import dev.penstock.schemas.kubernetes.KubernetesObject;

/** An object as last published; {@code seq} is the record that last changed its content. */
public record ObjectRow(KubernetesObject object, String tenure, String fingerprint, long seq)
    implements Row {}
