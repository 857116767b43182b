package dev.penstock.schemas.avro;

/** Why bytes could not be read as a record. */
public final class DecodeException extends Exception {
  private static final long serialVersionUID = 1;

  /** What is at fault: this code's age, or the bytes. */
  public enum Fault {
    /** The writer's schema holds something that this code does not know: it is newer than we. */
    INCOMPATIBLE,
    /** The bytes are no value of the writer's schema, or a record refuses the value. */
    MALFORMED
  }

  private final Fault fault;

  DecodeException(Fault fault, String reason, Throwable cause) {
    super(reason, cause);
    this.fault = fault;
  }

  DecodeException(Fault fault, String reason) {
    super(reason);
    this.fault = fault;
  }

  public Fault fault() {
    return fault;
  }
}
