package dev.penstock.sandbox.conformance;

/**
 * A case and what became of it.
 *
 * @param area family and area, as {@code ingress/rules}
 */
public record CaseResult(String area, String name, Judgement judgement) {}
