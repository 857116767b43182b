package dev.penstock.schemas.aws;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An ACM certificate that a listener may use; of the tags those of controllers, where they were
 * asked for.
 */
public record Certificate(
    String arn,
    List<String> names,
    String type,
    String status,
    Optional<String> authorityArn,
    Map<String, String> tags) {}
