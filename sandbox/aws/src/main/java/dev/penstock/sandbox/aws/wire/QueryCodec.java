package dev.penstock.sandbox.aws.wire;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;

/** Reads requests of the query protocols into any request model of the SDK. */
final class QueryCodec {
  /** A form parameter and what is below it: {@code Tags.member.1.Key}. */
  private static final class Node {
    private @Nullable String text;
    private final Map<String, Node> children = new LinkedHashMap<>();
  }

  private final boolean ec2;

  QueryCodec(boolean ec2) {
    this.ec2 = ec2;
  }

  static Map<String, String> form(String text) {
    var form = new LinkedHashMap<String, String>();
    for (var pair : text.split("&")) {
      if (!pair.isEmpty()) {
        var parts = pair.split("=", 2);
        form.put(decode(parts[0]), parts.length == 1 ? "" : decode(parts[1]));
      }
    }
    return form;
  }

  Object read(Map<String, String> form, Class<?> type) {
    var root = new Node();
    form.forEach((name, value) -> put(root, name, value));
    var builder = Models.builder(type);
    fill(builder, root);
    return Models.built(builder);
  }

  private static void put(Node root, String name, String value) {
    var node = root;
    for (var part : name.split("\\.")) {
      node = node.children.computeIfAbsent(part, _ -> new Node());
    }
    node.text = value;
  }

  private void fill(SdkPojo builder, Node node) {
    for (var field : builder.sdkFields()) {
      var child = node.children.get(field.locationName());
      if (child != null) {
        field.set(builder, value(field, child));
      }
    }
  }

  private Object value(SdkField<?> field, Node node) {
    var type = field.marshallingType();
    if (type == MarshallingType.SDK_POJO) {
      var builder = field.constructor().get();
      fill(builder, node);
      return Models.built(builder);
    }
    if (type == MarshallingType.LIST) {
      return list(field.getTrait(ListTrait.class), node);
    }
    if (type == MarshallingType.MAP) {
      return map(field.getTrait(MapTrait.class), node);
    }
    return Scalars.read(node.text == null ? "" : node.text, type);
  }

  private Object list(ListTrait trait, Node node) {
    var wrapped = !ec2 && !trait.isFlattened();
    var name = trait.memberLocationName() == null ? "member" : trait.memberLocationName();
    var items = wrapped ? node.children.get(name) : node;
    var list = new ArrayList<Object>();
    if (items != null) {
      numbered(items).values().forEach(item -> list.add(value(trait.memberFieldInfo(), item)));
    }
    return list;
  }

  private Object map(MapTrait trait, Node node) {
    var entries = trait.isFlattened() ? node : node.children.get("entry");
    var map = new LinkedHashMap<String, Object>();
    if (entries != null) {
      for (var entry : numbered(entries).values()) {
        var key = entry.children.get(trait.keyLocationName());
        var item = entry.children.get(trait.valueLocationName());
        if (key != null && key.text != null && item != null) {
          map.put(key.text, value(trait.valueFieldInfo(), item));
        }
      }
    }
    return map;
  }

  private static Map<Integer, Node> numbered(Node node) {
    var items = new TreeMap<Integer, Node>();
    node.children.forEach((name, item) -> {
      if (name.matches("\\d{1,6}")) {
        items.put(Integer.parseInt(name), item);
      }
    });
    return items;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
