package dev.penstock.sandbox.aws.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;

/** The JSON protocols, for any model of the SDK: member names, times as seconds. */
public final class JsonCodec {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private JsonCodec() {}

  public static ObjectNode write(SdkPojo model) {
    var node = NODES.objectNode();
    for (var field : model.sdkFields()) {
      var value = Models.value(field, model);
      if (value != null) {
        node.set(field.memberName(), node(value));
      }
    }
    return node;
  }

  public static Object read(JsonNode node, Class<?> type) {
    var builder = Models.builder(type);
    fill(builder, node);
    return Models.built(builder);
  }

  private static JsonNode node(Object value) {
    return switch (value) {
      case SdkPojo model -> write(model);
      case List<?> list -> {
        var array = NODES.arrayNode();
        list.forEach(item -> array.add(node(item)));
        yield array;
      }
      case Map<?, ?> map -> {
        var object = NODES.objectNode();
        map.forEach((key, item) -> object.set(key.toString(), node(item)));
        yield object;
      }
      case Instant time ->
          NODES.numberNode(
              BigDecimal.valueOf(time.getEpochSecond())
                  .add(BigDecimal.valueOf(time.getNano(), 9))
                  .stripTrailingZeros());
      case Boolean flag -> NODES.booleanNode(flag);
      case Integer number -> NODES.numberNode(number);
      case Long number -> NODES.numberNode(number);
      case Double number -> NODES.numberNode(number);
      case Float number -> NODES.numberNode(number);
      default -> NODES.textNode(Scalars.write(value));
    };
  }

  private static void fill(SdkPojo builder, JsonNode node) {
    for (var field : builder.sdkFields()) {
      var value = node.get(field.memberName());
      if (value != null && !value.isNull()) {
        field.set(builder, value(field, value));
      }
    }
  }

  private static Object value(SdkField<?> field, JsonNode node) {
    var type = field.marshallingType();
    if (type == MarshallingType.SDK_POJO) {
      var builder = field.constructor().get();
      fill(builder, node);
      return Models.built(builder);
    }
    if (type == MarshallingType.LIST) {
      var item = field.getTrait(ListTrait.class).memberFieldInfo();
      var list = new ArrayList<Object>();
      node.forEach(element -> list.add(value(item, element)));
      return list;
    }
    if (type == MarshallingType.MAP) {
      var item = field.getTrait(MapTrait.class).valueFieldInfo();
      var map = new LinkedHashMap<String, Object>();
      node.properties().forEach(e -> map.put(e.getKey(), value(item, e.getValue())));
      return map;
    }
    if (type == MarshallingType.INSTANT) {
      var seconds = node.decimalValue();
      var whole = seconds.longValue();
      var nanos = seconds.subtract(BigDecimal.valueOf(whole)).movePointRight(9).longValue();
      return Instant.ofEpochSecond(whole, nanos);
    }
    return type == MarshallingType.SDK_BYTES
        ? SdkBytes.fromByteArray(java.util.Base64.getDecoder().decode(node.asText()))
        : Scalars.read(node.asText(), type);
  }
}
