package dev.penstock.appliers.kubernetes;

import dev.penstock.schemas.command.Fault;
import dev.penstock.schemas.event.Result;

/** A write that need not be tried: what the object is says how the command ends. */
final class Unwritable extends Exception {
  private static final long serialVersionUID = 1;

  private final transient Result result;

  private Unwritable(Result result) {
    super(result.toString(), null, false, false);
    this.result = result;
  }

  static Unwritable gone(String message) {
    return new Unwritable(new Result.Deferred(Fault.GONE, message));
  }

  static Unwritable pending(String message) {
    return new Unwritable(new Result.Deferred(Fault.DEPENDENCY_PENDING, message));
  }

  static Unwritable rejected(Fault fault, String code, String message) {
    return new Unwritable(new Result.Rejected(fault, code, message));
  }

  Result result() {
    return result;
  }
}
