package dev.penstock.sandbox.simulation;

import dev.penstock.sandbox.aws.SandboxWorld;
import dev.penstock.sandbox.kubernetes.rules.Kinds;
import dev.penstock.schemas.event.PersonFact.ClusterRegistered;
import dev.penstock.schemas.settings.ClusterRegistration;
import dev.penstock.schemas.settings.ControllerSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.acm.model.CertificateDetail;
import software.amazon.awssdk.services.acm.model.CertificateStatus;
import software.amazon.awssdk.services.acm.model.CertificateSummary;

/** A stage whose cluster has certificates made for its Ingresses, and what ACM shows of them. */
final class Issued {
  static final String NAMED = "arn:aws:acm:us-west-2:111122223333:certificate/your-cert";
  private static final String PREFIX = "alb.ingress.kubernetes.io/";

  final Stage stage;

  Issued() throws Exception {
    stage = new Stage();
    stage.pass(Duration.ofSeconds(30));
    for (var scope : List.of(Fleet.HOME, Fleet.DNS)) {
      stage.pipeline.append(scope, new ClusterRegistered(Stage.TESTER, registration()));
    }
  }

  /** The example of seed 1, with a certificate of its own. */
  void apply() throws Exception {
    stage.kubectl.apply(
        Stage.example("nginx-complete.yaml")
            .replace(PREFIX + "certificate-arn: " + NAMED, PREFIX + "create-acm-cert: 'true'"));
  }

  /** Sets annotations of the Ingress; {@code null} takes one away. */
  void annotate(String key, String value) {
    patch("metadata: {annotations: {" + PREFIX + key + ": " + value + "}}");
  }

  /** The Ingress serves these hosts. */
  void hosts(String... hosts) {
    var rules =
        List.of(hosts).stream()
            .map(
                """
                {host: %s, http: {paths: [{path: /, pathType: Prefix,
                  backend: {service: {name: nginx-service, port: {number: 80}}}}]}}\
                """
                    ::formatted)
            .collect(Collectors.joining(","));
    patch("spec: {rules: [" + rules + "]}");
  }

  private void patch(String patch) {
    stage.kubectl.patch(Kinds.INGRESS, "default", "nginx-ingress", patch);
  }

  /** The certificates that carry the cluster's tag. */
  List<CertificateDetail> made() {
    return stage.acm.listCertificates().certificateSummaryList().stream()
        .map(CertificateSummary::certificateArn)
        .filter(arn -> tags(arn).containsKey("elbv2.k8s.aws/cluster"))
        .map(arn -> stage.acm.describeCertificate(r -> r.certificateArn(arn)).certificate())
        .toList();
  }

  Map<String, String> tags(String arn) {
    return stage.acm.listTagsForCertificate(r -> r.certificateArn(arn)).tags().stream()
        .collect(Collectors.toMap(tag -> tag.key(), tag -> tag.value()));
  }

  /** Whether just one is made, for these names, and the listener uses it alone. */
  boolean serves(String... names) {
    var made = made();
    return made.size() == 1
        && made.getFirst().status() == CertificateStatus.ISSUED
        && Set.copyOf(made.getFirst().subjectAlternativeNames()).equals(Set.of(names))
        && used().equals(Set.of(made.getFirst().certificateArn()))
        && stage.nginxServes();
  }

  /** The certificates of the listener on port 443. */
  Set<String> used() {
    var used = new TreeSet<String>();
    for (var listener : stage.listeners()) {
      stage
          .elb
          .describeListenerCertificates(r -> r.listenerArn(listener.listenerArn()))
          .certificates()
          .forEach(certificate -> used.add(certificate.certificateArn()));
    }
    return used;
  }

  /** The names in the zone at which ACM looks, without those that say whose they are. */
  Set<String> validated() {
    return stage.records().keySet().stream()
        .filter(name -> name.startsWith("_") && name.endsWith(" CNAME"))
        .map(name -> name.substring(name.indexOf('.') + 1).replace(". CNAME", ""))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static ClusterRegistration registration() {
    var it =
        ClusterRegistration.of(Stage.CLUSTER, Fleet.HOME, SandboxWorld.VPC)
            .withDnsScopes(List.of(Fleet.DNS));
    return new ClusterRegistration(
        it.cluster(),
        it.home(),
        it.lbcName(),
        it.vpcId(),
        it.clusterUid(),
        it.kubeconfig(),
        it.apiServer(),
        it.certificateAuthority(),
        it.tokenReference(),
        it.dnsScopes(),
        it.controller().withFeatureGates(Map.of(ControllerSettings.CERTIFICATES, true)));
  }
}
