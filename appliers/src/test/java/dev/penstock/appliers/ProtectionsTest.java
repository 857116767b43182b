package dev.penstock.appliers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.penstock.schemas.aws.Aspect;
import dev.penstock.schemas.aws.Link;
import dev.penstock.schemas.aws.Live.LiveProtection;
import dev.penstock.schemas.aws.ProtectionSpec;
import dev.penstock.schemas.aws.ProtectionSpec.Guard;
import dev.penstock.schemas.command.Operation;
import dev.penstock.schemas.event.CloudFact.CommandSettled;
import dev.penstock.schemas.event.Observation.ResourcePresent;
import dev.penstock.schemas.event.Result;
import dev.penstock.schemas.key.ResourceKind;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.shield.model.CreateProtectionResponse;
import software.amazon.awssdk.services.shield.model.DeleteProtectionRequest;
import software.amazon.awssdk.services.shield.model.DeleteProtectionResponse;
import software.amazon.awssdk.services.shield.model.DescribeProtectionResponse;
import software.amazon.awssdk.services.shield.model.GetSubscriptionStateResponse;
import software.amazon.awssdk.services.wafv2.model.AssociateWebAclRequest;
import software.amazon.awssdk.services.wafv2.model.AssociateWebAclResponse;
import software.amazon.awssdk.services.wafv2.model.DisassociateWebAclResponse;
import software.amazon.awssdk.services.wafv2.model.GetWebAclForResourceResponse;

/** Guards of load balancers: which calls, and what is never taken away. */
class ProtectionsTest {
  private final Bench bench = new Bench();

  private CommandSettled create(Guard guard, String value) {
    var create = new Operation.Create(spec(guard, value));
    return bench.write(ResourceKind.PROTECTION, guard.text(), create);
  }

  private CommandSettled update(Guard guard, String from, String to) {
    var live = new LiveProtection(Samples.BALANCER + "|" + guard.text(), spec(guard, from), "");
    var update = new Operation.Update(live, spec(guard, to), List.of(Aspect.CORE));
    return bench.write(ResourceKind.PROTECTION, guard.text(), update);
  }

  private static ProtectionSpec spec(Guard guard, String value) {
    return new ProtectionSpec(new Link.Known(Samples.BALANCER), guard, value);
  }

  private static String seen(CommandSettled settled) {
    assertInstanceOf(Result.Applied.class, settled.result());
    var live = Bench.seen(settled, ResourcePresent.class).live();
    return ((ProtectionSpec) live.spec()).value();
  }

  private void shield(String name) {
    bench.cloud.on(
        "DescribeProtection",
        name.isEmpty()
            ? ScriptedCloud.refuse("ResourceNotFoundException")
            : _ ->
                DescribeProtectionResponse.builder()
                    .protection(p -> p.id("p-1").name(name))
                    .build());
    bench.cloud.on(
        "CreateProtection", CreateProtectionResponse.builder().protectionId("p-2").build());
    bench.cloud.on("DeleteProtection", DeleteProtectionResponse.builder().build());
  }

  private void subscription(String state) {
    bench.cloud.on(
        "GetSubscriptionState",
        GetSubscriptionStateResponse.builder().subscriptionState(state).build());
  }

  @Test
  void aWebAclIsAssociatedInOneCallOnceWafKnowsTheLoadBalancer() {
    bench.cloud.on(
        "AssociateWebACL",
        ScriptedCloud.refuse("WAFUnavailableEntityException"),
        _ -> AssociateWebAclResponse.builder().build());

    assertEquals("arn:acl", seen(create(Guard.WEB_ACL, "arn:acl")));

    assertEquals(List.of("AssociateWebACL", "AssociateWebACL"), bench.cloud.operations());
    var request = bench.cloud.requests(AssociateWebAclRequest.class).getLast();
    assertEquals(Samples.BALANCER, request.resourceArn());
    assertEquals("arn:acl", request.webACLArn());
  }

  @Test
  void noWebAclIsWrittenOnlyWhereThereIsOne() {
    bench.cloud.on("GetWebACLForResource", GetWebAclForResourceResponse.builder().build());

    assertEquals("", seen(create(Guard.WEB_ACL, "")));

    assertEquals(List.of("GetWebACLForResource"), bench.cloud.operations());
  }

  @Test
  void aWebAclThatIsThereIsTakenAway() {
    bench.cloud.on(
        "GetWebACLForResource",
        GetWebAclForResourceResponse.builder().webACL(a -> a.arn("arn:acl")).build());
    bench.cloud.on("DisassociateWebACL", DisassociateWebAclResponse.builder().build());

    assertEquals("", seen(update(Guard.WEB_ACL, "arn:acl", "")));

    assertEquals(List.of("GetWebACLForResource", "DisassociateWebACL"), bench.cloud.operations());
  }

  @Test
  void withoutASubscriptionShieldIsRefusedBeforeAnyWrite() {
    shield("");
    subscription("INACTIVE");

    var rejected = Bench.rejected(create(Guard.SHIELD, Guard.SHIELD_NAME));

    assertEquals("the account has no subscription of Shield Advanced", rejected.message());
    assertEquals(List.of("DescribeProtection", "GetSubscriptionState"), bench.cloud.operations());
  }

  @Test
  void shieldIsPutInFrontOnce() {
    shield("");
    subscription("ACTIVE");

    var settled = create(Guard.SHIELD, Guard.SHIELD_NAME);

    assertEquals(Guard.SHIELD_NAME, seen(settled));
    var live = (LiveProtection) Bench.seen(settled, ResourcePresent.class).live();
    assertEquals("p-2", live.handle());
  }

  @Test
  void aProtectionThatSomebodyElseMadeGuardsAsWell() {
    shield("by hand");

    assertEquals("by hand", seen(create(Guard.SHIELD, Guard.SHIELD_NAME)));

    assertEquals(List.of("DescribeProtection"), bench.cloud.operations());
  }

  @Test
  void aProtectionThatSomebodyElseMadeStays() {
    shield("by hand");

    assertEquals("by hand", seen(create(Guard.SHIELD, "")));

    assertEquals(List.of("DescribeProtection"), bench.cloud.operations());
  }

  @Test
  void ourProtectionIsDeletedByItsId() {
    shield(Guard.SHIELD_NAME);

    assertEquals("", seen(update(Guard.SHIELD, Guard.SHIELD_NAME, "")));

    assertEquals(
        "p-1", bench.cloud.requests(DeleteProtectionRequest.class).getFirst().protectionId());
  }
}
