package dev.penstock.schemas.aws;

import java.util.Map;

/** A Route 53 hosted zone; the name ends with a dot. */
public record HostedZone(String id, String name, boolean privateZone, Map<String, String> tags) {}
