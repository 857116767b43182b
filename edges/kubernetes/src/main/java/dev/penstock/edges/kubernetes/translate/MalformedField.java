package dev.penstock.edges.kubernetes.translate;

/** A field has a wrong type or an absurd size. The message names the field, never its value. */
final class MalformedField extends Exception {
  private static final long serialVersionUID = 1;

  MalformedField(String path, String sentence) {
    super(path + " " + sentence, null, false, false);
  }
}
