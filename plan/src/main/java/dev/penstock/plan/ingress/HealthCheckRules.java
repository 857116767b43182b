package dev.penstock.plan.ingress;

import static dev.penstock.plan.ingress.Annotation.HEALTHCHECK_PATH;
import static dev.penstock.plan.ingress.Annotation.SUCCESS_CODES;

import dev.penstock.plan.annotation.AnnotationReader;
import dev.penstock.schemas.aws.TargetGroupSpec.HealthCheck;

/**
 * Texts of a health check that no target group can hold (AWS API 1.1.2) are told to their owner.
 */
final class HealthCheckRules {
  private static final int LONGEST_PATH = 1024;

  /** Each code from 200 to 499 once, and a comma between two. */
  private static final int LONGEST_CODES = 300 * 4 - 1;

  private HealthCheckRules() {}

  static void check(AnnotationReader annotations, HealthCheck check) {
    path(annotations, HEALTHCHECK_PATH, check.path());
    codes(annotations, SUCCESS_CODES, check.matcher());
  }

  static void path(AnnotationReader annotations, Annotation annotation, String path) {
    longest(annotations, annotation, path, LONGEST_PATH);
  }

  static void codes(AnnotationReader annotations, Annotation annotation, String codes) {
    longest(annotations, annotation, codes, LONGEST_CODES);
  }

  private static void longest(
      AnnotationReader annotations, Annotation annotation, String value, int longest) {
    if (value.length() > longest) {
      annotations.refuse(
          annotation.key(), "at most " + longest + " characters long, and has " + value.length());
    }
  }
}
