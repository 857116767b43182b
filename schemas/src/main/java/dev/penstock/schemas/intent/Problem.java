package dev.penstock.schemas.intent;

/**
 * What is wrong with a member, for its owner. {@code reason} is a CamelCase word of a stable list,
 * as in Kubernetes Events.
 */
public record Problem(String reason, String message) {}
