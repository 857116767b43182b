package dev.penstock.schemas.table;

import java.time.Instant;

/** What the differ last said of a resource, for people and for the change stream. */
public record VerdictRow(
    VerdictKind verdict, String sentence, long seq, Instant since, int failures) implements Row {}
