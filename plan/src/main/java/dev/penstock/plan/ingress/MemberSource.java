package dev.penstock.plan.ingress;

import dev.penstock.plan.ClusterView;
import dev.penstock.plan.annotation.AnnotationReader;
import dev.penstock.plan.annotation.Problems;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.kubernetes.Ingress;
import dev.penstock.schemas.kubernetes.IngressClassParams;
import dev.penstock.schemas.settings.ControllerSettings;
import java.util.Optional;

/** All that the readers of one member look at, and the place where they say what is wrong. */
record MemberSource(
    ClusterView view,
    Ingress ingress,
    StackId stack,
    Optional<IngressClassParams> params,
    AnnotationReader annotations) {

  ControllerSettings settings() {
    return view.registration().controller();
  }

  Problems problems() {
    return annotations.problems();
  }

  String namespace() {
    return ingress.metadata().namespace();
  }

  String name() {
    return ingress.metadata().name();
  }
}
