package dev.penstock.schemas.aws;

/** What DescribeTargetHealth says of one target; the words are AWS's (AWS API: TargetHealth). */
public record TargetHealth(Target target, String state, String reason, String description) {}
