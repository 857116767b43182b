package dev.penstock.plan.ingress;

import dev.penstock.plan.StackPlan.BackendAccess;
import dev.penstock.plan.names.StackNames;
import dev.penstock.plan.names.StackTags;
import dev.penstock.schemas.aws.Action;
import dev.penstock.schemas.aws.Action.WeightedTargetGroup;
import dev.penstock.schemas.aws.Link;
import dev.penstock.schemas.aws.Live.LiveTargetGroup;
import dev.penstock.schemas.aws.Named;
import dev.penstock.schemas.aws.TargetGroupSpec;
import dev.penstock.schemas.intent.IngressIntent.BackendAction;
import dev.penstock.schemas.intent.IngressIntent.ForwardTo;
import dev.penstock.schemas.intent.IngressIntent.Plain;
import dev.penstock.schemas.intent.IngressIntent.RuleIntent;
import dev.penstock.schemas.intent.IngressIntent.TargetGroupIntent;
import dev.penstock.schemas.intent.IngressIntent.WeightedBackend;
import dev.penstock.schemas.intent.TargetBinding;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.ResourceKind;
import dev.penstock.schemas.kubernetes.LabelSelector;
import dev.penstock.schemas.kubernetes.TargetGroupBinding.NetworkingPort;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The target groups that rules use, with their bindings and backend access (LBC 4.10, 4.13). */
final class TargetGroupBuilder {
  private static final String TCP = "TCP";

  private record Used(Participant participant, TargetGroupIntent intent) {}

  private final StackDraft draft;
  private final LoadBalancerBuilder.Built loadBalancer;
  private final Map<ObjectKey, Map<String, TargetGroupIntent>> intents = new LinkedHashMap<>();
  private final NameChoice names;
  private final Map<String, String> arns = new LinkedHashMap<>();
  private final Map<String, Used> used = new LinkedHashMap<>();

  TargetGroupBuilder(
      StackDraft draft, List<Participant> participants, LoadBalancerBuilder.Built loadBalancer) {
    this.draft = draft;
    this.loadBalancer = loadBalancer;
    this.names = new NameChoice(draft);
    participants.forEach(this::check);
  }

  /** The actions as AWS takes them; on plain HTTP there is neither login nor token check. */
  List<Action> actions(List<BackendAction> actions, boolean tls) {
    if (!found(actions)) {
      return List.of(FixedAnswers.REFUSED);
    }
    var result = new ArrayList<Action>();
    for (BackendAction action : actions) {
      switch (action) {
        case Plain(var plain) -> {
          if (tls || !checksClient(plain)) {
            result.add(plain);
          }
        }
        case ForwardTo(var backends, var stickiness) ->
            result.add(
                new Action.Forward(backends.stream().map(this::weighted).toList(), stickiness));
      }
    }
    return List.copyOf(result);
  }

  /** Whether every target group that is named is there. */
  boolean found(List<BackendAction> actions) {
    return named(actions).allMatch(arns::containsKey);
  }

  private static Stream<String> named(List<BackendAction> actions) {
    return actions.stream()
        .flatMap(action ->
            action instanceof ForwardTo(var backends, _) ? backends.stream() : Stream.empty())
        .filter(WeightedBackend::byName)
        .map(WeightedBackend::targetGroup);
  }

  void use(Participant participant, List<BackendAction> actions) {
    for (BackendAction action : actions) {
      if (action instanceof ForwardTo(var backends, _)) {
        for (WeightedBackend backend : backends) {
          var intent =
              intents.getOrDefault(participant.member(), Map.of()).get(backend.targetGroup());
          if (intent != null && !backend.existing()) {
            used.putIfAbsent(backend.targetGroup(), new Used(participant, intent));
          }
        }
      }
    }
  }

  void write() {
    used.values().forEach(this::write);
  }

