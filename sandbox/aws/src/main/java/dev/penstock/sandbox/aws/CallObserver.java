package dev.penstock.sandbox.aws;

import dev.penstock.sandbox.aws.engine.RowChange;
import java.util.List;

/** Hears of every call at the moment of its answer, and what it changed, in order. */
@FunctionalInterface
public interface CallObserver {
  void called(RequestLog.Entry call, List<RowChange> changes);
}
