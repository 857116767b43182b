package dev.penstock.sandbox.simulation.check;

import dev.penstock.sandbox.aws.RequestLog;
import java.util.function.Consumer;

/** One invariant as code. What it sees wrong it says in words; whoever runs it keeps the words. */
interface Check {
  Invariant invariant();

  /** A call of ours arrived, be it a read or a write. */
  default void arrived(RequestLog.Entry call) {}

  /** A call of ours that is meant to write was answered; the evidence is as at that moment. */
  default void called(Evidence.Call call, Consumer<String> wrong) {}

  /** Whatever was to be done now is done; the evidence holds what is new. */
  default void after(Consumer<String> wrong) {}

  /** The run is over and everything is at rest. */
  default void atRest(Consumer<String> wrong) {}
}
