package dev.penstock.plan.ingress;

import static dev.penstock.plan.ingress.Annotation.ACTIONS;

import dev.penstock.plan.annotation.AnnotationReader;
import dev.penstock.plan.ingress.ActionReader.ServiceGroup;
import dev.penstock.schemas.aws.Action;
import dev.penstock.schemas.intent.IngressIntent.BackendAction;
import dev.penstock.schemas.intent.IngressIntent.ForwardTo;
import dev.penstock.schemas.intent.IngressIntent.Plain;
import dev.penstock.schemas.intent.IngressIntent.TargetGroupIntent;
import dev.penstock.schemas.intent.IngressIntent.WeightedBackend;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ObjectKind;
import dev.penstock.schemas.kubernetes.Ingress;
import dev.penstock.schemas.kubernetes.PortReference;
import dev.penstock.schemas.kubernetes.Service;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Resolves backends to actions and target groups (LBC 4.7); target groups in order of first use.
 */
final class BackendReader {
  private static final String INVALID_BACKEND = "InvalidBackend";
  private static final String BY_ANNOTATION = "use-annotation";

  private final MemberSource source;
  private final TargetGroupReader reader;
  private final boolean tls;
  private final List<Integer> unchecked;
  private final Map<String, TargetGroupIntent> targetGroups = new LinkedHashMap<>();

  /**
   * {@code tls}: the member has an HTTPS listener, where clients can be checked; {@code unchecked}:
   * ports on which it serves them as they come.
   */
  BackendReader(
      MemberSource source, TargetGroupReader reader, boolean tls, List<Integer> unchecked) {
    this.source = source;
    this.reader = reader;
    this.tls = tls;
    this.unchecked = unchecked;
  }

  List<TargetGroupIntent> targetGroups() {
    return List.copyOf(targetGroups.values());
  }

  /** Login and token checks first, which count on HTTPS listeners only; then what answers. */
  List<BackendAction> read(Ingress.Backend backend) {
    if (backend.service().isEmpty()) {
      source.problems().error(INVALID_BACKEND, "a backend must name a service");
      return List.of();
    }
    var service = backend.service().get();
    return service.port().equals(new PortReference.Named(BY_ANNOTATION))
        ? byAnnotation(service.name())
        : forward(
            List.of(new ServiceGroup(service.name(), service.port(), Optional.empty())),
            Optional.empty());
  }

  private List<BackendAction> byAnnotation(String name) {
    var key = ACTIONS.key() + name;
    if (!source.annotations().has(key)) {
      if (source.settings().tolerateNonExistentBackendAction()) {
        source
            .problems()
            .warn(
                INVALID_BACKEND, source.annotations().key(key) + " is missing: answered with 503");
        return withChecks(new Plain(FixedAnswers.NO_ACTION), Optional.empty());
      }
      source.problems().error(INVALID_BACKEND, source.annotations().key(key) + " is missing");
      return List.of();
    }
    return switch (ActionReader.read(source, key)) {
      case ActionReader.Whole(var action) -> withChecks(new Plain(action), Optional.empty());
      case ActionReader.Forwarding(var groups, var stickiness) -> forward(groups, stickiness);
      case ActionReader.Unreadable _ -> List.of();
    };
  }

  private List<BackendAction> forward(
      List<? extends ActionReader.Group> groups, Optional<Action.Stickiness> stickiness) {
    var single = onlyService(groups);
    if (single.isPresent() && find(single.get()).isEmpty() && tolerates(single.get())) {
      return withChecks(new Plain(FixedAnswers.NO_SERVICE), Optional.empty());
    }
    var backends = new ArrayList<WeightedBackend>();
    for (ActionReader.Group group : groups) {
      switch (group) {
        case ActionReader.ExistingGroup(var id, var byName, var weight) ->
            backends.add(new WeightedBackend(id, true, weight, byName));
        case ServiceGroup(var name, var port, var weight) ->
            targetGroup(name, port)
                .ifPresent(id -> backends.add(new WeightedBackend(id, false, weight, false)));
      }
    }
    return withChecks(new ForwardTo(List.copyOf(backends), stickiness), single.flatMap(this::find));
  }

  private boolean tolerates(String name) {
    if (source.settings().tolerateNonExistentBackendService()) {
      source
          .problems()
          .warn(
              INVALID_BACKEND,
              "service "
                  + source.namespace()
                  + "/"
                  + name
                  + " does not exist: its paths are answered with 503");
      return true;
    }
    return false;
  }

  private Optional<String> targetGroup(String serviceName, PortReference port) {
    var id = source.namespace() + "/" + source.name() + "-" + serviceName + ":" + port.text();
    if (targetGroups.containsKey(id)) {
      return Optional.of(id);
    }
    var service = find(serviceName);
    if (service.isEmpty()) {
      source
          .problems()
          .error(
              INVALID_BACKEND,
              "service " + source.namespace() + "/" + serviceName + " does not exist");
      return Optional.empty();
    }
    var intent = reader.read(id, service.get(), port);
    intent.ifPresent(group -> targetGroups.put(id, group));
    return intent.map(TargetGroupIntent::resourceId);
  }

  private List<BackendAction> withChecks(BackendAction last, Optional<Service> service) {
    var annotations =
        service.map(s -> TargetGroupReader.merged(source, s)).orElse(source.annotations());
    var actions = new ArrayList<BackendAction>();
    AuthReader.read(source, annotations, tls).ifPresent(action -> actions.add(new Plain(action)));
    JwtReader.read(source).ifPresent(action -> actions.add(new Plain(action)));
    if (tls && actions.size() > 1) {
      source
          .problems()
          .error(
              AnnotationReader.INVALID,
              source.annotations().key("auth-type")
                  + " and "
                  + source.annotations().key("jwt-validation")
                  + " exclude each other");
    }
    if (!actions.isEmpty() && !unchecked.isEmpty()) {
      source
          .problems()
          .warn(
              AuthReader.NO_LOGIN,
              "clients of ports "
                  + unchecked
                  + " get in without login and token check, which need HTTPS, unless another member"
                  + " of the group redirects them: ssl-redirect");
    }
    actions.add(last);
    return List.copyOf(actions);
  }

  private Optional<Service> find(String name) {
    var key =
        new ObjectKey(
            source.view().registration().cluster(), ObjectKind.SERVICE, source.namespace(), name);
    return source
        .view()
        .find(key)
        .flatMap(o -> o instanceof Service service ? Optional.of(service) : unreadable(name));
  }

  private Optional<Service> unreadable(String name) {
    source
        .problems()
        .error(INVALID_BACKEND, "service " + source.namespace() + "/" + name + " cannot be read");
    return Optional.empty();
  }

  private static Optional<String> onlyService(List<? extends ActionReader.Group> groups) {
    return groups.size() == 1 && groups.getFirst() instanceof ServiceGroup(var name, _, _)
        ? Optional.of(name)
        : Optional.empty();
  }
}
