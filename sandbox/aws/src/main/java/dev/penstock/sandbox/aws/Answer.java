package dev.penstock.sandbox.aws;

import java.time.Duration;
import software.amazon.awssdk.core.SdkResponse;

/** What comes back for a call, after {@code latency}; the effect happened when it arrived. */
public sealed interface Answer {
  String requestId();

  Duration latency();

  record Given(SdkResponse response, String requestId, Duration latency) implements Answer {}

  record Refused(AwsError error, String requestId, Duration latency) implements Answer {}

  /** The effect happened, but no answer arrives: the connection breaks. */
  record Lost(String requestId, Duration latency) implements Answer {}
}
