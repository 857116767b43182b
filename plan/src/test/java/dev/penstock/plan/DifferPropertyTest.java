package dev.penstock.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.plan.dns.TxtRegistry;
import dev.penstock.schemas.aws.Live;
import dev.penstock.schemas.aws.Live.LiveLoadBalancer;
import dev.penstock.schemas.aws.Live.LiveRecordName;
import dev.penstock.schemas.aws.Live.LiveSecurityGroupRules;
import dev.penstock.schemas.aws.LoadBalancerSpec;
import dev.penstock.schemas.aws.Permission;
import dev.penstock.schemas.aws.RecordNameSpec;
import dev.penstock.schemas.aws.RecordSet;
import dev.penstock.schemas.aws.ResourceSpec;
import dev.penstock.schemas.aws.SecurityGroupRulesSpec;
import dev.penstock.schemas.settings.DnsSettings;
import dev.penstock.schemas.table.ObservedRow;
import dev.penstock.schemas.table.ObservedRow.Missing;
import dev.penstock.schemas.table.ObservedRow.Presence;
import dev.penstock.schemas.table.ObservedRow.Present;
import dev.penstock.schemas.table.ObservedRow.Unknown;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Laws of the differ on generated sides. The executor is modelled by what its contract says. */
final class DifferPropertyTest {
  private static final Differ DIFFER = new Differ(Specs.OURS);
  private static final TxtRegistry REGISTRY = new TxtRegistry(DnsSettings.defaults());

  @Test
  void whatWasAppliedIsInSync() {
    Seeds.forEach(seeds -> {
      var want = spec(seeds);
      var have = other(seeds, want);
      var memory = Written.remember(List.of(), "id", have);
      var verdict = diff(want, new Present(Specs.live(have)), memory);
      var after =
          switch (verdict) {
            case Verdict.Create(var made) -> applied(Specs.live(have), Optional.empty(), made);
            case Verdict.Update(var touched, var written, _) ->
                applied(Specs.live(have), Optional.of(touched), written);
            case Verdict.InSync _, Verdict.Foreign _, Verdict.Replace _ -> Specs.live(have);
            case Verdict.Delete _,
                Verdict.Blocked _,
                Verdict.InFlight _,
                Verdict.Waiting _,
                Verdict.Held _,
                Verdict.Rejected _,
                Verdict.Undecided _ ->
                throw new AssertionError(verdict.toString());
          };
      var again = diff(want, new Present(after), memory);
      boolean stands = verdict instanceof Verdict.Foreign || verdict instanceof Verdict.Replace;
      assertEquals(stands ? verdict : new Verdict.InSync(), again, () -> want + " over " + have);
    });
  }

  @Test
  void theSameSidesGiveTheSameVerdict() {
    Seeds.forEach(seeds -> {
      var want = spec(seeds);
      var have = new Present(Specs.live(other(seeds, want)));
      assertEquals(diff(want, have, List.of()), diff(want, have, List.of()));
    });
  }

  @Test
  void unknownIsInert() {
    Seeds.forEach(seeds -> {
      var want = spec(seeds);
      var unknown = new Unknown("not read");
      assertEquals(new Verdict.Undecided("not read"), diff(want, unknown, List.of()));
      assertEquals(
          new Verdict.Create(want), diff(want, new Missing(), List.of()), "unlike missing");
    });
  }

  @Test
  void whatIsNotOursIsNeverShownToAnExecutor() {
    Seeds.forEach(seeds -> {
      var want = seeds.chance(2) ? Optional.<ResourceSpec>empty() : Optional.of(spec(seeds));
      var have = names(seeds, "them");
      var verdict =
          DIFFER.diff(
              Specs.key(have),
              want.filter(RecordNameSpec.class::isInstance),
              row(new Present(Specs.live(have)), List.of()));
      assertTrue(
          !(verdict instanceof Verdict.Update) && !(verdict instanceof Verdict.Delete),
          () -> have + " gives " + verdict);
    });
  }

