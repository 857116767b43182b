package dev.penstock.sandbox.aws.wire;

import java.lang.reflect.InvocationTargetException;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;
import software.amazon.awssdk.utils.builder.Buildable;

/** The SDK's models as trees of fields. */
final class Models {
  private Models() {}

  /** A builder of the model; the SDK's builders are models themselves. */
  static SdkPojo builder(Class<?> type) {
    try {
      return (SdkPojo) type.getMethod("builder").invoke(null);
    } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException(type.getName() + " is no model of the SDK", e);
    }
  }

  static Object built(SdkPojo builder) {
    return builder instanceof Buildable buildable ? buildable.build() : builder;
  }

  /** The value of a field, or null if nobody set it. */
  static @Nullable Object value(SdkField<?> field, SdkPojo model) {
    Object value = field.getValueOrDefault(model);
    var unset = value instanceof SdkAutoConstructList || value instanceof SdkAutoConstructMap;
    return unset ? null : value;
  }

  static boolean empty(@Nullable Object value) {
    return value == null
        || value instanceof Collection<?> list && list.isEmpty()
        || value instanceof Map<?, ?> map && map.isEmpty();
  }
}
