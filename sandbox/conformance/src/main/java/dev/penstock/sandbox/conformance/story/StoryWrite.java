package dev.penstock.sandbox.conformance.story;

import dev.penstock.sandbox.aws.ApiOperation;
import dev.penstock.sandbox.kubernetes.store.StoreChange;
import software.amazon.awssdk.core.SdkRequest;

/** One write that was carried out. */
sealed interface StoryWrite {
  /** A call of AWS. */
  record ToAws(ApiOperation operation, SdkRequest request) implements StoryWrite {}

  /** A change of an object. */
  record ToCluster(StoreChange change) implements StoryWrite {}
}
