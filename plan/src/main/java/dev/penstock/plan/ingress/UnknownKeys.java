package dev.penstock.plan.ingress;

/** Warns of annotations that nobody reads. */
final class UnknownKeys {
  private UnknownKeys() {}

  static void warn(MemberSource source) {
    for (String key : source.ingress().metadata().annotations().keySet()) {
      if (key.startsWith(Annotation.PREFIX)) {
        warn(source, key);
      }
    }
  }

  private static void warn(MemberSource source, String key) {
    var name = key.substring(Annotation.PREFIX.length());
    var known = Annotation.find(name);
    if (known.isEmpty()) {
      var hint = Annotation.nearest(name).map(n -> "; did you mean " + Annotation.PREFIX + n + "?");
      source
          .problems()
          .warn("UnknownAnnotation", key + " is not known and has no effect" + hint.orElse(""));
    }
  }
}
