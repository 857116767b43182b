package dev.penstock.sandbox.kubernetes.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.sandbox.kubernetes.rules.Refusal;
import dev.penstock.sandbox.kubernetes.rules.Tree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code application/vnd.kubernetes.protobuf} bodies, as far as {@code protobuf.txt} names
 * their fields: kubectl creates a few kinds that way and does not fall back to JSON. An unnamed
 * field is refused, never dropped in silence.
 */
final class Protobuf {
  private static final byte[] MAGIC = {'k', '8', 's', 0};
  private static final int MAX_DEPTH = 32;
  private static final Map<String, Map<Integer, Field>> MESSAGES = load();

  private record Field(String name, String type) {
    boolean list() {
      return type.endsWith("*");
    }

    String element() {
      return list() ? type.substring(0, type.length() - 1) : type;
    }
  }

  private Protobuf() {}

  static ObjectNode read(byte[] body) {
    try {
      var in = ByteBuffer.wrap(body);
      for (byte expected : MAGIC) {
        if (in.get() != expected) {
          throw Refusal.badRequest("the body is not a Kubernetes protobuf object");
        }
      }
      var object = Tree.object();
      var raw = ByteBuffer.allocate(0);
      while (in.hasRemaining()) {
        int tag = (int) varint(in);
        var part = bytes(in);
        switch (tag >> 3) {
          case 1 -> typeMeta(part, object);
          case 2 -> raw = part;
          default -> {}
        }
      }
      message(raw, object, Tree.text(object, "kind"), 0);
      return object;
    } catch (BufferUnderflowException | IllegalArgumentException _) {
      throw Refusal.badRequest("the body is not a Kubernetes protobuf object");
    }
  }

  private static void typeMeta(ByteBuffer in, ObjectNode object) {
    while (in.hasRemaining()) {
      int number = (int) varint(in) >> 3;
      object.put(number == 1 ? "apiVersion" : "kind", text(bytes(in)));
    }
  }

  private static void message(ByteBuffer in, ObjectNode into, String type, int depth) {
    var fields = MESSAGES.get(type);
    if (fields == null || depth > MAX_DEPTH) {
      throw unknown(type);
    }
    while (in.hasRemaining()) {
      int tag = (int) varint(in);
      var field = fields.get(tag >> 3);
      if ((tag & 7) == 0) {
        scalar(varint(in), into, field);
        continue;
      }
      var part = bytes(in);
      if (field != null) {
        value(part, into, field, depth);
      } else if (part.hasRemaining() && !ignored(part, depth)) {
        throw unknown(type + " field " + (tag >> 3));
      }
    }
  }

  /** Status and the like arrive as messages whose every part is empty. */
  private static boolean ignored(ByteBuffer part, int depth) {
    var in = part.duplicate();
    while (in.hasRemaining()) {
      int tag = (int) varint(in);
      if ((tag & 7) == 0) {
        if (varint(in) != 0) {
          return false;
        }
      } else if (depth > MAX_DEPTH || !ignored(bytes(in), depth + 1)) {
        return false;
      }
    }
    return true;
  }

  private static void scalar(long number, ObjectNode into, @Nullable Field field) {
    if (field == null) {
      return;
    }
    if (field.type().equals("bool")) {
      into.put(field.name(), number != 0);
    } else {
      into.put(field.name(), (int) number);
    }
  }

  private static void value(ByteBuffer part, ObjectNode into, Field field, int depth) {
    switch (field.element()) {
      case "string" -> {
        var text = text(part);
        if (field.list()) {
          Tree.list(into, field.name()).add(text);
        } else if (!text.isEmpty()) {
          into.put(field.name(), text);
        }
      }
      case "time" -> {}
      case "int-or-string" -> intOrString(part, into, field.name());
      case "map:string", "map:bytes" -> entry(part, Tree.child(into, field.name()), field);
      default -> {
        ObjectNode child;
        if (field.list()) {
          ArrayNode list = Tree.list(into, field.name());
          child = list.addObject();
        } else {
          child = field.name().equals("ingressRuleValue") ? into : Tree.child(into, field.name());
        }
        message(part, child, field.element(), depth + 1);
      }
    }
  }

  private static void entry(ByteBuffer in, ObjectNode map, Field field) {
    var key = "";
    var value = ByteBuffer.allocate(0);
    while (in.hasRemaining()) {
      int number = (int) varint(in) >> 3;
      var part = bytes(in);
      if (number == 1) {
        key = text(part);
      } else {
        value = part;
      }
    }
    map.put(key, field.type().equals("map:bytes") ? base64(value) : text(value));
  }

  private static void intOrString(ByteBuffer in, ObjectNode into, String name) {
    long type = 0;
    long number = 0;
    var text = "";
    while (in.hasRemaining()) {
      int field = (int) varint(in) >> 3;
      switch (field) {
        case 1 -> type = varint(in);
        case 2 -> number = varint(in);
        default -> text = text(bytes(in));
      }
    }
    if (type == 1) {
      into.put(name, text);
    } else if (number != 0) {
      into.put(name, (int) number);
    }
  }

  private static long varint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte next = in.get();
      value |= (long) (next & 127) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw Refusal.badRequest("the body is not a Kubernetes protobuf object");
  }

  private static ByteBuffer bytes(ByteBuffer in) {
    int length = (int) varint(in);
    var part = in.slice(in.position(), Math.max(0, length));
    in.position(in.position() + length);
    return part;
  }

  private static String text(ByteBuffer part) {
    return StandardCharsets.UTF_8.decode(part.duplicate()).toString();
  }

  private static String base64(ByteBuffer part) {
    var bytes = new byte[part.remaining()];
    part.duplicate().get(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static Refusal unknown(String what) {
    return Refusal.ofCode(
        415,
        "the sandbox does not read %s as protobuf; use JSON or YAML (kubectl create -f)"
            .formatted(what));
  }

  private static Map<String, Map<Integer, Field>> load() {
    var messages = new TreeMap<String, Map<Integer, Field>>();
    try (var in = Protobuf.class.getResourceAsStream("protobuf.txt")) {
      for (var line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
        if (!line.startsWith("#") && !line.isBlank()) {
          int colon = line.indexOf(':');
          messages.put(line.substring(0, colon), fields(line.substring(colon + 1)));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return messages;
  }

  private static Map<Integer, Field> fields(String list) {
    var fields = new TreeMap<Integer, Field>();
    for (var field : list.split(",")) {
      var words = field.strip().split(" ");
      fields.put(Integer.parseInt(words[0]), new Field(words[1], words[2]));
    }
    return fields;
  }
}
