package dev.penstock.plan.ingress;

import dev.penstock.plan.Order;
import dev.penstock.plan.names.StackTags;
import dev.penstock.schemas.aws.Certificate;
import dev.penstock.schemas.aws.Link;
import dev.penstock.schemas.aws.ListenerSpec;
import dev.penstock.schemas.intent.IngressIntent.ListenerSettings;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The certificates of a member: those it names, else the one that it has ACM asked for, else all
 * that fit its hosts (LBC 4.5).
 */
final class CertificateChoice {
  private static final List<String> CREATED_BY_LBC =
      List.of(StackTags.CLUSTER, StackTags.STACK, StackTags.RESOURCE);

  private final StackDraft draft;
  private final RequestedCertificates requested;

  CertificateChoice(StackDraft draft) {
    this.draft = draft;
    this.requested = new RequestedCertificates(draft);
  }

  /** The first is the member's default; of those that were found the one in force stays it. */
  List<Link> of(Participant participant, int port, Optional<ListenerSpec> live) {
    List<String> named =
        participant.listener(port).map(ListenerSettings::certificates).orElse(List.of());
    if (!named.isEmpty()) {
      return named.stream().<Link>map(Link.Known::new).toList();
    }
    var inForce = live.map(ListenerSpec::certificates).orElse(List.of());
    return participant
        .intent()
        .certificate()
        .map(request -> requested.of(participant, request, inForce))
        .orElseGet(() -> found(participant, inForce, live.isPresent()));
  }

  /** Whether the certificate is there and may be used. */
  boolean usable(Link link) {
    return Order.resolve(link, draft.input.cloud()::presence) instanceof Link.Known;
  }

  /** Whether the certificate is this member's own, or was until its hosts changed. */
  boolean isOf(Participant participant, List<Link> own, Link link) {
    return !own.isEmpty()
            && Order.resolve(own.getFirst(), draft.input.cloud()::presence).equals(link)
        || requested.isOf(participant, link);
  }

  private List<Link> found(Participant participant, List<Link> inForce, boolean listens) {
    var hosts = participant.intent().certificateHosts();
    if (hosts.isEmpty()) {
      return List.of();
    }
    Optional<List<Certificate>> known = draft.input.cloud().certificates();
    if (known.isEmpty()) {
      draft.block("the certificates of the account are not known yet");
      return List.of();
    }
    var usable = known.get().stream().filter(this::usable).toList();
    var found = new TreeSet<String>();
    for (String host : hosts) {
      var fitting = usable.stream().filter(c -> fits(c, host)).map(Certificate::arn).toList();
      if (fitting.isEmpty()) {
        draft.tell(
            participant.member(),
            "NoCertificate",
            "no issued certificate of this account and Region covers host "
                + host
                + "; name one with "
                + Annotation.PREFIX
                + Annotation.CERTIFICATE_ARN.key());
        if (!listens) {
          draft.holdBack(participant.member());
        }
      }
      found.addAll(fitting);
    }
    var ordered = new LinkedHashSet<Link>();
    inForce.stream()
        .findFirst()
        .filter(link -> found.contains(Order.id(link)))
        .ifPresent(ordered::add);
    found.forEach(arn -> ordered.add(new Link.Known(arn)));
    return List.copyOf(ordered);
  }

  private boolean usable(Certificate certificate) {
    var allowed = draft.settings().allowedCertificateAuthorityArns();
    return certificate.status().equals("ISSUED")
        && !createdByLbc(certificate)
        && (allowed.isEmpty()
            || !certificate.type().equals("PRIVATE")
            || certificate.authorityArn().map(allowed::contains).orElse(false));
  }

  /** It serves the Ingress that it was made for, and goes with it. */
  private boolean createdByLbc(Certificate certificate) {
    return draft.settings().makesCertificates()
        && certificate.tags().keySet().containsAll(CREATED_BY_LBC);
  }

  private static boolean fits(Certificate certificate, String host) {
    return certificate.names().stream().anyMatch(name -> fits(name, host));
  }

  /** A wildcard stands for exactly one label. */
  private static boolean fits(String name, String host) {
    if (!name.startsWith("*.")) {
      return name.equals(host);
    }
    int dot = host.indexOf('.');
    return dot >= 0 && host.substring(dot).equals(name.substring(1));
  }
}
