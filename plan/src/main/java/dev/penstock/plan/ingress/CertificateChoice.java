package dev.penstock.plan.ingress;

import dev.penstock.schemas.aws.Certificate;
import dev.penstock.schemas.aws.ListenerSpec;
import dev.penstock.schemas.intent.IngressIntent.ListenerSettings;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** The certificates of a member: those it names, else all that fit its hosts (LBC 4.5). */
final class CertificateChoice {
  private final StackDraft draft;

  CertificateChoice(StackDraft draft) {
    this.draft = draft;
  }

  /** The first is the member's default; of those that were found the one in force stays it. */
  List<String> of(Participant participant, int port, Optional<ListenerSpec> live) {
    List<String> named =
        participant.listener(port).map(ListenerSettings::certificates).orElse(List.of());
    var hosts = participant.intent().certificateHosts();
    if (!named.isEmpty() || hosts.isEmpty()) {
      return named;
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
        if (live.isEmpty()) {
          draft.holdBack(participant.member());
        }
      }
      found.addAll(fitting);
    }
    var inForce = live.flatMap(spec -> spec.certificates().stream().findFirst());
    var ordered = new LinkedHashSet<String>();
    inForce.filter(found::contains).ifPresent(ordered::add);
    ordered.addAll(found);
    return List.copyOf(ordered);
  }

  private boolean usable(Certificate certificate) {
    var allowed = draft.settings().allowedCertificateAuthorityArns();
    return certificate.status().equals("ISSUED")
        && (allowed.isEmpty()
            || !certificate.type().equals("PRIVATE")
            || certificate.authorityArn().map(allowed::contains).orElse(false));
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
