package dev.penstock.sandbox.aws.elb;

import dev.penstock.sandbox.aws.AwsError;
import dev.penstock.sandbox.aws.Quota;
import dev.penstock.sandbox.aws.engine.Operations;
import dev.penstock.sandbox.aws.engine.Pages;
import dev.penstock.sandbox.aws.engine.Rows.ListenerRow;
import dev.penstock.sandbox.aws.engine.Rows.LoadBalancerRow;
import dev.penstock.sandbox.aws.engine.Rows.RuleRow;
import dev.penstock.sandbox.aws.engine.Turn;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateListenerResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteListenerResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenersRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenersResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyListenerResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.MutualAuthenticationAttributes;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TrustStoreAssociationStatusEnum;

/** Listeners: one per port; the default actions are kept as a default rule too. */
public final class Listeners implements Operations.Family {

  @Override
  public void register(Operations operations) {
    operations.on(CreateListenerRequest.class, this::create);
    operations.on(DescribeListenersRequest.class, this::describe);
    operations.on(ModifyListenerRequest.class, this::modify);
    operations.on(DeleteListenerRequest.class, this::delete);
  }

  private SdkResponse create(Turn turn, CreateListenerRequest request) {
    var loadBalancer = Find.loadBalancer(turn, request.loadBalancerArn());
    ElbTags.check(turn, request.tags());
    var asked =
        Listener.builder()
            .loadBalancerArn(loadBalancer.arn())
            .protocol(request.protocolAsString())
            .port(request.port())
            .sslPolicy(request.sslPolicy())
            .certificates(request.certificates())
            .alpnPolicy(request.alpnPolicy())
            .mutualAuthentication(request.mutualAuthentication())
            .defaultActions(request.defaultActions())
            .build();
    var existing = onPort(turn, loadBalancer, request.port());
    if (existing != null) {
      return adopt(turn, request, loadBalancer, existing, asked);
    }
    var wanted = accepted(turn, loadBalancer, asked, null);
    checkQuota(turn, loadBalancer);
    var arn = loadBalancer.arn().replace(":loadbalancer/", ":listener/") + "/" + turn.ids().hex(16);
    var model = wanted.toBuilder().listenerArn(arn).build();
    var type = loadBalancer.model().typeAsString();
    var row = new ListenerRow(model, Attributes.ofListener(type).defaults(), List.of());
    turn.region().listeners.put(arn, row);
    ElbTags.put(turn, arn, request.tags());
    putDefaultRule(
        turn, row, arn.replace(":listener/", ":listener-rule/") + "/" + turn.ids().hex(16));
    Links.settle(turn, loadBalancer.arn(), Links.groupsOf(model.defaultActions()));
    return CreateListenerResponse.builder().listeners(model).build();
  }

  private static SdkResponse adopt(
      Turn turn,
      CreateListenerRequest request,
      LoadBalancerRow loadBalancer,
      ListenerRow existing,
      Listener asked) {
    var duplicate =
        AwsError.refused(
            "DuplicateListener",
            "A listener already exists on this port for this load balancer '"
                + loadBalancer.arn()
                + "'");
    if (!existing.model().protocolAsString().equals(asked.protocolAsString())) {
      throw duplicate;
    }
    var wanted = accepted(turn, loadBalancer, asked, existing);
    var is = existing.model().toBuilder().listenerArn(null).build();
    if (!is.equals(wanted)) {
      throw duplicate;
    }
    return CreateListenerResponse.builder().listeners(existing.model()).build();
  }

  private static void putDefaultRule(Turn turn, ListenerRow listener, String arn) {
    var rule =
        Rule.builder()
            .ruleArn(arn)
            .priority("default")
            .isDefault(true)
            .conditions(List.of())
            .actions(listener.model().defaultActions())
            .build();
    turn.region().rules.put(arn, new RuleRow(listener.arn(), rule));
  }

  private static @Nullable ListenerRow onPort(
      Turn turn, LoadBalancerRow loadBalancer, @Nullable Integer port) {
    for (var listener : turn.region().listeners.in(loadBalancer.arn())) {
      if (port != null && port.equals(listener.model().port())) {
        return listener;
      }
    }
    return null;
  }