  private void write(Used use) {
    var intent = use.intent();
    var key = draft.key(ResourceKind.TARGET_GROUP, intent.resourceId());
    var name = name(use);
    draft.want(
        key,
        new TargetGroupSpec(
            name,
            intent.targetType(),
            intent.protocol(),
            intent.protocolVersion(),
            intent.port(),
            intent.ipAddressType(),
            draft.input.registration().vpcId(),
            intent.healthCheck(),
            intent.targetControlPort(),
            intent.attributes(),
            StackTags.resource(
                draft.input.registration().lbcName(), draft.input.stack(), key.id(), intent.tags()),
            Optional.empty()),
        List.of(use.participant().member()));
    draft.bindings.add(binding(key, isLegacy(key) ? generated(use, 0) : name, intent));
    loadBalancer
        .backendSource()
        .ifPresent(
            source -> draft.backendAccess.add(new BackendAccess(key, source, ports(intent))));
  }

  private String name(Used use) {
    return new Generations(draft, ResourceKind.TARGET_GROUP, use.intent().resourceId())
        .name(successor -> generated(use, successor));
  }

  /** The name of a group that the controller before LBC made is not one that LBC gives. */
  private boolean isLegacy(ResourceKey key) {
    return draft.live(key).orElse(null) instanceof LiveTargetGroup group
        && group.spec().tags().containsKey(StackTags.LEGACY_CLUSTER);
  }

  private String generated(Used use, int successor) {
    var intent = use.intent();
    var parts =
        new StackNames.TargetGroupParts(
            use.participant().member().namespace(),
            use.participant().member().name(),
            intent.namespace(),
            intent.serviceName(),
            intent.serviceUid(),
            intent.servicePort().text(),
            intent.port(),
            intent.targetType(),
            intent.protocol(),
            intent.protocolVersion(),
            intent.targetControlPort());
    return draft.names().targetGroup(parts, successor);
  }

  private TargetBinding binding(ResourceKey key, String name, TargetGroupIntent intent) {
    return new TargetBinding(
        key,
        draft.input.stack().cluster(),
        intent.namespace(),
        name,
        intent.serviceName(),
        intent.servicePort(),
        intent.targetType(),
        intent.ipAddressType(),
        draft.input.registration().vpcId(),
        intent.nodeLabels().isEmpty()
            ? Optional.empty()
            : Optional.of(new LabelSelector(intent.nodeLabels(), List.of())),
        intent.multiCluster(),
        Optional.empty(),
        Optional.empty(),
        intent.protocol());
  }

  private List<NetworkingPort> ports(TargetGroupIntent intent) {
    return draft.settings().disableRestrictedSecurityGroupRules()
        ? List.of(new NetworkingPort(TCP, Optional.empty()))
        : intent.backendPorts().stream()
            .map(port -> new NetworkingPort(TCP, Optional.of(port)))
            .toList();
  }

  private WeightedTargetGroup weighted(WeightedBackend backend) {
    Link link =
        backend.existing()
            ? new Link.Known(arns.getOrDefault(backend.targetGroup(), backend.targetGroup()))
            : new Link.Ref(draft.key(ResourceKind.TARGET_GROUP, backend.targetGroup()));
    return new WeightedTargetGroup(link, backend.weight());
  }

  private void check(Participant participant) {
    var byId = new LinkedHashMap<String, TargetGroupIntent>();
    for (TargetGroupIntent intent : participant.intent().targetGroups()) {
      byId.put(intent.resourceId(), intent);
      if (intent.ipAddressType().equals("ipv6") && !loadBalancer.dualStack()) {
        draft.tell(
            participant.member(),
            "InvalidBackend",
            "service "
                + intent.namespace()
                + "/"
                + intent.serviceName()
                + " has IPv6 targets, which need "
                + Annotation.PREFIX
                + Annotation.IP_ADDRESS_TYPE.key()
                + ": dualstack");
        draft.holdBack(participant.member());
      }
    }
    intents.put(participant.member(), byId);
    Stream.concat(
            participant.intent().rules().stream().map(RuleIntent::actions),
            participant.intent().defaultBackend().stream())
        .flatMap(TargetGroupBuilder::named)
        .forEach(name ->
            names
                .id(participant, Named.Kind.TARGET_GROUP, name)
                .ifPresent(arn -> arns.put(name, arn)));
  }

  private static boolean checksClient(Action action) {
    return switch (action) {
      case Action.AuthenticateOidc _, Action.AuthenticateCognito _, Action.JwtValidation _ -> true;
      case Action.Forward _, Action.Redirect _, Action.FixedResponse _ -> false;
    };
  }
}
