package dev.penstock.sandbox.kubernetes.rules;

import dev.penstock.sandbox.kubernetes.rules.Refusal.Cause;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The shapes of names. Source: Kubernetes documentation, Object Names and IDs, Labels and
 * Selectors.
 */
final class Names {
  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
  private static final Pattern SUBDOMAIN =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
  private static final Pattern QUALIFIED =
      Pattern.compile("([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]");
  private static final Pattern VALUE =
      Pattern.compile("(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?");

  private Names() {}

  static boolean isSubdomain(String name) {
    return name.length() <= 253 && SUBDOMAIN.matcher(name).matches();
  }

  static boolean isLabel(String name) {
    return name.length() <= 63 && LABEL.matcher(name).matches();
  }

  static void subdomain(String field, String name, boolean label, List<Cause> causes) {
    boolean fits = label ? isLabel(name) : isSubdomain(name);
    if (!fits) {
      var what =
          label
              ? "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or"
                  + " '-', and must start and end with an alphanumeric character"
              : "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters,"
                  + " '-' or '.', and must start and end with an alphanumeric character";
      causes.add(Cause.invalid(field, quoted(name), what));
    }
  }

  static void qualified(String field, String key, List<Cause> causes) {
    int slash = key.indexOf('/');
    var prefix = slash < 0 ? "" : key.substring(0, slash);
    var name = key.substring(slash + 1);
    boolean fits =
        (slash < 0 || isSubdomain(prefix.toLowerCase(java.util.Locale.ROOT)))
            && name.length() <= 63
            && QUALIFIED.matcher(name).matches();
    if (!fits) {
      causes.add(
          Cause.invalid(
              field,
              quoted(key),
              "name part must consist of alphanumeric characters, '-', '_' or '.', and must start"
                  + " and end with an alphanumeric character"));
    }
  }

  static void labelValue(String field, String value, List<Cause> causes) {
    if (value.length() > 63 || !VALUE.matcher(value).matches()) {
      causes.add(
          Cause.invalid(
              field,
              quoted(value),
              "a valid label must be an empty string or consist of alphanumeric characters, '-',"
                  + " '_' or '.', and must start and end with an alphanumeric character"));
    }
  }

  static String quoted(String text) {
    return "\"" + text + "\"";
  }
}
