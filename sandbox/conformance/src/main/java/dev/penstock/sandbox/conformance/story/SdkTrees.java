package dev.penstock.sandbox.conformance.story;

import static dev.penstock.sandbox.conformance.Nodes.MAKE;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/** The SDK's models as trees; what nobody set is left out. */
final class SdkTrees {
  private static final Set<String> CONFIGS =
      Set.of(
          "fixedResponseConfig",
          "redirectConfig",
          "forwardConfig",
          "authenticateOidcConfig",
          "authenticateCognitoConfig",
          "jwtValidationConfig",
          "hostHeaderConfig",
          "pathPatternConfig",
          "httpHeaderConfig",
          "queryStringConfig",
          "httpRequestMethodConfig",
          "sourceIpConfig",
          "hostHeaderRewriteConfig",
          "urlRewriteConfig");

  private SdkTrees() {}

  /** Field names begin in lower case; the parts of an action or condition stand beside its type. */
  static ObjectNode tree(SdkPojo model, UnaryOperator<String> names) {
    var node = MAKE.objectNode();
    for (SdkField<?> field : model.sdkFields()) {
      Object value = field.getValueOrDefault(model);
      var tree = value(value, names);
      if (tree != null) {
        var name = lower(field.memberName());
        if (CONFIGS.contains(name) && tree instanceof ObjectNode part) {
          node.setAll(part);
        } else {
          node.set(name, tree);
        }
      }
    }
    return node;
  }

  private static @Nullable JsonNode value(@Nullable Object value, UnaryOperator<String> names) {
    return switch (value) {
      case null -> null;
      case SdkPojo model -> {
        var tree = tree(model, names);
        yield tree.isEmpty() ? null : tree;
      }
      case Collection<?> list -> {
        var items = MAKE.arrayNode();
        for (Object item : list) {
          var tree = value(item, names);
          if (tree != null) {
            items.add(tree);
          }
        }
        yield items.isEmpty() ? null : items;
      }
      case Map<?, ?> map -> {
        var object = MAKE.objectNode();
        map.forEach((key, item) -> object.set(key.toString(), value(item, names)));
        yield object.isEmpty() ? null : object;
      }
      case Integer number -> MAKE.numberNode(number);
      case Long number -> MAKE.numberNode(number);
      case Boolean truth -> MAKE.booleanNode(truth);
      default -> MAKE.textNode(names.apply(value.toString()));
    };
  }

  private static String lower(String name) {
    return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
  }
}
