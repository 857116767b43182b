package dev.penstock.plan.dns;

import dev.penstock.schemas.aws.HostedZone;
import dev.penstock.schemas.settings.DnsSettings;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The hosted zones that a name is written to (external-dns 5.1, 5.6). */
public final class Zones {
  private Zones() {}

  /** The zones that the settings let us see, in the order of their ids. */
  public static List<HostedZone> visible(List<HostedZone> zones, DnsSettings settings) {
    return zones.stream()
        .filter(zone -> admits(settings, zone.name()))
        .filter(zone ->
            settings.zoneIdFilter().isEmpty()
                || settings.zoneIdFilter().stream().anyMatch(zone.id()::endsWith))
        .sorted(Comparator.comparing(HostedZone::id))
        .toList();
  }

  /** All private zones around the name and the longest public one. */
  public static List<HostedZone> of(String name, List<HostedZone> zones, DnsSettings settings) {
    if (!admits(settings, name)) {
      return List.of();
    }
    var around = visible(zones, settings).stream().filter(zone -> isIn(name, zone.name())).toList();
    var open =
        around.stream()
            .filter(zone -> !zone.privateZone())
            .max(Comparator.comparingInt(zone -> zone.name().length()));
    return Stream.concat(around.stream().filter(HostedZone::privateZone), open.stream()).toList();
  }

  static boolean isIn(String name, String zone) {
    var inner = dotted(name);
    var outer = dotted(zone);
    return inner.equals(outer) || inner.endsWith("." + outer);
  }

  static String dotted(String name) {
    var lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower : lower + ".";
  }

  /** The name without the dot that ends it, which AWS and users write or leave out. */
  public static String undotted(String name) {
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }

  private static boolean admits(DnsSettings settings, String name) {
    return (settings.domainFilter().isEmpty()
            || settings.domainFilter().stream().anyMatch(f -> matches(name, f)))
        && settings.excludeDomains().stream().noneMatch(f -> matches(name, f));
  }

  /** A leading dot means only what is below. */
  private static boolean matches(String name, String filter) {
    return filter.startsWith(".") ? dotted(name).endsWith(dotted(filter)) : isIn(name, filter);
  }
}
