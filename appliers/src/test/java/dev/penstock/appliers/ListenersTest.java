package dev.penstock.appliers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.schemas.aws.Action;
import dev.penstock.schemas.aws.Aspect;
import dev.penstock.schemas.aws.Link;
import dev.penstock.schemas.aws.ListenerSpec;
import dev.penstock.schemas.aws.Live.LiveListener;
import dev.penstock.schemas.command.Operation;
import dev.penstock.schemas.event.Observation.ResourcePresent;
import dev.penstock.schemas.event.Result;
import dev.penstock.schemas.key.ResourceKind;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateListenerResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyListenerResponse;

/** Which calls a listener and its certificates take. */
class ListenersTest {
  private final Bench bench = new Bench();

  private static ListenerSpec listener(String protocol, String... certificates) {
    return new ListenerSpec(
        new Link.Known(Samples.BALANCER),
        443,
        protocol,
        List.of(new Action.FixedResponse("404", "text/plain", "")),
        Arrays.stream(certificates).<Link>map(Link.Known::new).toList(),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        Samples.tags("blue"));
  }

  @Test
  void aListenerThatBecomesPlainLosesItsCertificatesWithoutACallForEach() {
    bench.cloud.on("ModifyListener", ModifyListenerResponse.builder().build());
    var live = new LiveListener(Samples.LISTENER, listener("HTTPS", "arn:a", "arn:b"));
    var plain =
        new Operation.Update(live, listener("HTTP"), List.of(Aspect.CORE, Aspect.CERTIFICATES));
    var settled = bench.write(ResourceKind.LISTENER, "443", plain);
    assertInstanceOf(Result.Applied.class, settled.result());
    assertEquals(List.of("ModifyListener"), bench.cloud.operations());
  }

  @Test
  void whereACertificateIsRefusedTheTagsThatTheListenerWasMadeWithAreKnown() {
    var made =
        Listener.builder()
            .listenerArn(Samples.LISTENER)
            .loadBalancerArn(Samples.BALANCER)
            .port(443)
            .protocol("HTTPS")
            .build();
    bench.cloud.on("CreateListener", CreateListenerResponse.builder().listeners(made).build());
    bench.cloud.on("AddListenerCertificates", ScriptedCloud.refuse("TooManyCertificates"));
    var create = new Operation.Create(listener("HTTPS", "arn:a", "arn:b"));
    var settled = bench.write(ResourceKind.LISTENER, "443", create);
    Bench.rejected(settled);
    var present = Bench.seen(settled, ResourcePresent.class);
    assertTrue(present.aspects().contains(Aspect.TAGS), present.aspects().toString());
    assertEquals(
        Samples.tags("blue"), ((LiveListener) present.live()).spec().tags(), "as it was made");
  }
}
