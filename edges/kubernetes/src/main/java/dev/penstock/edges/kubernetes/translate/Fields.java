package dev.penstock.edges.kubernetes.translate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.penstock.schemas.kubernetes.PortReference;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Reads the fields of one JSON object and knows its path. Null counts as absent, as in Kubernetes;
 * everything of another type or beyond a limit is a {@link MalformedField}.
 */
final class Fields {
  /** The longest text that is read; Kubernetes allows 256 KiB for all annotations together. */
  static final int MAX_TEXT = 262_144;

  /** The longest list or map that is read. */
  static final int MAX_ITEMS = 10_000;

  /** The longest key of a map; Kubernetes allows 253 + 1 + 63. */
  private static final int MAX_KEY = 1_024;

  private static final int MAX_PORT = 65_535;

  private final JsonNode node;
  private final String path;
  private final Interner interner;

  private Fields(JsonNode node, String path, Interner interner) {
    this.node = node;
    this.path = path;
    this.interner = interner;
  }

  /** Fails when the node is no object. */
  static Fields of(JsonNode node, String path, Interner interner) throws MalformedField {
    if (!node.isObject()) {
      throw new MalformedField(
          path.isEmpty() ? "the object" : path, "is " + type(node) + ", not an object");
    }
    return new Fields(node, path, interner);
  }

  /** Reads one element of a list. */
  interface Element<T> {
    T read(Fields fields) throws MalformedField;
  }

  /** The object of that name; an absent one has no fields. */
  Fields child(String name) throws MalformedField {
    return object(name).orElseGet(() -> new Fields(MissingNode.getInstance(), at(name), interner));
  }

  Optional<Fields> object(String name) throws MalformedField {
    var value = value(name);
    return absent(value) ? Optional.empty() : Optional.of(of(value, at(name), interner));
  }

  /** The text, or the empty string. */
  String text(String name) throws MalformedField {
    return optionalText(name).orElse("");
  }

  Optional<String> optionalText(String name) throws MalformedField {
    var value = value(name);
    return absent(value) ? Optional.empty() : Optional.of(text(value, at(name)));
  }

  /** A text that many objects repeat. */
  String word(String name) throws MalformedField {
    return interner.intern(text(name));
  }

  /** A word, or another one when it is absent or empty. */
  String word(String name, String absent) throws MalformedField {
    var word = word(name);
    return word.isEmpty() ? absent : word;
  }

  boolean flag(String name) throws MalformedField {
    return optionalFlag(name).orElse(false);
  }

  Optional<Boolean> optionalFlag(String name) throws MalformedField {
    var value = value(name);
    if (absent(value)) {
      return Optional.empty();
    }
    if (!value.isBoolean()) {
      throw wrongType(value, at(name), "true or false");
    }
    return Optional.of(value.booleanValue());
  }

  Optional<Long> optionalNumber(String name) throws MalformedField {
    var value = value(name);
    if (absent(value)) {
      return Optional.empty();
    }
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw wrongType(value, at(name), "a whole number");
    }
    return Optional.of(value.longValue());
  }

  /** A port number; 0 when absent. */
  int portNumber(String name) throws MalformedField {
    var number = optionalNumber(name).orElse(0L);
    if (number < 0 || number > MAX_PORT) {
      throw new MalformedField(at(name), "is not between 0 and " + MAX_PORT);
    }
    return number.intValue();
  }

  /** A port by number or name (IntOrString). */
  Optional<PortReference> port(String name) throws MalformedField {
    var value = value(name);
    if (absent(value)) {
      return Optional.empty();
    }
    return value.isTextual()
        ? Optional.of(new PortReference.Named(interner.intern(text(value, at(name)))))
        : Optional.of(new PortReference.Numbered(portNumber(name)));
  }

  Optional<Instant> instant(String name) throws MalformedField {
    var text = optionalText(name);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(OffsetDateTime.parse(text.get()).toInstant());
    } catch (DateTimeException _) {
      throw new MalformedField(at(name), "is not a time");
    }
  }

  List<String> words(String name) throws MalformedField {
    var texts = new ArrayList<String>();
    for (var element : array(name)) {
      texts.add(interner.intern(text(element, at(name) + "[" + texts.size() + "]")));
    }
    return List.copyOf(texts);
  }

  <T> List<T> list(String name, Element<T> reader) throws MalformedField {
    var list = new ArrayList<T>();
    for (var element : array(name)) {
      list.add(reader.read(of(element, at(name) + "[" + list.size() + "]", interner)));
    }
    return List.copyOf(list);
  }

  /** The entries whose key is wanted, sorted. */
  Map<String, String> wordMap(String name, Predicate<String> wanted) throws MalformedField {
    var map = new TreeMap<String, String>();
    var object = child(name);
    for (var entry : object.entries()) {
      if (wanted.test(entry.getKey())) {
        var text = text(entry.getValue(), at(name) + "[" + entry.getKey() + "]");
        map.put(interner.intern(entry.getKey()), interner.intern(text));
      }
    }
    return Collections.unmodifiableMap(map);
  }

  Map<String, String> wordMap(String name) throws MalformedField {
    return wordMap(name, _ -> true);
  }

  Map<String, List<String>> wordLists(String name) throws MalformedField {
    var map = new TreeMap<String, List<String>>();
    var object = child(name);
    for (var entry : object.entries()) {
      map.put(interner.intern(entry.getKey()), object.words(entry.getKey()));
    }
    return Collections.unmodifiableMap(map);
  }

  MalformedField malformed(String name, String sentence) {
    return new MalformedField(at(name), sentence);
  }

  private Iterable<Map.Entry<String, JsonNode>> entries() throws MalformedField {
    if (node.size() > MAX_ITEMS) {
      throw tooMany(node, path);
    }
    for (var names = node.fieldNames(); names.hasNext(); ) {
      var length = names.next().length();
      if (length > MAX_KEY) {
        throw new MalformedField(path, "has a key of " + length + " characters");
      }
    }
    return node.properties();
  }

  private Iterable<JsonNode> array(String name) throws MalformedField {
    var value = value(name);
    if (absent(value)) {
      return List.of();
    }
    if (!value.isArray()) {
      throw wrongType(value, at(name), "a list");
    }
    if (value.size() > MAX_ITEMS) {
      throw tooMany(value, at(name));
    }
    return value;
  }

  private JsonNode value(String name) {
    return node.path(name);
  }

  private String at(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private static String text(JsonNode value, String where) throws MalformedField {
    if (!value.isTextual()) {
      throw wrongType(value, where, "a text");
    }
    var text = value.textValue();
    if (text.length() > MAX_TEXT) {
      throw new MalformedField(
          where, "has " + text.length() + " characters; at most " + MAX_TEXT + " are read");
    }
    return text;
  }

  private static boolean absent(JsonNode value) {
    return value.isMissingNode() || value.isNull();
  }

  private static MalformedField tooMany(JsonNode value, String where) {
    return new MalformedField(
        where, "has " + value.size() + " elements; at most " + MAX_ITEMS + " are read");
  }

  private static MalformedField wrongType(JsonNode value, String where, String wanted) {
    return new MalformedField(where, "is " + type(value) + ", not " + wanted);
  }

  private static String type(JsonNode value) {
    return switch (value.getNodeType()) {
      case ARRAY -> "a list";
      case OBJECT, POJO -> "an object";
      case BOOLEAN -> "true or false";
      case NUMBER -> value.isIntegralNumber() ? "a number" : "a fraction";
      case STRING, BINARY -> "a text";
      case NULL, MISSING -> "nothing";
    };
  }
}
