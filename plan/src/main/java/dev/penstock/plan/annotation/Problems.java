package dev.penstock.plan.annotation;

import dev.penstock.schemas.intent.Problem;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with one member: errors refuse it, warnings only tell its owner. */
public final class Problems {
  private final List<Problem> errors = new ArrayList<>();
  private final List<Problem> warnings = new ArrayList<>();

  public void error(String reason, String message) {
    var problem = new Problem(reason, message);
    if (!errors.contains(problem)) {
      errors.add(problem);
    }
  }

  public void warn(String reason, String message) {
    var problem = new Problem(reason, message);
    if (!warnings.contains(problem)) {
      warnings.add(problem);
    }
  }

  public boolean anyError() {
    return !errors.isEmpty();
  }

  public List<Problem> errors() {
    return List.copyOf(errors);
  }

  public List<Problem> warnings() {
    return List.copyOf(warnings);
  }
}
