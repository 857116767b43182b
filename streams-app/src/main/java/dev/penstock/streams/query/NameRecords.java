package dev.penstock.streams.query;

import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.ResourceKind;
import dev.penstock.streams.query.Explanation.Link;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.tables.Tables;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** What the DNS scopes know of a host's record sets; the claimant's scope knows only a standing. */
final class NameRecords {
  static final String WHAT = "record";

  private NameRecords() {}

  /** A name in one zone: what it should be, what it is known to be, what stands in the way. */
  record NameRecord(String host, String desired, String observed, List<String> obstacles) {}

  /** The hosts whose records an explanation mentions. */
  static List<String> hosts(Explanation chain) {
    return chain.links().stream()
        .filter(link -> link.what().equals(WHAT))
        .map(Link::name)
        .distinct()
        .toList();
  }

  /** What these tables hold of the host's names, one for each zone. */
  static List<NameRecord> of(Tables tables, String host) {
    var found = new TreeSet<String>();
    var end = "/" + host + ".";
    tables.scan(Table.DESIRED, "").stream()
        .map(Tables.Entry::key)
        .filter(key -> key.endsWith(end))
        .forEach(found::add);
    tables.scan(Table.OBSERVED, "").stream()
        .map(Tables.Entry::key)
        .filter(key -> key.endsWith(end))
        .forEach(found::add);
    var records = new ArrayList<NameRecord>();
    for (var text : found) {
      var cut = text.indexOf('|');
      var key = ResourceKey.parse(text.substring(cut + 1));
      if (key.kind() == ResourceKind.RECORD_NAME) {
        var sight = new Sight(tables, text.substring(0, cut));
        records.add(
            new NameRecord(
                host,
                sight.desired(key).map(ResourceLines::of).orElse("nothing"),
                sight.observed(key),
                sight.obstacles(key)));
      }
    }
    return records;
  }

  /** The explanation with what is known of each record in the place of its standing alone. */
  static Explanation filled(Explanation chain, List<NameRecord> records) {
    var links = new ArrayList<Link>();
    for (var link : chain.links()) {
      var known =
          link.what().equals(WHAT)
              ? records.stream().filter(r -> r.host().equals(link.name())).toList()
              : List.<NameRecord>of();
      if (known.isEmpty()) {
        links.add(link);
      }
      known.forEach(record -> links.add(filled(link, record)));
    }
    return new Explanation(chain.subject(), chain.clear(), links, chain.problems());
  }

  private static Link filled(Link link, NameRecord record) {
    var obstacles = new ArrayList<>(link.obstacles());
    record.obstacles().stream().filter(o -> !obstacles.contains(o)).forEach(obstacles::add);
    return new Link(
        link.depth(), link.what(), link.name(), record.desired(), record.observed(), obstacles);
  }
}
