package dev.penstock.watchers.aws;

import dev.penstock.edges.aws.CallFailed;
import dev.penstock.edges.aws.Halted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads all pages of a list; more pages than the bound are a refusal to go on, never a part. */
final class Pages {
  private static final int MOST = 500;

  private Pages() {}

  /** One page: its items and, if there are more, where the next one starts. */
  record Page<T>(List<T> items, Optional<String> next) {
    /** AWS leaves the marker of the last page out, or empty. */
    static <T> Page<T> of(List<T> items, @Nullable String next) {
      return new Page<>(items, Optional.ofNullable(next).filter(n -> !n.isEmpty()));
    }
  }

  /** Reads the page that starts at a marker; the first one has none. */
  interface Source<T> {
    Page<T> page(@Nullable String marker) throws CallFailed, Halted, InterruptedException;
  }

  static <T> List<T> all(Source<T> source) throws CallFailed, Halted, InterruptedException {
    var items = new ArrayList<T>();
    Optional<String> marker = Optional.empty();
    for (var i = 0; i < MOST; i++) {
      var page = source.page(marker.orElse(null));
      items.addAll(page.items());
      if (page.next().isEmpty()) {
        return items;
      }
      marker = page.next();
    }
    throw new IllegalStateException("AWS answers more than " + MOST + " pages");
  }
}
