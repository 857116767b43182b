package dev.penstock.sandbox.aws;

import java.util.Map;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.awscore.DefaultAwsResponseMetadata;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.http.SdkHttpResponse;

/** Puts the request id where the SDK's users look for it. */
final class RequestIds {
  /** The key under which the SDK keeps it. */
  private static final String KEY = "AWS_REQUEST_ID";

  private RequestIds() {}

  static SdkResponse put(SdkResponse response, String requestId) {
    if (!(response instanceof AwsResponse aws)) {
      return response;
    }
    var builder = aws.toBuilder();
    builder.responseMetadata(DefaultAwsResponseMetadata.create(Map.of(KEY, requestId)));
    builder.sdkHttpResponse(SdkHttpResponse.builder().statusCode(200).build());
    return builder.build();
  }
}
