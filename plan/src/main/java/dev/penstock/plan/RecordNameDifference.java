package dev.penstock.plan;

import dev.penstock.plan.dns.TxtRegistry;
import dev.penstock.plan.dns.TxtRegistry.Mark;
import dev.penstock.plan.dns.Zones;
import dev.penstock.schemas.aws.Aspect;
import dev.penstock.schemas.aws.Live.LiveRecordName;
import dev.penstock.schemas.aws.RecordNameSpec;
import dev.penstock.schemas.aws.RecordSet;
import dev.penstock.schemas.settings.DnsPolicy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/**
 * DNS names: only A, AAAA and CNAME sets that an ownership TXT gives us, and those TXT, are touched
 * (external-dns 3.7); other sets of the name stay. A set of another owner that would have to share
 * our place makes the whole name foreign. Deletes carry the sets as they were read (external-dns
 * 0.5).
 */
final class RecordNameDifference {
  private static final List<String> MANAGED = List.of("A", "AAAA", "CNAME");

  private final TxtRegistry registry;
  private final String self;
  private final DnsPolicy policy;
  private final LiveRecordName live;
  private final List<Mark> marks;

  private RecordNameDifference(LiveRecordName live, Ownership ownership) {
    this.registry = new TxtRegistry(ownership.dns());
    this.self = ownership.dns().txtOwnerId();
    this.policy = ownership.dns().policy();
    this.live = live;
    this.marks =
        live.spec().recordSets().stream().flatMap(set -> registry.mark(set).stream()).toList();
  }

  static Verdict of(Optional<RecordNameSpec> want, LiveRecordName live, Ownership ownership) {
    var difference = new RecordNameDifference(live, ownership);
    return want.map(difference::wanted).orElseGet(difference::unwanted);
  }

  private Verdict unwanted() {
    var mine =
        live.spec().recordSets().stream().filter(set -> isMine(set) || isMyTxt(set)).toList();
    return mine.isEmpty() ? new Verdict.InSync() : new Verdict.Delete(part(mine));
  }

  private Verdict wanted(RecordNameSpec want) {
    for (var set : live.spec().recordSets()) {
      var stranger = stranger(set, want);
      if (stranger.isPresent()) {
        return new Verdict.Foreign(stranger.get());
      }
    }
    var mine =
        live.spec().recordSets().stream()
            .filter(set -> isMine(set) || isMyTxt(set) && !isKeptOldTxt(set, want))
            .toList();
    if (mine.isEmpty()) {
      return new Verdict.Create(want);
    }
    var allowed = allowed(want.recordSets(), mine);
    return normal(allowed).equals(normal(mine))
        ? new Verdict.InSync()
        : new Verdict.Update(
            part(mine),
            new RecordNameSpec(want.zoneId(), want.name(), allowed),
            List.of(Aspect.CORE));
  }

  /** What the policy lets become of the sets that are ours (external-dns 2.1, 4.4). */
  private List<RecordSet> allowed(List<RecordSet> want, List<RecordSet> mine) {
    return switch (policy) {
      case SYNC -> want;
      case UPSERT_ONLY -> filled(want, mine);
      case CREATE_ONLY -> filled(mine, want);
    };
  }

  /** The first sets, and those of the others whose places they leave free. */
  private static List<RecordSet> filled(List<RecordSet> first, List<RecordSet> others) {
    var all = new ArrayList<>(first);
    others.stream()
        .filter(set -> first.stream().noneMatch(f -> samePlace(f, set)))
        .forEach(all::add);
    return all;
  }

  private LiveRecordName part(List<RecordSet> sets) {
    return new LiveRecordName(
        live.id(), new RecordNameSpec(live.spec().zoneId(), live.spec().name(), sets));
  }

  private boolean isMine(RecordSet set) {
    return MANAGED.contains(set.type())
        && isHere(set)
        && registry.markOf(set, marks).filter(mark -> mark.owner().equals(self)).isPresent();
  }