  private static void checkQuota(Turn turn, LoadBalancerRow loadBalancer) {
    var limit =
        turn.quota(loadBalancer.application() ? Quota.LISTENERS_PER_ALB : Quota.LISTENERS_PER_NLB);
    if (turn.region().listeners.in(loadBalancer.arn()).size() >= limit) {
      throw AwsError.refused(
          "TooManyListeners",
          "The maximum number of listeners has been reached on load balancer '"
              + loadBalancer.arn()
              + "'");
    }
  }

  /** The listener as it is stored and shown, or the refusal. */
  private static Listener accepted(
      Turn turn, LoadBalancerRow loadBalancer, Listener asked, @Nullable ListenerRow before) {
    var protocol = asked.protocolAsString();
    Protocols.checkListener(loadBalancer, protocol, asked.port());
    var secure = Protocols.secure(protocol);
    ListenerCertificates.checkDefault(turn, asked, secure);
    if (!secure && (asked.sslPolicy() != null || !asked.alpnPolicy().isEmpty())) {
      throw AwsError.refused(
          "InvalidConfigurationRequest",
          "An SSL or ALPN policy cannot be specified for protocol '" + protocol + "'");
    }
    if (!asked.alpnPolicy().isEmpty() && !"TLS".equals(protocol)) {
      throw AwsError.refused(
          "InvalidConfigurationRequest", "An ALPN policy needs a listener with protocol 'TLS'");
    }
    Catalogue.checkSslPolicy(asked.sslPolicy());
    Catalogue.checkAlpnPolicy(asked.alpnPolicy());
    var normal = asked.toBuilder();
    normal.sslPolicy(
        secure && asked.sslPolicy() == null ? Catalogue.DEFAULT_SSL_POLICY : asked.sslPolicy());
    normal.mutualAuthentication(mutual(turn, asked, "HTTPS".equals(protocol)));
    normal.defaultActions(
        Actions.accepted(
            turn,
            loadBalancer,
            String.valueOf(protocol),
            asked.defaultActions(),
            before == null ? List.of() : before.model().defaultActions()));
    return normal.build();
  }

  private static @Nullable MutualAuthenticationAttributes mutual(
      Turn turn, Listener asked, boolean https) {
    var given = asked.mutualAuthentication();
    if (given == null) {
      return https ? MutualAuthenticationAttributes.builder().mode("off").build() : null;
    }
    var mode = String.valueOf(given.mode());
    if (!https || !Set.of("off", "passthrough", "verify").contains(mode)) {
      throw AwsError.refused(
          "InvalidConfigurationRequest", "Mutual authentication mode '" + mode + "' is not valid");
    }
    if (!mode.equals("verify")) {
      if (given.trustStoreArn() != null) {
        throw AwsError.refused(
            "InvalidConfigurationRequest", "A trust store needs the mode 'verify'");
      }
      return MutualAuthenticationAttributes.builder().mode(mode).build();
    }
    if (given.trustStoreArn() == null || !turn.region().trustStores.has(given.trustStoreArn())) {
      throw AwsError.refused("TrustStoreNotFound", "One or more trust stores not found");
    }
    return given.toBuilder()
        .ignoreClientCertificateExpiry(Boolean.TRUE.equals(given.ignoreClientCertificateExpiry()))
        .advertiseTrustStoreCaNames(
            given.advertiseTrustStoreCaNamesAsString() == null
                ? "off"
                : given.advertiseTrustStoreCaNamesAsString())
        .trustStoreAssociationStatus(TrustStoreAssociationStatusEnum.ACTIVE)
        .build();
  }

  private SdkResponse describe(Turn turn, DescribeListenersRequest request) {
    var byArn = request.listenerArns();
    if ((request.loadBalancerArn() == null) == byArn.isEmpty()) {
      throw AwsError.invalid("You must specify either listener ARNs or a load balancer ARN");
    }
    var rows =
        byArn.isEmpty()
            ? turn.region().listeners.in(Find.loadBalancer(turn, request.loadBalancerArn()).arn())
            : Find.listeners(turn, byArn);
    var page =
        Pages.of(
            rows, ListenerRow::arn, request.marker(), Limits.elbPage(turn, request.pageSize()));
    return DescribeListenersResponse.builder()
        .listeners(page.items().stream().map(ListenerRow::model).toList())
        .nextMarker(page.next())
        .build();
  }

