package dev.penstock.schemas.command;

import dev.penstock.schemas.avro.Default;

/**
 * Why a command exists: the record that led to it. {@code subject} is the text of an object key, a
 * resource key or a person; {@code sentence} is for people. {@code otherCode}: it exists only
 * because other deciding code than before decides, and nobody asked.
 */
public record Cause(
    long seq, String subject, String sentence, @Default("false") boolean otherCode) {}
