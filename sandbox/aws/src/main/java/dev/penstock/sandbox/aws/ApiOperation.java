package dev.penstock.sandbox.aws;

import software.amazon.awssdk.core.SdkRequest;

/** One API operation, for example {@code ELB CreateRule}. */
public record ApiOperation(AwsService service, String name) {

  public static ApiOperation of(Class<? extends SdkRequest> request) {
    var simple = request.getSimpleName();
    return new ApiOperation(
        AwsService.ofModel(request),
        simple
            .substring(0, simple.length() - "Request".length())
            .replaceFirst("WebAc[lL]", "WebACL"));
  }

  /** Whether AWS documents the operation as one that changes nothing. */
  public boolean reads() {
    return name.startsWith("Describe")
        || name.startsWith("List")
        || name.startsWith("Get")
        || name.startsWith("AssumeRole");
  }

  @Override
  public String toString() {
    return service.signingName() + ":" + name;
  }
}
