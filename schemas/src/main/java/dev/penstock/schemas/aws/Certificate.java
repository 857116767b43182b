package dev.penstock.schemas.aws;

import java.util.List;
import java.util.Optional;

/** An ACM certificate that a listener may use. */
public record Certificate(
    String arn, List<String> names, String type, String status, Optional<String> authorityArn) {}
