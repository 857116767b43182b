package dev.penstock.schemas.table;

/** An index entry: the key says who refers to whom. */
public record ReferenceRow(String from) implements Row {}
