package dev.penstock.schemas.kubernetes;

/** One key and its value, where the order of a list matters. */
public record KeyValue(String key, String value) {}
