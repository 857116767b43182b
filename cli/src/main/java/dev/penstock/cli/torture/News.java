package dev.penstock.cli.torture;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Tells each item of lists that only grow once, whichever of them it is in. */
final class News<T> {
  private final List<Supplier<List<T>>> sources;
  private final int[] told;

  News(List<Supplier<List<T>>> sources) {
    this.sources = List.copyOf(sources);
    this.told = new int[sources.size()];
  }

  /** Those that were not told before. */
  List<T> next() {
    var news = new ArrayList<T>();
    for (int n = 0; n < told.length; n++) {
      var all = sources.get(n).get();
      news.addAll(all.subList(told[n], all.size()));
      told[n] = all.size();
    }
    return news;
  }
}
