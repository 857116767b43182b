package dev.penstock.edges.aws.types;

import dev.penstock.edges.aws.Text;
import dev.penstock.schemas.aws.Link;
import dev.penstock.schemas.aws.ListenerSpec;
import dev.penstock.schemas.aws.ListenerSpec.MutualAuthentication;
import dev.penstock.schemas.aws.Live.LiveListener;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Certificate;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ListenerAttribute;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.MutualAuthenticationAttributes;

/** Listeners. Live SNI certificates are sorted behind the default one. */
public final class Listeners {
  private Listeners() {}

  public static CreateListenerRequest create(ListenerSpec spec) {
    var request =
        CreateListenerRequest.builder()
            .loadBalancerArn(Links.id(spec.loadBalancer()))
            .port(spec.port())
            .protocol(spec.protocol())
            .defaultActions(Actions.write(spec.defaultActions()))
            .tags(Tags.elb(spec.tags()));
    spec.certificates().stream()
        .findFirst()
        .ifPresent(link -> request.certificates(cert(Links.id(link))));
    spec.sslPolicy().ifPresent(request::sslPolicy);
    spec.mutualAuthentication().ifPresent(mutual -> request.mutualAuthentication(write(mutual)));
    return request.build();
  }

  public static Certificate cert(String arn) {
    return Certificate.builder().certificateArn(arn).build();
  }

  /**
   * A listener as described; {@code sniCertificates} is what DescribeListenerCertificates lists
   * beside the default one.
   */
  public static LiveListener live(
      Listener listener,
      Collection<String> sniCertificates,
      Map<String, String> attributes,
      Map<String, String> tags) {
    var certificates = new ArrayList<String>();
    listener.certificates().stream()
        .findFirst()
        .map(Certificate::certificateArn)
        .ifPresent(certificates::add);
    sniCertificates.stream()
        .filter(arn -> !certificates.contains(arn))
        .sorted()
        .forEach(certificates::add);
    var port = listener.port();
    var spec =
        new ListenerSpec(
            new Link.Known(listener.loadBalancerArn()),
            port == null ? 0 : port,
            Text.of(listener.protocolAsString()),
            Actions.read(listener.defaultActions()),
            certificates.stream().<Link>map(Link.Known::new).toList(),
            Text.optional(listener.sslPolicy()),
            read(listener.mutualAuthentication()),
            new TreeMap<>(attributes),
            new TreeMap<>(tags));
    return new LiveListener(listener.listenerArn(), spec);
  }

  public static MutualAuthenticationAttributes write(MutualAuthentication mutual) {
    return MutualAuthenticationAttributes.builder()
        .mode(mutual.mode())
        .trustStoreArn(mutual.trustStoreArn().orElse(null))
        .ignoreClientCertificateExpiry(mutual.ignoreClientCertificateExpiry().orElse(null))
        .advertiseTrustStoreCaNames(mutual.advertiseTrustStoreCaNames().orElse(null))
        .build();
  }

  private static Optional<MutualAuthentication> read(
      @Nullable MutualAuthenticationAttributes mutual) {
    if (mutual == null || mutual.mode() == null) {
      return Optional.empty();
    }
    return Optional.of(
        new MutualAuthentication(
            mutual.mode(),
            Text.optional(mutual.trustStoreArn()),
            Optional.ofNullable(mutual.ignoreClientCertificateExpiry()),
            Text.optional(mutual.advertiseTrustStoreCaNamesAsString())));
  }

  public static List<ListenerAttribute> attributes(Map<String, String> attributes) {
    return Attributes.write(
        attributes, (key, value) -> ListenerAttribute.builder().key(key).value(value).build());
  }

  public static Map<String, String> attributes(Collection<ListenerAttribute> attributes) {
    return Attributes.read(attributes, ListenerAttribute::key, ListenerAttribute::value);
  }
}
