package dev.penstock.edges.aws;

/** What a call takes from one bucket; {@code limit} names the {@link Rates} line that fills it. */
public record Cost(String bucket, String limit, double tokens) {}
