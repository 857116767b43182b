package dev.penstock.schemas.event;

import dev.penstock.schemas.command.Fault;

/** What became of a command. */
public sealed interface Result {
  /** Done, or found done. */
  record Applied() implements Result {}

  /** A newer command of the same key came before this one was tried. */
  record Superseded() implements Result {}

  /** Not done yet; the reconciler's timer decides when to try again. */
  record Deferred(Fault fault, String message) implements Result {}

  /**
   * Refused; trying again changes nothing until something else changes. The message is AWS's own.
   */
  record Rejected(Fault fault, String code, String message) implements Result {}

  /** A write was tried and no answer came: the resource is unknown until observed. */
  record Unanswered(String message) implements Result {}

  /**
   * The result of a command that our own code could not execute: its class alone, since its words
   * may hold what belongs in no log.
   */
  static Result defect(RuntimeException defect, boolean mayHaveWritten) {
    var words = Defect.WORDS + defect.getClass().getName();
    return mayHaveWritten ? new Unanswered(words) : new Rejected(Fault.INVALID, Defect.CODE, words);
  }

  /** Whether our own code could not execute the command. */
  default boolean isDefect() {
    return switch (this) {
      case Rejected(_, var code, _) -> code.equals(Defect.CODE);
      case Unanswered(var message) -> message.startsWith(Defect.WORDS);
      case Applied _, Superseded _, Deferred _ -> false;
    };
  }
}
