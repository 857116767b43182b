package dev.penstock.sandbox.aws.engine;

import dev.penstock.sandbox.aws.AwsError;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One page of a list. The marker names the last item given, so that deletions lose nothing. */
public record Pages<T>(List<T> items, @Nullable String next) {

  public static <T> Pages<T> of(
      List<T> all, Function<T, String> id, @Nullable String marker, int size) {
    var from = marker == null || marker.isEmpty() ? 0 : start(all, id, marker);
    var to = Math.min(all.size(), from + size);
    var items = all.subList(from, to);
    return new Pages<>(items, to < all.size() ? marker(to, id.apply(all.get(to - 1))) : null);
  }

  private static <T> int start(List<T> all, Function<T, String> id, String marker) {
    var parts = decode(marker).split("\n", 2);
    for (int i = 0; i < all.size(); i++) {
      if (id.apply(all.get(i)).equals(parts[1])) {
        return i + 1;
      }
    }
    return Math.min(all.size(), Integer.parseInt(parts[0]));
  }

  private static String marker(int position, String lastId) {
    var text = position + "\n" + lastId;
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String decode(String marker) {
    try {
      var text = new String(Base64.getUrlDecoder().decode(marker), StandardCharsets.UTF_8);
      if (text.matches("(?s)\\d{1,9}\n.*")) {
        return text;
      }
    } catch (IllegalArgumentException _) {
      // Falls through to the refusal: the caller made this marker up.
    }
    throw AwsError.invalid("The marker '" + marker + "' is not valid");
  }
}