  /** Removes what the touched side has and the written side lacks, and leaves the rest. */
  private static Live applied(Live live, Optional<Live> touched, ResourceSpec written) {
    return switch (live) {
      case LiveLoadBalancer it -> {
        var tags = new TreeMap<>(it.spec().tags());
        touched.ifPresent(
            t -> tags.keySet().removeAll(((LiveLoadBalancer) t).spec().tags().keySet()));
        var spec = (LoadBalancerSpec) written;
        tags.putAll(spec.tags());
        var attributes = new TreeMap<>(it.spec().attributes());
        attributes.putAll(spec.attributes());
        yield Specs.live(Specs.loadBalancer(spec.scheme(), spec.subnets(), attributes, tags));
      }
      case LiveSecurityGroupRules it -> {
        var rules = new LinkedHashSet<>(it.spec().ingress());
        touched.ifPresent(t -> rules.removeAll(((LiveSecurityGroupRules) t).spec().ingress()));
        rules.addAll(((SecurityGroupRulesSpec) written).ingress());
        yield Specs.live(new SecurityGroupRulesSpec("sg-node", List.copyOf(rules)));
      }
      case LiveRecordName it -> {
        var sets = new LinkedHashSet<>(it.spec().recordSets());
        touched.ifPresent(t -> sets.removeAll(((LiveRecordName) t).spec().recordSets()));
        sets.addAll(((RecordNameSpec) written).recordSets());
        yield Specs.live(
            new RecordNameSpec(it.spec().zoneId(), it.spec().name(), List.copyOf(sets)));
      }
      case Live.LiveListener _,
          Live.LiveListenerRule _,
          Live.LiveTargetGroup _,
          Live.LiveSecurityGroup _,
          Live.LiveCertificate _,
          Live.LiveProtection _ ->
          Specs.live(written);
    };
  }

  private static ResourceSpec spec(Seeds seeds) {
    return switch (seeds.upTo(6)) {
      case 0 -> balancer(seeds);
      case 1 -> group(seeds);
      case 2 -> rules(seeds);
      case 3 -> names(seeds, "penstock");
      case 4 ->
          Specs.rule(
              1 + seeds.upTo(3),
              List.of(),
              List.of(Specs.forward(seeds.oneOf("arn:a", "arn:b"), "arn:c")));
      default ->
          Specs.targetGroup(
              "ip",
              "HTTP",
              seeds.oneOf("/", "/ready"),
              seeds.oneOf("200", "200,201", "201,200"),
              attributes(seeds, "slow_start.duration_seconds", "0", "30"));
    };
  }

  private static ResourceSpec other(Seeds seeds, ResourceSpec want) {
    var have = spec(seeds);
    while (have.getClass() != want.getClass()) {
      have = spec(seeds);
    }
    return have instanceof RecordNameSpec ? names(seeds, seeds.oneOf("penstock", "them")) : have;
  }

  private static LoadBalancerSpec balancer(Seeds seeds) {
    return Specs.loadBalancer(
        seeds.chance(9) ? "internet-facing" : "internal",
        seeds.oneOf(List.of("a", "b"), List.of("b", "a"), List.of("a", "c")),
        attributes(seeds, "idle_timeout.timeout_seconds", "60", "120"),
        seeds.chance(2)
            ? Specs.tags("LoadBalancer")
            : Specs.tags("LoadBalancer", seeds.oneOf("team", "managed-elsewhere"), "x"));
  }

  private static Map<String, String> attributes(Seeds seeds, String key, String... values) {
    return seeds.chance(3) ? Map.of() : Map.of(key, seeds.oneOf(values));
  }

  private static ResourceSpec group(Seeds seeds) {
    return Specs.group(
        seeds.listOf(s -> Specs.open(s.oneOf("10.1.2.3/8", "10.0.0.0/8", "::/0"), s.upTo(3))));
  }

  private static ResourceSpec rules(Seeds seeds) {
    return new SecurityGroupRulesSpec(
        "sg-node",
        seeds
            .<Permission>listOf(s -> Specs.shared(s.oneOf("sg-b", "sg-other"), s.upTo(3), 5))
            .stream()
            .distinct()
            .toList());
  }

  private static RecordNameSpec names(Seeds seeds, String owner) {
    var sets = new ArrayList<RecordSet>();
    var target = seeds.oneOf("x.elb", "y.elb");
    if (seeds.chance(2)) {
      sets.add(Specs.alias("app.ex.com.", "A", target));
      sets.add(Specs.alias("app.ex.com.", "AAAA", target));
    } else {
      sets.add(Specs.values("app.ex.com.", seeds.oneOf("A", "CNAME"), target));
    }
    for (var set : List.copyOf(sets)) {
      sets.add(Specs.txt(REGISTRY.txtName(set.name(), set.type()), owner, seeds.oneOf("a", "b")));
    }
    return new RecordNameSpec("Z1", "app.ex.com.", sets);
  }

  private static Verdict diff(ResourceSpec want, Presence presence, List<String> memory) {
    return DIFFER.diff(Specs.key(want), Optional.of(want), row(presence, memory));
  }

  private static ObservedRow row(Presence presence, List<String> memory) {
    return new ObservedRow(presence, 1, Instant.EPOCH, 1, memory);
  }
}
