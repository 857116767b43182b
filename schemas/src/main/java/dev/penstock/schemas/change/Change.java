package dev.penstock.schemas.change;

import dev.penstock.schemas.key.Scope;
import java.time.Instant;

/**
 * One element of the public change stream, with the attributes of CloudEvents 1.0: {@code id} is
 * unique inside {@code source}; {@code subject} is the text of the resource or object key.
 */
public record Change(
    String id,
    String source,
    String type,
    String subject,
    Instant time,
    Scope scope,
    long seq,
    ChangeBody body) {}
