package dev.penstock.schemas.command;

/**
 * Why a command exists: the record that led to it. {@code subject} is the text of an object key, a
 * resource key or a person; {@code sentence} is for people.
 */
public record Cause(long seq, String subject, String sentence) {}
