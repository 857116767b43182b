package dev.penstock.sandbox.kubernetes.rules;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * The API server says no: an HTTP code, Kubernetes' reason for it, and the sentence that people
 * know from a real server. Nothing was changed.
 */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int code;
  private final String reason;
  private final transient ObjectNode details;

  private Refusal(int code, String reason, String message, ObjectNode details) {
    super(message, null, false, false);
    this.code = code;
    this.reason = reason;
    this.details = details;
  }

  /** One field that is wrong. */
  public record Cause(String reason, String field, String message) {
    static Cause required(String field, String message) {
      return new Cause(
          "FieldValueRequired",
          field,
          message.isEmpty() ? "Required value" : "Required value: " + message);
    }

    static Cause invalid(String field, String value, String message) {
      return new Cause("FieldValueInvalid", field, "Invalid value: " + value + ": " + message);
    }

    static Cause forbidden(String field, String message) {
      return new Cause("FieldValueForbidden", field, "Forbidden: " + message);
    }

    static Cause duplicate(String field, String value) {
      return new Cause("FieldValueDuplicate", field, "Duplicate value: " + value);
    }

    static Cause unsupported(String field, String value, List<String> supported) {
      return new Cause(
          "FieldValueNotSupported",
          field,
          "Unsupported value: \"%s\": supported values: \"%s\""
              .formatted(value, String.join("\", \"", supported)));
    }
  }

  public static Refusal notFound(Kind kind, String name) {
    return new Refusal(
        404,
        "NotFound",
        "%s \"%s\" not found".formatted(kind.resource(), name),
        details(kind, kind.plural(), name));
  }

  /** The path itself is not served. */
  public static Refusal unknownPath() {
    return new Refusal(
        404, "NotFound", "the server could not find the requested resource", Tree.object());
  }

  public static Refusal alreadyExists(Kind kind, String name) {
    return new Refusal(
        409,
        "AlreadyExists",
        "%s \"%s\" already exists".formatted(kind.resource(), name),
        details(kind, kind.plural(), name));
  }

  public static Refusal conflict(Kind kind, String name, String why) {
    return new Refusal(
        409,
        "Conflict",
        "Operation cannot be fulfilled on %s \"%s\": %s".formatted(kind.resource(), name, why),
        details(kind, kind.plural(), name));
  }

  static Refusal applyConflict(String message, List<Cause> causes) {
    var details = Tree.object();
    causes(details, causes);
    return new Refusal(409, "Conflict", message, details);
  }

  public static Refusal invalid(Kind kind, String name, List<Cause> causes) {
    var sentences = causes.stream().map(c -> c.field() + ": " + c.message()).toList();
    var list =
        sentences.size() == 1 ? sentences.getFirst() : "[" + String.join(", ", sentences) + "]";
    var details = details(kind, kind.kind(), name);
    causes(details, causes);
    return new Refusal(
        422,
        "Invalid",
        "%s \"%s\" is invalid: %s".formatted(kind.qualified(), name, list),
        details);
  }

  public static Refusal badRequest(String message) {
    return new Refusal(400, "BadRequest", message, Tree.object());
  }

  public static Refusal forbidden(Kind kind, String name, String why) {
    var what = name.isEmpty() ? "" : " \"" + name + "\"";
    return new Refusal(
        403,
        "Forbidden",
        "%s%s is forbidden: %s".formatted(kind.resource(), what, why),
        details(kind, kind.plural(), name));
  }

  /** Nothing is made any more in a namespace that is going. */
  static Refusal terminating(Kind kind, String name, String namespace) {
    var refusal =
        forbidden(
            kind,
            name,
            "unable to create new content in namespace %s because it is being terminated"
                .formatted(namespace));
    var message = "namespace %s is being terminated".formatted(namespace);
    causes(
        refusal.details, List.of(new Cause("NamespaceTerminating", "metadata.namespace", message)));
    return refusal;
  }

  /** The server does not know that version yet. */
  public static Refusal versionTooLarge(long version, long current) {
    var details = Tree.object();
    causes(
        details, List.of(new Cause("ResourceVersionTooLarge", "", "Too large resource version")));
    return new Refusal(
        504,
        "Timeout",
        "Too large resource version: %d, current: %d".formatted(version, current),
        details);
  }

  public static Refusal expired(String message) {
    return new Refusal(410, "Expired", message, Tree.object());
  }

  /** The reason that Kubernetes gives with a bare HTTP code; injected faults use it. */
  public static Refusal ofCode(int code, String message) {
    var reason =
        switch (code) {
          case 400 -> "BadRequest";
          case 401 -> "Unauthorized";
          case 403 -> "Forbidden";
          case 404 -> "NotFound";
          case 405 -> "MethodNotAllowed";
          case 406 -> "NotAcceptable";
          case 409 -> "Conflict";
          case 410 -> "Expired";
          case 413 -> "RequestEntityTooLarge";
          case 415 -> "UnsupportedMediaType";
          case 422 -> "Invalid";
          case 429 -> "TooManyRequests";
          case 500 -> "InternalError";
          case 503 -> "ServiceUnavailable";
          case 504 -> "Timeout";
          default -> "Unknown";
        };
    return new Refusal(code, reason, message, Tree.object());
  }

  public int code() {
    return code;
  }

  public String reason() {
    return reason;
  }

  /** The {@code v1.Status} object of the answer. */
  public ObjectNode status() {
    var status = Tree.object().put("kind", "Status").put("apiVersion", "v1");
    status.putObject("metadata");
    status.put("status", "Failure").put("message", getMessage()).put("reason", reason);
    if (code == 429) {
      details.put("retryAfterSeconds", 1);
    }
    if (!details.isEmpty()) {
      status.set("details", details);
    }
    return status.put("code", code);
  }

  private static ObjectNode details(Kind kind, String what, String name) {
    var details = Tree.object();
    if (!name.isEmpty()) {
      details.put("name", name);
    }
    if (!kind.group().isEmpty()) {
      details.put("group", kind.group());
    }
    return details.put("kind", what);
  }

  private static void causes(ObjectNode details, List<Cause> causes) {
    var list = details.putArray("causes");
    for (var cause : causes) {
      var item = list.addObject().put("reason", cause.reason()).put("message", cause.message());
      if (!cause.field().isEmpty()) {
        item.put("field", cause.field());
      }
    }
  }
}
