package dev.penstock.plan.ingress;

import dev.penstock.plan.dns.Zones;
import dev.penstock.schemas.intent.IngressIntent.HostIntent;
import dev.penstock.schemas.kubernetes.Ingress;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedSet;

/**
 * The host names that an Ingress claims, as external-dns reads them (external-dns 1.1, 1.4), under
 * each of the configured prefixes; where an annotation is given with several the first one counts.
 */
final class HostReader {
  private static final long MAX_TTL = 2_147_483_647L;

  private final MemberSource source;
  private final List<String> prefixes;

  private HostReader(MemberSource source) {
    this.source = source;
    this.prefixes = source.view().settings().dns().annotationPrefixes();
  }

  static List<HostIntent> read(MemberSource source) {
    return new HostReader(source).read();
  }

  private List<HostIntent> read() {
    if (!text("controller").orElse("dns-controller").equals("dns-controller")) {
      return List.of();
    }
    var targets = split(text("target").orElse(""));
    var ttl = ttl();
    boolean alias = text("alias").orElse("").equals("true");
    var routing = RoutingReader.read(source, prefixes);
    var setIdentifier = text("set-identifier").filter(id -> !id.isEmpty());
    return hosts().stream()
        .map(host -> new HostIntent(host, List.copyOf(targets), ttl, alias, routing, setIdentifier))
        .toList();
  }

  private SequencedSet<String> hosts() {
    var hosts = new LinkedHashSet<String>();
    var choice = text("ingress-hostname-source").map(s -> s.toLowerCase(Locale.ROOT)).orElse("");
    boolean defined = choice.isEmpty() || choice.equals("defined-hosts-only");
    boolean annotated = choice.isEmpty() || choice.equals("annotation-only");
    if (defined) {
      source.ingress().rules().stream().map(Ingress.Rule::host).forEach(h -> add(hosts, h));
      source.ingress().tls().forEach(tls -> tls.hosts().forEach(h -> add(hosts, h)));
    }
    if (annotated) {
      for (String prefix : prefixes.reversed()) {
        var value = source.ingress().metadata().annotations().get(prefix + "hostname");
        if (value != null) {
          split(value).forEach(h -> add(hosts, h));
        }
      }
    }
    return hosts;
  }

  private static void add(SequencedSet<String> hosts, String host) {
    var name = Zones.undotted(host);
    if (!name.isEmpty()) {
      hosts.add(name.toLowerCase(Locale.ROOT));
    }
  }

  private static SequencedSet<String> split(String value) {
    var items = new LinkedHashSet<String>();
    for (String item : value.replace(" ", "").split(",", -1)) {
      var name = Zones.undotted(item);
      if (!name.isEmpty()) {
        items.add(name);
      }
    }
    return items;
  }

  private Optional<Long> ttl() {
    var text = text("ttl");
    if (text.isEmpty() || text.get().equals("0")) {
      return Optional.empty();
    }
    var seconds = seconds(text.get());
    if (seconds.isEmpty()) {
      source
          .problems()
          .warn(
              "InvalidAnnotation",
              prefixes.getFirst()
                  + "ttl: \""
                  + text.get()
                  + "\" must be seconds from 1 to 2147483647 or a duration such as 10m; the"
                  + " default is used");
    }
    return seconds;
  }

  private static Optional<Long> seconds(String text) {
    try {
      boolean number = text.chars().allMatch(c -> c >= '0' && c <= '9');
      long seconds =
          number
              ? Long.parseLong(text)
              : Duration.parse("PT" + text.toUpperCase(Locale.ROOT)).toSeconds();
      return seconds >= 1 && seconds <= MAX_TTL ? Optional.of(seconds) : Optional.empty();
    } catch (NumberFormatException | DateTimeParseException | ArithmeticException _) {
      return Optional.empty();
    }
  }

  private Optional<String> text(String name) {
    return prefixes.stream()
        .flatMap(p ->
            Optional.ofNullable(source.ingress().metadata().annotations().get(p + name)).stream())
        .findFirst();
  }
}
