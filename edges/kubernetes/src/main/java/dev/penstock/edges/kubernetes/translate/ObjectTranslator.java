package dev.penstock.edges.kubernetes.translate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.schemas.key.ObjectKind;
import dev.penstock.schemas.kubernetes.KubernetesObject;
import dev.penstock.schemas.kubernetes.Malformed;
import dev.penstock.schemas.settings.ControllerSettings;
import java.util.Optional;

/**
 * Objects as the API server sends them to projections. Total: whatever cannot be read becomes
 * {@link Malformed} with a reason that names the field; only an object without a name has no
 * translation. For use by one thread.
 */
public final class ObjectTranslator {
  private final Interner interner = new Interner();
  private final ControllerSettings controller;

  public ObjectTranslator(ControllerSettings controller) {
    this.controller = controller;
  }

  public Optional<KubernetesObject> translate(ObjectKind kind, JsonNode raw) {
    try {
      var object = read(kind, Fields.of(raw, "", interner));
      return object.metadata().name().isEmpty() ? Optional.empty() : Optional.of(object);
    } catch (MalformedField malformed) {
      var metadata = MetadataTranslator.salvage(kind, raw);
      var reason = String.valueOf(malformed.getMessage());
      return metadata.name().isEmpty()
          ? Optional.empty()
          : Optional.of(new Malformed(metadata, kind, reason));
    }
  }

  private KubernetesObject read(ObjectKind kind, Fields root) throws MalformedField {
    var metadata = MetadataTranslator.read(kind, root);
    return switch (kind) {
      case INGRESS -> IngressTranslator.read(metadata, root);
      case INGRESS_CLASS -> IngressClassTranslator.read(metadata, root);
      case INGRESS_CLASS_PARAMS -> IngressClassParamsTranslator.read(metadata, root);
      case SERVICE -> ServiceTranslator.read(metadata, root);
      case ENDPOINT_SLICE -> EndpointSliceTranslator.read(metadata, root);
      case NODE -> NodeTranslator.read(metadata, root);
      case POD -> new PodTranslator(controller.quicEnvironmentVariableName()).read(metadata, root);
      case NAMESPACE -> NamespaceTranslator.read(metadata);
      case TARGET_GROUP_BINDING -> TargetGroupBindingTranslator.read(metadata, root);
      case SECRET -> SecretTranslator.read(metadata, root);
      case CONFIG_MAP -> ConfigMapTranslator.read(metadata, root);
    };
  }
}
