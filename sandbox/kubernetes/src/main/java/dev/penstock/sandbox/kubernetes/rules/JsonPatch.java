package dev.penstock.sandbox.kubernetes.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** RFC 6902, with the sentences of Kubernetes when an operation does not fit. */
final class JsonPatch {
  private JsonPatch() {}

  static JsonNode apply(JsonNode document, JsonNode patch) {
    if (!patch.isArray()) {
      throw Refusal.badRequest("error decoding patch: a JSON patch is a list of operations");
    }
    JsonNode here = document.deepCopy();
    for (var operation : patch) {
      here = step(here, operation);
    }
    return here;
  }

  private static JsonNode step(JsonNode document, JsonNode operation) {
    var path = Tree.text(operation, "path");
    return switch (Tree.text(operation, "op")) {
      case "add" -> add(document, path, required(operation));
      case "remove" -> remove(document, path);
      case "replace" -> replace(document, path, required(operation));
      case "move" -> {
        var from = Tree.text(operation, "from");
        var moved = existing(document, from);
        yield add(remove(document, from), path, moved);
      }
      case "copy" ->
          add(document, path, existing(document, Tree.text(operation, "from")).deepCopy());
      case "test" -> {
        if (!sameValue(document.at(path), operation.path("value"))) {
          throw unprocessable("testing path '" + path + "' failed");
        }
        yield document;
      }
      default -> throw Refusal.badRequest("Unexpected kind: " + operation.path("op"));
    };
  }

  private static JsonNode replace(JsonNode document, String path, JsonNode value) {
    existing(document, path);
    if (path.isEmpty()) {
      return value;
    }
    var parent = parent(document, path);
    var last = last(path);
    if (parent instanceof ArrayNode list) {
      list.set(Integer.parseInt(last), value);
    } else {
      ((ObjectNode) parent).set(last, value);
    }
    return document;
  }

  private static JsonNode add(JsonNode document, String path, JsonNode value) {
    if (path.isEmpty()) {
      return value;
    }
    var parent = parent(document, path);
    var last = last(path);
    if (parent instanceof ArrayNode list) {
      int index = last.equals("-") ? list.size() : index(path, last);
      if (index > list.size()) {
        throw unprocessable("add operation does not apply: doc is missing path: " + path);
      }
      list.insert(index, value);
    } else if (parent instanceof ObjectNode object) {
      object.set(last, value);
    } else {
      throw unprocessable("add operation does not apply: doc is missing path: " + path);
    }
    return document;
  }

  private static JsonNode remove(JsonNode document, String path) {
    existing(document, path);
    var parent = parent(document, path);
    if (parent instanceof ArrayNode list) {
      list.remove(index(path, last(path)));
    } else {
      ((ObjectNode) parent).remove(last(path));
    }
    return document;
  }

  private static JsonNode required(JsonNode operation) {
    return operation.path("value").deepCopy();
  }

  private static JsonNode existing(JsonNode document, String path) {
    var node = pointer(document, path);
    if (node.isMissingNode()) {
      throw unprocessable("operation does not apply: doc is missing path: " + path);
    }
    return node;
  }

  private static JsonNode parent(JsonNode document, String path) {
    return pointer(document, path.substring(0, path.lastIndexOf('/')));
  }

  private static JsonNode pointer(JsonNode document, String path) {
    return path.isEmpty() || path.startsWith("/") ? document.at(path) : MissingNode.getInstance();
  }

  private static String last(String path) {
    return path.substring(path.lastIndexOf('/') + 1).replace("~1", "/").replace("~0", "~");
  }

  private static int index(String path, String step) {
    try {
      return Integer.parseInt(step);
    } catch (NumberFormatException _) {
      throw unprocessable("operation does not apply: not an index in path: " + path);
    }
  }

  private static boolean sameValue(JsonNode left, JsonNode right) {
    boolean absent = left.isMissingNode() || left.isNull();
    return absent ? right.isMissingNode() || right.isNull() : left.equals(right);
  }

  private static Refusal unprocessable(String message) {
    return Refusal.ofCode(
        422, "the server rejected our request due to an error in our request: " + message);
  }
}
