package dev.penstock.plan.dns;

import dev.penstock.schemas.aws.RecordSet;
import dev.penstock.schemas.settings.DnsSettings;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The ownership TXT records of external-dns: their names (external-dns 3.1), their values
 * (external-dns 3.4), and whose a record set is, older generations included (external-dns 3.2).
 */
public final class TxtRegistry {
  private static final List<String> TYPES =
      List.of("a", "aaaa", "cname", "ns", "mx", "ptr", "srv", "naptr", "txt", "dname");
  private static final String TEMPLATE = "%{record_type}";
  private static final String HERITAGE = "heritage";
  private static final String EXTERNAL_DNS = "external-dns";

  private final DnsSettings settings;

  public TxtRegistry(DnsSettings settings) {
    this.settings = settings;
  }

  /** What an ownership TXT says. An empty type is that of the oldest generation. */
  public record Mark(
      String name, String type, Optional<String> setIdentifier, String owner, String resource) {}

  /** The name of the TXT that owns a record set of this name and type. */
  public String txtName(String name, String type) {
    var word = type.toLowerCase(Locale.ROOT);
    int dot = name.indexOf('.');
    var label = wild(dot < 0 ? name : name.substring(0, dot));
    var rest = dot < 0 ? "" : name.substring(dot);
    var prefix = affix(settings.txtPrefix(), word);
    var suffix = affix(settings.txtSuffix(), word);
    return (templated() ? prefix + label + suffix : prefix + word + "-" + label + suffix) + rest;
  }

  /**
   * The TXT beside a record set: 300 seconds, the same set identifier, routing and health check.
   */
  public RecordSet txt(RecordSet owned, String resource) {
    return new RecordSet(
        txtName(owned.name(), owned.type()),
        "TXT",
        owned.setIdentifier(),
        Optional.of(300L),
        List.of(value(settings.txtOwnerId(), resource)),
        Optional.empty(),
        owned.routing(),
        owned.healthCheckId());
  }

  /** The value of an ownership TXT, in the quotes that Route 53 wants. */
  public static String value(String owner, String resource) {
    return "\"heritage=external-dns,external-dns/owner="
        + owner
        + ",external-dns/resource="
        + resource
        + "\"";
  }

  /** Reads an ownership TXT; empty for any other record set. */
  public Optional<Mark> mark(RecordSet set) {
    if (!set.type().equals("TXT") || set.values().isEmpty()) {
      return Optional.empty();
    }
    var labels = labels(set.values().getFirst());
    if (!EXTERNAL_DNS.equals(labels.get(HERITAGE))) {
      return Optional.empty();
    }
    return owned(set.name().toLowerCase(Locale.ROOT))
        .map(of ->
            new Mark(
                of.name(),
                of.type(),
                set.setIdentifier(),
                labels.getOrDefault("owner", ""),
                labels.getOrDefault("resource", "")));
  }

  /** The name of which an ownership TXT of this name speaks. */
  public Optional<String> ownedName(String txtName) {
    return owned(txtName.toLowerCase(Locale.ROOT)).map(Owned::name);
  }

  /** The mark that owns a record set; an alias A may still have the marks of older versions. */
  public Optional<Mark> markOf(RecordSet set, List<Mark> marks) {
    var name = wild(set.name().toLowerCase(Locale.ROOT));
    var own = find(name, set, set.type(), marks);
    if (set.alias().isPresent() && set.type().equals("A")) {
      own = own.or(() -> find(name, set, "CNAME", marks));
    }
    return set.type().equals("AAAA") ? own : own.or(() -> find(name, set, "", marks));
  }

  /** Whether the mark is of this name. */
  public boolean isOf(Mark mark, String name) {
    return mark.name().equals(wild(name.toLowerCase(Locale.ROOT)));
  }

  private static Optional<Mark> find(String name, RecordSet set, String type, List<Mark> marks) {
    return marks.stream()
        .filter(mark -> mark.name().equals(name))
        .filter(mark -> mark.type().equals(type))
        .filter(mark -> mark.setIdentifier().equals(set.setIdentifier()))
        .findFirst();
  }

  private static Map<String, String> labels(String value) {
    var labels = new TreeMap<String, String>();
    var text = value.startsWith("\"") ? value.substring(1) : value;
    text = text.endsWith("\"") ? text.substring(0, text.length() - 1) : text;
    for (var token : text.split(",", -1)) {
      int equals = token.indexOf('=');
      if (equals < 0) {
        continue;
      }
      var key = token.substring(0, equals);
      var content = token.substring(equals + 1);
      if (key.equals(HERITAGE)) {
        labels.put(HERITAGE, content);
      } else if (key.startsWith(EXTERNAL_DNS + "/")) {
        labels.put(key.substring(EXTERNAL_DNS.length() + 1), content);
      }
    }
    return labels;
  }

  private record Owned(String name, String type) {}

  private Optional<Owned> owned(String txtName) {
    if (templated()) {
      for (var type : TYPES) {
        var stripped =
            strip(txtName, affix(settings.txtPrefix(), type), affix(settings.txtSuffix(), type));
        if (stripped.isPresent()) {
          return stripped.map(name -> new Owned(name, type.toUpperCase(Locale.ROOT)));
        }
      }
      return strip(txtName, affix(settings.txtPrefix(), ""), affix(settings.txtSuffix(), ""))
          .map(name -> new Owned(name, ""));
    }
    return strip(txtName, affix(settings.txtPrefix(), ""), affix(settings.txtSuffix(), ""))
        .map(TxtRegistry::typed);
  }

  private static Owned typed(String name) {
    int dash = name.indexOf('-');
    return dash > 0 && TYPES.contains(name.substring(0, dash))
        ? new Owned(name.substring(dash + 1), name.substring(0, dash).toUpperCase(Locale.ROOT))
        : new Owned(name, "");
  }

  private static Optional<String> strip(String name, String prefix, String suffix) {
    int dot = name.indexOf('.', prefix.length());
    if (!name.startsWith(prefix) || dot < 0) {
      return Optional.empty();
    }
    var label = name.substring(prefix.length(), dot);
    return label.endsWith(suffix)
        ? Optional.of(label.substring(0, label.length() - suffix.length()) + name.substring(dot))
        : Optional.empty();
  }

  private boolean templated() {
    return settings.txtPrefix().contains(TEMPLATE) || settings.txtSuffix().contains(TEMPLATE);
  }

  private static String affix(String given, String type) {
    return given.toLowerCase(Locale.ROOT).replace(TEMPLATE, type);
  }

  private String wild(String name) {
    return settings.txtWildcardReplacement().isEmpty()
            || !(name.equals("*") || name.startsWith("*."))
        ? name
        : settings.txtWildcardReplacement() + name.substring(1);
  }
}
