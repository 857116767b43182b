package dev.penstock.plan.ingress;

import dev.penstock.plan.ClusterView;
import dev.penstock.plan.names.Finalizers;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ObjectKind;
import dev.penstock.schemas.kubernetes.Ingress;
import dev.penstock.schemas.kubernetes.IngressClass;
import dev.penstock.schemas.kubernetes.IngressClassParams;
import dev.penstock.schemas.kubernetes.KubernetesObject;
import dev.penstock.schemas.kubernetes.Metadata;
import java.util.List;
import java.util.Optional;

/** Whose an Ingress is: legacy annotation, named class or default class (LBC 4.1, items 2 to 4). */
final class ClassRules {
  private static final String LEGACY = "kubernetes.io/ingress.class";
  private static final String DEFAULT_MARK = "ingressclass.kubernetes.io/is-default-class";
  private static final String CONTROLLER = "ingress.k8s.aws/alb";
  private static final String GROUP = "elbv2.k8s.aws";

  /** The answer. */
  sealed interface Choice {}

  record Ours(Optional<IngressClassParams> params) implements Choice {}

  record Foreign(String reason) implements Choice {}

  record Broken(String message) implements Choice {}

  private final ClusterView view;

  ClassRules(ClusterView view) {
    this.view = view;
  }

  Choice choose(Ingress ingress) {
    var legacy = ingress.metadata().annotations().get(LEGACY);
    if (legacy != null) {
      return byAnnotation(legacy, ingress.metadata());
    }
    if (ingress.className().isPresent()) {
      return byName(ingress.className().get(), ingress.metadata());
    }
    var defaults = view.list(ObjectKind.INGRESS_CLASS).stream().filter(c -> isDefault(c)).toList();
    return switch (defaults.size()) {
      case 0 ->
          view.registration().controller().ingressClass().isEmpty()
              ? new Ours(Optional.empty())
              : new Foreign("it names no class and the cluster has no default class");
      case 1 -> byName(defaults.getFirst().metadata().name(), ingress.metadata());
      default -> new Broken("no class is named and several are marked default: " + names(defaults));
    };
  }

  /** The annotation can be closed to new Ingresses; those that have a finalizer of ours stay. */
  private Choice byAnnotation(String legacy, Metadata ingress) {
    var controller = view.registration().controller();
    var configured = controller.ingressClass();
    var wanted = configured.isEmpty() ? "alb" : configured;
    if (!legacy.equals(wanted)) {
      return new Foreign(LEGACY + " is \"" + legacy + "\", ours is \"" + wanted + "\"");
    }
    return controller.disableIngressClassAnnotation()
            && Finalizers.held(view.registration().cluster(), ingress).isEmpty()
        ? new Broken(LEGACY + " may not be used in this cluster: set spec.ingressClassName")
        : new Ours(Optional.empty());
  }

  private Choice byName(String name, Metadata ingress) {
    var found = view.find(clusterScoped(ObjectKind.INGRESS_CLASS, name));
    if (found.isEmpty()) {
      return new Broken("IngressClass \"" + name + "\" does not exist");
    }
    if (!(found.get() instanceof IngressClass ingressClass)) {
      return new Broken("IngressClass \"" + name + "\" cannot be read");
    }
    if (!ingressClass.controller().equals(CONTROLLER)) {
      return new Foreign("class \"" + name + "\" belongs to " + ingressClass.controller());
    }
    return ingressClass
        .parameters()
        .map(parameters -> withParameters(name, parameters, ingress))
        .orElseGet(() -> new Ours(Optional.empty()));
  }

  private Choice withParameters(
      String className, IngressClass.Parameters parameters, Metadata ingress) {
    if (!parameters.apiGroup().equals(GROUP) || !parameters.kind().equals("IngressClassParams")) {
      return new Broken(
          "parameters of IngressClass \""
              + className
              + "\" must be "
              + GROUP
              + " IngressClassParams, not "
              + parameters.apiGroup()
              + " "
              + parameters.kind());
    }
    var found = view.find(clusterScoped(ObjectKind.INGRESS_CLASS_PARAMS, parameters.name()));
    if (found.isEmpty() || !(found.get() instanceof IngressClassParams params)) {
      return new Broken(
          "IngressClassParams \""
              + parameters.name()
              + "\" of class \""
              + className
              + (found.isEmpty() ? "\" does not exist" : "\" cannot be read"));
    }
    var selector = params.namespaceSelector();
    if (selector.isPresent()) {
      var namespace =
          view.find(
              new ObjectKey(
                  view.registration().cluster(), ObjectKind.NAMESPACE, "", ingress.namespace()));
      boolean selected =
          namespace
              .map(n -> LabelMatch.matches(selector.get(), n.metadata().labels()))
              .orElse(false);
      if (!selected) {
        return new Broken(
            "class \"" + className + "\" is not open to namespace \"" + ingress.namespace() + "\"");
      }
    }
    return new Ours(Optional.of(params));
  }

  private ObjectKey clusterScoped(ObjectKind kind, String name) {
    return new ObjectKey(view.registration().cluster(), kind, "", name);
  }

  private static boolean isDefault(KubernetesObject object) {
    return "true".equals(object.metadata().annotations().get(DEFAULT_MARK));
  }

  private static List<String> names(List<KubernetesObject> classes) {
    return classes.stream().map(c -> c.metadata().name()).toList();
  }
}