  private SdkResponse modify(Turn turn, ModifyListenerRequest request) {
    var row = Find.listener(turn, request.listenerArn());
    var loadBalancer = Find.loadBalancer(turn, row.loadBalancerArn());
    var is = row.model();
    var asked = overlaid(is, request);
    var other = onPort(turn, loadBalancer, asked.port());
    if (other != null && !other.arn().equals(row.arn())) {
      throw AwsError.refused(
          "DuplicateListener",
          "A listener already exists on this port for this load balancer '"
              + loadBalancer.arn()
              + "'");
    }
    var model = accepted(turn, loadBalancer, asked, row);
    var touched = new LinkedHashSet<>(Links.groupsOf(is.defaultActions()));
    touched.addAll(Links.groupsOf(model.defaultActions()));
    var sni =
        Protocols.secure(model.protocolAsString()) ? row.sniCertificates() : List.<String>of();
    var changed = new ListenerRow(model, row.attributes(), sni);
    turn.region().listeners.put(row.arn(), changed);
    turn.region().rules.in(row.arn()).stream()
        .filter(rule -> rule.model().isDefault())
        .forEach(rule -> putDefaultRule(turn, changed, rule.model().ruleArn()));
    Links.settle(turn, loadBalancer.arn(), touched);
    return ModifyListenerResponse.builder().listeners(model).build();
  }

  /** Omitted members stay; a listener that becomes plain loses certificates and policies. */
  private static Listener overlaid(Listener is, ModifyListenerRequest request) {
    var protocol =
        request.protocolAsString() == null ? is.protocolAsString() : request.protocolAsString();
    var secure = Protocols.secure(protocol);
    var asked = is.toBuilder().protocol(protocol).listenerArn(is.listenerArn());
    if (request.port() != null) {
      asked.port(request.port());
    }
    if (!request.defaultActions().isEmpty()) {
      asked.defaultActions(request.defaultActions());
    } else {
      asked.defaultActions(reusable(is));
    }
    asked.certificates(
        request.hasCertificates()
            ? request.certificates()
            : secure ? is.certificates() : List.of());
    asked.sslPolicy(
        request.sslPolicy() != null ? request.sslPolicy() : secure ? is.sslPolicy() : null);
    asked.alpnPolicy(
        request.hasAlpnPolicy()
            ? request.alpnPolicy()
            : "TLS".equals(protocol) ? is.alpnPolicy() : List.of());
    asked.mutualAuthentication(
        request.mutualAuthentication() != null
            ? request.mutualAuthentication()
            : "HTTPS".equals(protocol) ? is.mutualAuthentication() : null);
    return asked.build();
  }

  private static List<Action> reusable(Listener is) {
    var actions = new ArrayList<Action>();
    for (var action : is.defaultActions()) {
      var oidc = action.authenticateOidcConfig();
      actions.add(
          oidc == null
              ? action
              : action.toBuilder()
                  .authenticateOidcConfig(oidc.toBuilder().useExistingClientSecret(true).build())
                  .build());
    }
    return actions;
  }

  private SdkResponse delete(Turn turn, DeleteListenerRequest request) {
    remove(turn, Find.listener(turn, request.listenerArn()));
    return DeleteListenerResponse.builder().build();
  }

  static void remove(Turn turn, ListenerRow listener) {
    var touched = new LinkedHashSet<>(Links.groupsOf(listener.model().defaultActions()));
    for (var rule : turn.region().rules.in(listener.arn())) {
      touched.addAll(Links.groupsOf(rule.model().actions()));
      turn.region().rules.remove(rule.model().ruleArn());
      turn.region().tags.remove(rule.model().ruleArn());
    }
    turn.region().listeners.remove(listener.arn());
    turn.region().tags.remove(listener.arn());
    Links.settle(turn, listener.loadBalancerArn(), touched);
  }
}
