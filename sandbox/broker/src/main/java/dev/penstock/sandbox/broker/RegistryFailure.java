package dev.penstock.sandbox.broker;

/** An answer of the registry that is not success, with Confluent's error code. */
final class RegistryFailure extends Exception {
  private static final long serialVersionUID = 1;

  /** Confluent's error codes; the HTTP status is the code's first three digits. */
  enum Fault {
    SUBJECT_NOT_FOUND(40401),
    VERSION_NOT_FOUND(40402),
    SCHEMA_NOT_FOUND(40403),
    SUBJECT_NOT_HIDDEN(40405),
    VERSION_NOT_HIDDEN(40407),
    LEVEL_NOT_CONFIGURED(40408),
    NO_SUCH_RESOURCE(404),
    METHOD_NOT_ALLOWED(405),
    INCOMPATIBLE(409),
    INVALID_SCHEMA(42201),
    INVALID_VERSION(42202),
    INVALID_LEVEL(42203),
    REFERENCED(42206),
    UNREADABLE_REQUEST(400);

    private final int code;

    Fault(int code) {
      this.code = code;
    }
  }

  private final Fault fault;

  RegistryFailure(Fault fault, String message) {
    super(message);
    this.fault = fault;
  }

  int code() {
    return fault.code;
  }

  int httpStatus() {
    return fault.code > 999 ? fault.code / 100 : fault.code;
  }
}
