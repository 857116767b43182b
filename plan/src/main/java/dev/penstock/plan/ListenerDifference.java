package dev.penstock.plan;

import dev.penstock.schemas.aws.Aspect;
import dev.penstock.schemas.aws.Link;
import dev.penstock.schemas.aws.ListenerSpec;
import dev.penstock.schemas.aws.Live.LiveListener;
import dev.penstock.schemas.key.ResourceKey;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * Listeners (LBC 6.2): everything changes in place. CORE is the protocol and the SSL policy. An SSL
 * policy or mutual authentication that is not stated is left as it is.
 */
final class ListenerDifference {
  private ListenerDifference() {}

  static Comparison of(
      ResourceKey key,
      ListenerSpec want,
      LiveListener live,
      List<String> memory,
      Ownership ownership) {
    var have = live.spec();
    var defaults = AttributeDefaults.listener();
    var attributes = Comparison.attributes(want.attributes(), memory, defaults);
    var tags = Comparison.tags(key, want.tags(), ownership);
    var touched = Comparison.tags(key, have.tags(), ownership);
    return new Comparison.Collector()
        .fixed("the load balancer", Order.id(want.loadBalancer()), Order.id(have.loadBalancer()))
        .aspect(
            Aspect.CORE,
            !want.protocol().equals(have.protocol())
                || want.sslPolicy().isPresent() && !want.sslPolicy().equals(have.sslPolicy()))
        .aspect(
            Aspect.ATTRIBUTES, Comparison.attributesDiffer(attributes, have.attributes(), defaults))
        .aspect(Aspect.TAGS, !tags.equals(touched))
        .aspect(Aspect.CERTIFICATES, certificatesDiffer(want.certificates(), have.certificates()))
        .aspect(
            Aspect.DEFAULT_ACTIONS,
            NormalActions.differ(want.defaultActions(), have.defaultActions(), memory))
        .aspect(
            Aspect.MUTUAL_AUTHENTICATION,
            want.mutualAuthentication().isPresent()
                && !mutual(want.mutualAuthentication()).equals(mutual(have.mutualAuthentication())))
        .of(
            new LiveListener(live.id(), have.withTags(touched)),
            want.withAttributes(attributes).withTags(tags));
  }

  /** The default certificate stands first; AWS lists it a second time among the SNI ones. */
  private static boolean certificatesDiffer(List<Link> want, List<Link> have) {
    if (want.isEmpty() || have.isEmpty()) {
      return want.isEmpty() != have.isEmpty();
    }
    return !want.getFirst().equals(have.getFirst())
        || !new HashSet<>(want).equals(new HashSet<>(have));
  }

  private static List<String> mutual(Optional<ListenerSpec.MutualAuthentication> given) {
    return given
        .filter(m -> !m.mode().equals("off"))
        .map(m ->
            List.of(
                m.mode(),
                m.trustStoreArn().orElse(""),
                m.ignoreClientCertificateExpiry().orElse(false).toString(),
                m.advertiseTrustStoreCaNames().orElse("off")))
        .orElse(List.of());
  }
}
