package dev.penstock.schemas.event;

/** What a record says. Facts are past tense; nothing here is a decision. */
public sealed interface EventBody
    permits ClusterFact, CloudFact, PersonFact, ScopeFact, ClaimFact {}
