package dev.penstock.schemas.event;

import dev.penstock.schemas.key.Scope;

/**
 * One record of penstock.events. {@code key} is the readable Kafka key ({@code scope|…}); its
 * position in the scope's partition and its append time are given by the log, never by the writer.
 */
public record Event(Scope scope, String key, EventBody body) {}
