package dev.penstock.sandbox.aws.waf;

import dev.penstock.sandbox.aws.AwsError;
import dev.penstock.sandbox.aws.engine.Operations;
import dev.penstock.sandbox.aws.engine.Rows.NamedArn;
import dev.penstock.sandbox.aws.engine.Turn;
import java.util.Optional;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.shield.model.CreateProtectionRequest;
import software.amazon.awssdk.services.shield.model.CreateProtectionResponse;
import software.amazon.awssdk.services.shield.model.DeleteProtectionRequest;
import software.amazon.awssdk.services.shield.model.DeleteProtectionResponse;
import software.amazon.awssdk.services.shield.model.DescribeProtectionRequest;
import software.amazon.awssdk.services.shield.model.DescribeProtectionResponse;
import software.amazon.awssdk.services.shield.model.GetSubscriptionStateRequest;
import software.amazon.awssdk.services.shield.model.GetSubscriptionStateResponse;

/** Shield Advanced: a protection for a resource, in accounts that have the subscription. */
public final class Protections implements Operations.Family {

  @Override
  public void register(Operations operations) {
    operations.on(GetSubscriptionStateRequest.class, this::subscription);
    operations.on(CreateProtectionRequest.class, this::create);
    operations.on(DescribeProtectionRequest.class, this::describe);
    operations.on(DeleteProtectionRequest.class, this::delete);
  }

  private SdkResponse subscription(Turn turn, GetSubscriptionStateRequest request) {
    return GetSubscriptionStateResponse.builder()
        .subscriptionState(turn.account().shield() ? "ACTIVE" : "INACTIVE")
        .build();
  }

  private SdkResponse create(Turn turn, CreateProtectionRequest request) {
    if (!turn.account().shield()) {
      throw missing("The subscription does not exist.");
    }
    var resource = String.valueOf(request.resourceArn());
    if (turn.account().protections.has(resource)) {
      throw AwsError.refused(
          "ResourceAlreadyExistsException", "The protection already exists for " + resource);
    }
    var id = turn.ids().uuid();
    turn.account().protections.put(resource, new NamedArn(request.name(), resource, id));
    return CreateProtectionResponse.builder().protectionId(id).build();
  }

  private SdkResponse describe(Turn turn, DescribeProtectionRequest request) {
    var found =
        request.resourceArn() != null
            ? turn.account().protections.find(request.resourceArn())
            : byId(turn, String.valueOf(request.protectionId()));
    var row = found.orElseThrow(() -> missing("The referenced protection does not exist."));
    return DescribeProtectionResponse.builder()
        .protection(p ->
            p.id(row.group())
                .name(row.name())
                .resourceArn(row.arn())
                .protectionArn(
                    "arn:aws:shield::" + turn.account().id + ":protection/" + row.group()))
        .build();
  }

  private SdkResponse delete(Turn turn, DeleteProtectionRequest request) {
    var row =
        byId(turn, String.valueOf(request.protectionId()))
            .orElseThrow(() -> missing("The referenced protection does not exist."));
    turn.account().protections.remove(row.arn());
    return DeleteProtectionResponse.builder().build();
  }

  private static Optional<NamedArn> byId(Turn turn, String id) {
    return turn.account().protections.all().stream()
        .filter(row -> row.group().equals(id))
        .findFirst();
  }

  private static AwsError missing(String text) {
    return AwsError.refused("ResourceNotFoundException", text);
  }
}
