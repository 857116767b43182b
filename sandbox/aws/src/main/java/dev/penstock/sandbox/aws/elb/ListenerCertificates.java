package dev.penstock.sandbox.aws.elb;

import dev.penstock.sandbox.aws.AwsError;
import dev.penstock.sandbox.aws.Quota;
import dev.penstock.sandbox.aws.acm.Certificates;
import dev.penstock.sandbox.aws.engine.Operations;
import dev.penstock.sandbox.aws.engine.Pages;
import dev.penstock.sandbox.aws.engine.Rows.ListenerRow;
import dev.penstock.sandbox.aws.engine.Turn;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.AddListenerCertificatesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.AddListenerCertificatesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Certificate;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenerCertificatesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenerCertificatesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RemoveListenerCertificatesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RemoveListenerCertificatesResponse;

/** The certificates that a listener has besides its default one. */
public final class ListenerCertificates implements Operations.Family {

  @Override
  public void register(Operations operations) {
    operations.on(AddListenerCertificatesRequest.class, this::add);
    operations.on(RemoveListenerCertificatesRequest.class, this::remove);
    operations.on(DescribeListenerCertificatesRequest.class, this::describe);
  }

  /** A secure listener has exactly one default certificate, a plain one has none. */
  static void checkDefault(Turn turn, Listener asked, boolean secure) {
    var certificates = asked.certificates();
    if (!secure) {
      if (!certificates.isEmpty()) {
        throw AwsError.refused(
            "InvalidConfigurationRequest",
            "Certificates cannot be specified for protocol '" + asked.protocolAsString() + "'");
      }
      return;
    }
    if (certificates.isEmpty()) {
      throw AwsError.invalid("A certificate must be specified for HTTPS listeners");
    }
    if (certificates.size() > 1) {
      throw AwsError.refused(
          "InvalidConfigurationRequest", "Exactly one default certificate must be specified");
    }
    if (certificates.getFirst().isDefault() != null) {
      throw AwsError.invalid("IsDefault cannot be specified for the default certificate");
    }
    check(turn, certificates.getFirst().certificateArn());
  }

  private static void check(Turn turn, String arn) {
    if (arn == null || !arn.startsWith("arn:")) {
      throw AwsError.invalid("Certificate ARN '" + arn + "' is not valid");
    }
    if (arn.contains(":iam:")) {
      return;
    }
    var issued = turn.region().certificates.find(arn).filter(row -> Certificates.issued(turn, row));
    if (issued.isEmpty()) {
      throw AwsError.refused("CertificateNotFound", "Certificate '" + arn + "' not found");
    }
  }

  private SdkResponse add(Turn turn, AddListenerCertificatesRequest request) {
    var row = Find.listener(turn, request.listenerArn());
    var arn = single(request.certificates());
    if (!Protocols.secure(row.model().protocolAsString())) {
      throw AwsError.refused(
          "InvalidConfigurationRequest", "The listener does not support certificates");
    }
    check(turn, arn);
    if (!row.sniCertificates().contains(arn)) {
      checkQuota(turn, row);
      var sni = new ArrayList<>(row.sniCertificates());
      sni.add(arn);
      turn.region().listeners.put(row.arn(), new ListenerRow(row.model(), row.attributes(), sni));
    }
    return AddListenerCertificatesResponse.builder()
        .certificates(Certificate.builder().certificateArn(arn).isDefault(false).build())
        .build();
  }

  private static void checkQuota(Turn turn, ListenerRow row) {
    var alb = Find.loadBalancer(turn, row.loadBalancerArn()).application();
    var limit = turn.quota(alb ? Quota.CERTIFICATES_PER_ALB : Quota.CERTIFICATES_PER_NLB);
    var held =
        turn.region().listeners.in(row.loadBalancerArn()).stream()
            .mapToInt(listener -> listener.sniCertificates().size())
            .sum();
    if (held >= limit) {
      throw AwsError.refused(
          "TooManyCertificates", "The maximum number of certificates has been reached");
    }
  }

  private SdkResponse remove(Turn turn, RemoveListenerCertificatesRequest request) {
    var row = Find.listener(turn, request.listenerArn());
    var arn = single(request.certificates());
    var sni = new ArrayList<>(row.sniCertificates());
    if (sni.remove(arn)) {
      turn.region().listeners.put(row.arn(), new ListenerRow(row.model(), row.attributes(), sni));
    } else if (arn.equals(defaultArn(row))) {
      throw AwsError.refused(
          "OperationNotPermitted", "The default certificate of a listener cannot be removed");
    }
    return RemoveListenerCertificatesResponse.builder().build();
  }

  private SdkResponse describe(Turn turn, DescribeListenerCertificatesRequest request) {
    var row = Find.listener(turn, request.listenerArn());
    var all = new ArrayList<Certificate>();
    row.model()
        .certificates()
        .forEach(certificate -> all.add(certificate.toBuilder().isDefault(true).build()));
    row.sniCertificates()
        .forEach(
            arn -> all.add(Certificate.builder().certificateArn(arn).isDefault(false).build()));
    var page =
        Pages.of(
            all,
            certificate -> certificate.certificateArn() + certificate.isDefault(),
            request.marker(),
            Limits.elbPage(turn, request.pageSize()));
    return DescribeListenerCertificatesResponse.builder()
        .certificates(page.items())
        .nextMarker(page.next())
        .build();
  }

  private static String defaultArn(ListenerRow row) {
    var certificates = row.model().certificates();
    return certificates.isEmpty() ? "" : certificates.getFirst().certificateArn();
  }

  private static String single(List<Certificate> certificates) {
    if (certificates.size() != 1) {
      throw AwsError.invalid("Exactly one certificate must be specified");
    }
    return certificates.getFirst().certificateArn();
  }
}
