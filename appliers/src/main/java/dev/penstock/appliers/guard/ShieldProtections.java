package dev.penstock.appliers.guard;

import dev.penstock.appliers.Execution;
import dev.penstock.edges.aws.CallFailed;
import dev.penstock.edges.aws.Calls.Repeat;
import dev.penstock.edges.aws.Halted;
import dev.penstock.edges.aws.types.Links;
import dev.penstock.edges.aws.types.Protections;
import dev.penstock.schemas.aws.Live.LiveProtection;
import dev.penstock.schemas.aws.ProtectionSpec;
import dev.penstock.schemas.aws.ProtectionSpec.Guard;
import dev.penstock.schemas.command.Fault;
import dev.penstock.schemas.event.Result;
import software.amazon.awssdk.services.shield.model.CreateProtectionRequest;
import software.amazon.awssdk.services.shield.model.CreateProtectionResponse;
import software.amazon.awssdk.services.shield.model.DeleteProtectionRequest;
import software.amazon.awssdk.services.shield.model.DeleteProtectionResponse;
import software.amazon.awssdk.services.shield.model.DescribeProtectionResponse;
import software.amazon.awssdk.services.shield.model.GetSubscriptionStateRequest;
import software.amazon.awssdk.services.shield.model.GetSubscriptionStateResponse;
import software.amazon.awssdk.services.shield.model.SubscriptionState;

/**
 * Shield Advanced. What is there is read first: a create is not idempotent, a protection that
 * somebody else made guards as well, and it is not taken away.
 */
final class ShieldProtections {
  private final Execution execution;

  ShieldProtections(Execution execution) {
    this.execution = execution;
  }

  Result write(ProtectionSpec desired) throws CallFailed, Halted, InterruptedException {
    var there = read(Links.id(desired.loadBalancer()));
    var value = there.spec().value();
    if (desired.value().isEmpty()) {
      return value.isEmpty() || !Guard.isOurs(value)
          ? ProtectionExecutor.seen(execution, there)
          : delete(desired, there);
    }
    return value.isEmpty() ? make(desired) : ProtectionExecutor.seen(execution, there);
  }

  private Result make(ProtectionSpec desired) throws CallFailed, Halted, InterruptedException {
    var state =
        execution.call(
            GetSubscriptionStateRequest.builder().build(),
            GetSubscriptionStateResponse.class,
            Repeat.SAFE);
    if (state.subscriptionState() != SubscriptionState.ACTIVE) {
      return new Result.Rejected(
          Fault.INVALID, "", "the account has no subscription of Shield Advanced");
    }
    var request =
        CreateProtectionRequest.builder()
            .name(desired.value())
            .resourceArn(Links.id(desired.loadBalancer()))
            .build();
    try {
      var answer = execution.call(request, CreateProtectionResponse.class, Repeat.AWAITING);
      return ProtectionExecutor.done(execution, desired, answer.protectionId());
    } catch (CallFailed failed) {
      if (!failed.code().equals("ResourceAlreadyExistsException")) {
        throw failed;
      }
      return ProtectionExecutor.seen(execution, read(Links.id(desired.loadBalancer())));
    }
  }

  private Result delete(ProtectionSpec desired, LiveProtection there)
      throws CallFailed, Halted, InterruptedException {
    var request = DeleteProtectionRequest.builder().protectionId(there.handle()).build();
    try {
      execution.call(request, DeleteProtectionResponse.class, Repeat.SAFE);
    } catch (CallFailed failed) {
      if (failed.fault() != Fault.GONE) {
        throw failed;
      }
    }
    return ProtectionExecutor.done(execution, desired, "");
  }

  private LiveProtection read(String arn) throws CallFailed, Halted, InterruptedException {
    try {
      return Protections.live(
          arn,
          execution.call(Protections.shieldOf(arn), DescribeProtectionResponse.class, Repeat.SAFE));
    } catch (CallFailed failed) {
      if (failed.fault() != Fault.GONE) {
        throw failed;
      }
      return Protections.none(arn, Guard.SHIELD);
    }
  }
}
