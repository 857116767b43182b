package dev.penstock.schemas.table;

/** Something must be decided again; {@code seq} is the first record that said so. */
public record DirtyRow(String subject, long seq, String sentence) implements Row {}
