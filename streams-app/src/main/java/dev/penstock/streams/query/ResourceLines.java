package dev.penstock.streams.query;

import dev.penstock.plan.Order;
import dev.penstock.schemas.aws.Action;
import dev.penstock.schemas.aws.CertificateSpec;
import dev.penstock.schemas.aws.Link;
import dev.penstock.schemas.aws.ListenerRuleSpec;
import dev.penstock.schemas.aws.ListenerSpec;
import dev.penstock.schemas.aws.LoadBalancerSpec;
import dev.penstock.schemas.aws.ProtectionSpec;
import dev.penstock.schemas.aws.RecordNameSpec;
import dev.penstock.schemas.aws.RecordSet;
import dev.penstock.schemas.aws.ResourceSpec;
import dev.penstock.schemas.aws.RuleCondition;
import dev.penstock.schemas.aws.SecurityGroupRulesSpec;
import dev.penstock.schemas.aws.SecurityGroupSpec;
import dev.penstock.schemas.aws.TargetGroupSpec;
import dev.penstock.schemas.aws.TargetHealth;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Resources in one line each, and AWS's reason words as advice. */
final class ResourceLines {
  private ResourceLines() {}

  static String of(ResourceSpec spec) {
    return switch (spec) {
      case LoadBalancerSpec lb -> loadBalancer(lb);
      case ListenerSpec listener -> listener(listener);
      case ListenerRuleSpec rule ->
          "priority "
              + rule.priority()
              + ", "
              + conditions(rule.conditions())
              + " → "
              + actions(rule.actions());
      case TargetGroupSpec group -> targetGroup(group);
      case SecurityGroupSpec group ->
          group.name() + ", " + group.ingress().size() + " ingress rules";
      case SecurityGroupRulesSpec rules ->
          rules.groupId() + ", " + rules.ingress().size() + " rules of ours";
      case CertificateSpec certificate -> "for " + String.join(", ", certificate.names());
      case ProtectionSpec protection -> protection.value().isEmpty() ? "none" : protection.value();
      case RecordNameSpec name ->
          name.recordSets().stream()
              .map(set -> record(name.name(), set))
              .collect(Collectors.joining("; "));
    };
  }

  private static String loadBalancer(LoadBalancerSpec lb) {
    return lb.name()
        + ", "
        + lb.scheme()
        + ", "
        + lb.ipAddressType()
        + ", subnets "
        + String.join(" ", lb.subnets());
  }

  private static String listener(ListenerSpec listener) {
    return listener.protocol()
        + ":"
        + listener.port()
        + ", default "
        + actions(listener.defaultActions())
        + (listener.certificates().isEmpty()
            ? ""
            : ", certificate " + Order.id(listener.certificates().getFirst()));
  }

  private static String targetGroup(TargetGroupSpec group) {
    return group.name()
        + ", "
        + group.targetType()
        + " "
        + group.protocol()
        + ":"
        + group.port()
        + ", health check "
        + group.healthCheck().protocol()
        + " "
        + group.healthCheck().path()
        + " every "
        + group.healthCheck().intervalSeconds()
        + " s";
  }

  /** What AWS calls the resource; listeners and rules go by their ids. */
  static String name(ResourceSpec spec, String id) {
    return switch (spec) {
      case LoadBalancerSpec lb -> lb.name();
      case TargetGroupSpec group -> group.name();
      case SecurityGroupSpec group -> group.name();
      case ListenerSpec _,
          ListenerRuleSpec _,
          SecurityGroupRulesSpec _,
          CertificateSpec _,
          ProtectionSpec _,
          RecordNameSpec _ ->
          id;
    };
  }

  private static String record(String name, RecordSet set) {
    var points =
        set.alias()
            .map(RecordSet.Alias::dnsName)
            .map(dns -> "alias " + dns)
            .orElseGet(() -> String.join(",", set.values()));
    return set.type() + (set.name().equals(name) ? " " : " of " + set.name() + " ") + points;
  }

  private static String actions(List<Action> actions) {
    return actions.stream().map(ResourceLines::action).collect(Collectors.joining(", "));
  }

  private static String action(Action action) {
    return switch (action) {
      case Action.Forward forward ->
          "forward to "
              + forward.targetGroups().stream()
                  .map(group -> link(group.targetGroup()))
                  .collect(Collectors.joining(" "));
      case Action.Redirect redirect ->
          "redirect to "
              + redirect.protocol()
              + ":"
              + redirect.port()
              + " "
              + redirect.statusCode();
      case Action.FixedResponse fixed -> "answer " + fixed.statusCode();
      case Action.AuthenticateOidc oidc -> "authenticate with " + oidc.issuer();
      case Action.AuthenticateCognito cognito -> "authenticate with " + cognito.userPoolDomain();
      case Action.JwtValidation jwt -> "validate tokens of " + jwt.issuer();
    };
  }

  static String link(Link link) {
    return switch (link) {
      case Link.Known(var id) -> id.contains("targetgroup/") ? id.split("/")[1] : id;
      case Link.Ref(var resource) -> resource.id();
    };
  }

  private static String conditions(List<RuleCondition> conditions) {
    var texts = new ArrayList<String>();
    for (var condition : conditions) {
      texts.add(
          switch (condition) {
            case RuleCondition.HostHeader host ->
                "host " + values(host.values(), host.regexValues());
            case RuleCondition.PathPattern path ->
                "path " + values(path.values(), path.regexValues());
            case RuleCondition.HttpHeader header ->
                "header " + header.name() + " " + values(header.values(), header.regexValues());
            case RuleCondition.HttpRequestMethod method ->
                "method " + String.join(" ", method.values());
            case RuleCondition.QueryString query -> "query " + query.values();
            case RuleCondition.SourceIp source -> "source " + String.join(" ", source.values());
          });
    }
    return String.join(" and ", texts);
  }

  private static String values(List<String> values, List<String> regexes) {
    return String.join(" ", values.isEmpty() ? regexes : values);
  }

  /** What a person can do about a target that is not healthy (AWS API: TargetHealth). */
  static String advice(TargetHealth health, String healthCheck) {
    return switch (health.reason()) {
      case "Target.ResponseCodeMismatch" ->
          "the health check fails: the pod answers "
              + health.description()
              + " ("
              + healthCheck
              + ")";
      case "Target.Timeout" ->
          "the health check times out: a security group or network policy does not let the load"
              + " balancer reach the pod's health check port, or the pod does not answer in time ("
              + healthCheck
              + ")";
      case "Target.FailedHealthChecks" ->
          "the health check fails: the pod refuses the connection (" + healthCheck + ")";
      case "Target.NotInUse" ->
          "no listener rule uses the target group yet, or the target's zone is not enabled on the"
              + " load balancer";
      case "Elb.RegistrationInProgress", "Elb.InitialHealthChecking" ->
          "registered; the first health checks run";
      case "Target.DeregistrationInProgress" -> "drains after it was deregistered";
      default -> health.state() + ": " + health.reason() + " " + health.description();
    };
  }
}
