package dev.penstock.sandbox.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.sandbox.kubernetes.rules.Kinds;
import dev.penstock.streams.tables.Table;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Certificates that are made for an Ingress: validated through its zone, and gone with it. */
class CertificatesTest {
  private static final String NGINX = "nginx.example.com";
  private static final String SHOP = "shop.example.com";
  private static final String CA =
      "arn:aws:acm-pca:us-west-2:111122223333:certificate-authority/00000000-0000-4000-8000-00000000000";
  private static final String ONE_CA = CA + 1;
  private static final String OTHER_CA = CA + 2;

  private static Issued issued() throws Exception {
    var world = new Issued();
    world.apply();
    world.stage.until("nginx serves with its own certificate", () -> world.serves(NGINX));
    return world;
  }

  @Test
  void oneIsMadeValidatedAndServed() throws Exception {
    var world = issued();

    assertEquals(Set.of(NGINX), world.validated());
    var tags = world.tags(world.made().getFirst().certificateArn());
    assertEquals("default/nginx-ingress", tags.get("ingress.k8s.aws/stack"));
    assertTrue(
        tags.get("ingress.k8s.aws/resource").startsWith("amazon_issued/" + NGINX + "-"),
        tags::toString);
    assertEquals(1L, world.stage.writes(0).get("RequestCertificate"));
  }

  @Test
  void otherHostsGetAnotherOneAndTheOldServesUntilThatIsIssued() throws Exception {
    var world = issued();
    var first = world.made().getFirst().certificateArn();
    world.hosts(NGINX, SHOP);

    world.stage.always(
        Duration.ofSeconds(40), "the old one serves", () -> world.used().contains(first));
    world.stage.until("the new one alone", () -> world.serves(NGINX, SHOP));

    assertEquals(Set.of(NGINX, SHOP), world.validated());
    assertEquals(1L, world.stage.writes(0).get("DeleteCertificate"));
    world.hosts(NGINX);
    world.stage.until("back to one host", () -> world.serves(NGINX));
    world.stage.until("its validation is gone", () -> world.validated().equals(Set.of(NGINX)));
  }

  @Test
  void oneThatIsNamedTakesItsPlaceAndNothingOfItStays() throws Exception {
    var world = issued();
    world.annotate("certificate-arn", Issued.NAMED);

    world.stage.until("the named one alone", () -> world.used().equals(Set.of(Issued.NAMED)));
    world.stage.until("nothing stays", () -> gone(world));
  }

  @Test
  void thePrivateAuthorityThatIsNamedIssuesIt() throws Exception {
    var world = issued();
    world.annotate("acm-pca-arn", ONE_CA);
    world.stage.until("one authority", () -> world.serves(NGINX) && issuers(world).equals(ONE_CA));
    world.annotate("acm-pca-arn", OTHER_CA);
    world.stage.until(
        "the other authority", () -> world.serves(NGINX) && issuers(world).equals(OTHER_CA));
    world.annotate("acm-pca-arn", "null");

    world.stage.until("AWS's own again", () -> world.serves(NGINX) && issuers(world).isEmpty());
  }

  /** The authorities of what was made; AWS's own has no ARN. */
  private static String issuers(Issued world) {
    return world.made().stream()
        .map(made -> Objects.requireNonNullElse(made.certificateAuthorityArn(), ""))
        .distinct()
        .collect(Collectors.joining(" "));
  }

  @Test
  void itGoesWithItsIngress() throws Exception {
    var world = issued();
    world.stage.kubectl.delete(Kinds.INGRESS, "default", "nginx-ingress");

    world.stage.until(
        "nothing stays",
        () ->
            gone(world)
                && world.stage.kubectl.find(Kinds.INGRESS, "default", "nginx-ingress").isEmpty());

    var left =
        world.stage.pipeline.tables().scan(Table.OBSERVED, "").stream()
            .map(entry -> entry.key())
            .filter(key -> key.contains("|Certificate|"))
            .toList();
    assertEquals(List.of(), left);
  }

  @Test
  void anUnchangedOneIsReadOnceASweep() throws Exception {
    var world = issued();
    world.stage.pass(Duration.ofMinutes(5));
    var mark = world.stage.mark();

    world.stage.pass(Duration.ofHours(1));

    assertEquals(Map.of(), world.stage.writes(mark));
    var reads = world.stage.reads(mark);
    reads.keySet().retainAll(List.of("ListCertificates", "DescribeCertificate"));
    assertEquals(Map.of("ListCertificates", 2L, "DescribeCertificate", 2L), reads);
  }

  @Test
  void oneThatSomebodyDeletedIsMadeAnew() throws Exception {
    var world = issued();
    var first = world.made().getFirst().certificateArn();
    for (var listener : world.stage.listeners()) {
      if (listener.port() == 443) {
        world.stage.elb.modifyListener(r ->
            r.listenerArn(listener.listenerArn())
                .certificates(c -> c.certificateArn(Issued.NAMED)));
      }
    }
    world.stage.acm.deleteCertificate(r -> r.certificateArn(first));

    world.stage.until("another one serves", () -> world.serves(NGINX));
  }

  private static boolean gone(Issued world) {
    return world.made().isEmpty() && world.validated().isEmpty() && world.stage.idle();
  }
}
