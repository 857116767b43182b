package dev.penstock.schemas.kubernetes;

/** A condition of an object's status; {@code status} is True, False or Unknown. */
public record Condition(String type, String status, String reason, String message) {}