  private boolean isMyTxt(RecordSet set) {
    return registry
        .mark(set)
        .filter(mark -> mark.owner().equals(self) && registry.isOf(mark, live.spec().name()))
        .isPresent();
  }

  /** Older versions of external-dns still read these: they stay as long as the name does. */
  private boolean isKeptOldTxt(RecordSet set, RecordNameSpec want) {
    var type = registry.mark(set).map(Mark::type).orElse("");
    return (type.isEmpty() || type.equals("CNAME"))
        && want.recordSets().stream().noneMatch(w -> samePlace(w, set))
        && want.recordSets().stream()
            .anyMatch(w ->
                w.type().equals("A")
                    && w.alias().isPresent()
                    && w.setIdentifier().equals(set.setIdentifier()));
  }

  /** Who stands in our way with this set, if somebody does. */
  private Optional<String> stranger(RecordSet set, RecordNameSpec want) {
    if (isHere(set) && !set.type().equals("TXT")) {
      return !isMine(set) && collides(set, want)
          ? Optional.of(
              registry
                  .markOf(set, marks)
                  .map(mark -> "owner " + mark.owner())
                  .orElse("nobody (the " + set.type() + " record has no ownership TXT)"))
          : Optional.empty();
    }
    if (isMyTxt(set) || want.recordSets().stream().noneMatch(w -> samePlace(w, set))) {
      return Optional.empty();
    }
    return Optional.of(
        registry
            .mark(set)
            .map(mark -> "owner " + mark.owner())
            .orElse("nobody (a TXT record " + set.name() + " is in the way)"));
  }

  private boolean collides(RecordSet set, RecordNameSpec want) {
    return want.recordSets().stream()
        .filter(this::isHere)
        .anyMatch(w ->
            w.type().equals("CNAME") != set.type().equals("CNAME")
                || MANAGED.contains(set.type())
                    && (w.setIdentifier().equals(set.setIdentifier())
                        || w.type().equals(set.type())
                            && w.setIdentifier().isPresent() != set.setIdentifier().isPresent()));
  }

  private boolean isHere(RecordSet set) {
    return set.name().equalsIgnoreCase(live.spec().name());
  }

  private static boolean samePlace(RecordSet one, RecordSet other) {
    return one.name().equalsIgnoreCase(other.name())
        && one.type().equals(other.type())
        && one.setIdentifier().equals(other.setIdentifier());
  }

  private HashSet<RecordSet> normal(List<RecordSet> sets) {
    var normal = new HashSet<RecordSet>();
    sets.forEach(set -> normal.add(normal(set)));
    return normal;
  }

  /** A changed resource label alone changes no TXT (external-dns 4.5). */
  private RecordSet normal(RecordSet set) {
    return registry
        .mark(set)
        .map(mark -> normal(set, Optional.empty(), List.of(mark.owner())))
        .orElseGet(() -> plain(set));
  }

  /** The set as Route 53 compares it. */
  static RecordSet plain(RecordSet set) {
    return normal(set, set.ttlSeconds(), values(set));
  }

  private static RecordSet normal(RecordSet set, Optional<Long> ttlSeconds, List<String> values) {
    return new RecordSet(
        set.name().toLowerCase(Locale.ROOT),
        set.type(),
        set.setIdentifier(),
        ttlSeconds,
        values,
        set.alias()
            .map(a ->
                new RecordSet.Alias(a.hostedZoneId(), bare(a.dnsName()), a.evaluateTargetHealth())),
        set.routing(),
        set.healthCheckId());
  }

  private static List<String> values(RecordSet set) {
    var values = new TreeSet<String>();
    for (var value : set.values()) {
      values.add(
          switch (set.type()) {
            case "AAAA" -> Cidr.canonical(value);
            case "CNAME" -> bare(value);
            default -> value;
          });
    }
    return new ArrayList<>(values);
  }

  private static String bare(String name) {
    return Zones.undotted(name.toLowerCase(Locale.ROOT));
  }
}
