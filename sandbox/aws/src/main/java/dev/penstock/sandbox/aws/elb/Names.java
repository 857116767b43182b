package dev.penstock.sandbox.aws.elb;

import dev.penstock.sandbox.aws.AwsError;
import org.jspecify.annotations.Nullable;

/** What a load balancer or target group may be called (AWS API: CreateLoadBalancer). */
final class Names {
  private static final int LONGEST = 32;

  private Names() {}

  static void checkLoadBalancer(@Nullable String name) {
    var given = check(name, "load balancer");
    if (given.startsWith("internal-")) {
      throw AwsError.invalid(
          "The load balancer name '" + given + "' cannot begin with 'internal-'");
    }
  }

  static void checkTargetGroup(@Nullable String name) {
    check(name, "target group");
  }

  private static String check(@Nullable String name, String kind) {
    var called = "The " + kind + " name '" + name + "' ";
    if (name == null || name.isEmpty()) {
      throw AwsError.invalid("A " + kind + " name must be specified");
    }
    if (name.length() > LONGEST) {
      throw AwsError.invalid(called + "cannot be longer than '32' characters");
    }
    if (!name.matches("[A-Za-z0-9-]+")) {
      throw AwsError.invalid(
          called + "can only contain characters that are alphanumeric characters or hyphens(-)");
    }
    if (name.startsWith("-") || name.endsWith("-")) {
      throw AwsError.invalid(called + "cannot begin or end with a hyphen(-)");
    }
    return name;
  }
}
