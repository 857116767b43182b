package dev.penstock.plan.ingress;

import static dev.penstock.plan.ingress.Annotation.ACM_PCA_ARN;
import static dev.penstock.plan.ingress.Annotation.CERTIFICATE_ARN;
import static dev.penstock.plan.ingress.Annotation.CREATE_ACM_CERT;

import dev.penstock.plan.annotation.AnnotationReader;
import dev.penstock.schemas.intent.IngressIntent.CertificateRequest;
import dev.penstock.schemas.kubernetes.IngressClassParams;
import dev.penstock.schemas.settings.ControllerSettings;
import java.util.List;
import java.util.Optional;

/** Which certificates a member names, or what it has ACM asked for (LBC 1.2, 4.5). */
final class CertificateReader {
  private final MemberSource source;
  private final AnnotationReader annotations;

  CertificateReader(MemberSource source) {
    this.source = source;
    this.annotations = source.annotations();
  }

  /** ARNs, the default first. */
  List<String> named() {
    return source
        .params()
        .map(IngressClassParams::certificateArns)
        .flatMap(LoadBalancerReader::nonEmpty)
        .orElseGet(() -> annotations.items(CERTIFICATE_ARN.key()));
  }

  /** Whether one is to be made; one that is named is used in its place. */
  boolean makes() {
    return source.settings().makesCertificates()
        && annotations.bool(CREATE_ACM_CERT.key()).orElse(false)
        && named().isEmpty();
  }

  /** What ACM is asked for; a member without any host is told that there is nothing to ask for. */
  Optional<CertificateRequest> request() {
    if (!makes()) {
      warnIfOff();
      return Optional.empty();
    }
    var names = ListenerReader.namedHosts(source).stream().sorted().toList();
    if (names.isEmpty()) {
      source
          .problems()
          .error(
              "NoCertificate",
              annotations.key(CREATE_ACM_CERT.key())
                  + " needs a host in the rules or in the tls part: a certificate is for names");
      return Optional.empty();
    }
    var authority =
        annotations
            .text(ACM_PCA_ARN.key())
            .filter(arn -> !arn.isEmpty())
            .or(() -> Optional.of(source.settings().defaultPcaArn()))
            .filter(arn -> !arn.isEmpty());
    return Optional.of(new CertificateRequest(names, authority));
  }

  private void warnIfOff() {
    if (annotations.has(CREATE_ACM_CERT.key()) && !source.settings().makesCertificates()) {
      source
          .problems()
          .warn(
              "CertificatesOff",
              annotations.key(CREATE_ACM_CERT.key())
                  + " has no effect: the feature gate "
                  + ControllerSettings.CERTIFICATES
                  + " is off in the settings of the cluster");
    }
  }
}
