package dev.penstock.plan.ingress;

/** Warns of annotations that nobody reads: typos, and keys that this version does not act on. */
final class UnknownKeys {
  private UnknownKeys() {}

  static void warn(MemberSource source) {
    for (String key : source.ingress().metadata().annotations().keySet()) {
      if (key.startsWith(Annotation.PREFIX)) {
        warn(source, key);
      }
    }
  }

  /** A value of the wrong type is refused, whether or not it would have an effect. */
  private static void check(MemberSource source, Annotation annotation, String name) {
    var annotations = source.annotations();
    switch (annotation.type()) {
      case BOOL -> annotations.bool(name);
      case INT32 -> annotations.int32(name);
      case INT64 -> annotations.int64(name);
      case MAP -> annotations.map(name);
      case JSON -> annotations.json(name);
      case TEXT, LIST -> annotations.text(name);
    }
  }

  private static void warn(MemberSource source, String key) {
    var name = key.substring(Annotation.PREFIX.length());
    var known = Annotation.find(name);
    if (known.isPresent() && known.get().use() == Annotation.Use.NOT_YET) {
      check(source, known.get(), name);
      source
          .problems()
          .warn("UnsupportedAnnotation", key + " has no effect: this version does not act on it");
    }
    if (known.isEmpty()) {
      var hint = Annotation.nearest(name).map(n -> "; did you mean " + Annotation.PREFIX + n + "?");
      source
          .problems()
          .warn("UnknownAnnotation", key + " is not known and has no effect" + hint.orElse(""));
    }
  }
}
