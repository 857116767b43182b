package dev.penstock.plan;

import dev.penstock.schemas.aws.Action;
import dev.penstock.schemas.aws.CertificateSpec;
import dev.penstock.schemas.aws.Link;
import dev.penstock.schemas.aws.ListenerRuleSpec;
import dev.penstock.schemas.aws.ListenerSpec;
import dev.penstock.schemas.aws.LoadBalancerSpec;
import dev.penstock.schemas.aws.Permission;
import dev.penstock.schemas.aws.ProtectionSpec;
import dev.penstock.schemas.aws.RecordNameSpec;
import dev.penstock.schemas.aws.ResourceSpec;
import dev.penstock.schemas.aws.SecurityGroupRulesSpec;
import dev.penstock.schemas.aws.SecurityGroupSpec;
import dev.penstock.schemas.aws.TargetGroupSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What the log remembers of our own writes to a resource, beside what AWS shows: it lets a thing
 * that nobody wants any more return to AWS's default (design §7, unset) and proves ownership when
 * tags are lost. Lives in {@link dev.penstock.schemas.table.ObservedRow#lastWritten()}.
 */
public final class Written {
  private static final String ATTRIBUTE = "attribute:";
  private static final String ID = "id:";
  private static final String MADE = "made:";
  private static final String FOUND = "found:";
  private static final String CIDR = "cidr:";
  private static final String GROUP = "group:";
  private static final String SECRET = "secret:";
  private static final String CAPACITY = "capacity";
  private static final String STICKINESS = "stickiness";

  private Written() {}

  /**
   * The memory after {@code desired} is known to be in force on the resource {@code id}: an applied
   * write, or a verdict InSync. Sorted.
   */
  public static List<String> remember(List<String> before, String id, ResourceSpec desired) {
    var memory = new TreeSet<>(before);
    memory.removeIf(entry -> entry.startsWith(ID) || entry.startsWith(FOUND));
    memory.add(ID + id);
    switch (desired) {
      case LoadBalancerSpec spec -> {
        attributes(memory, spec.attributes(), AttributeDefaults.loadBalancer(spec.type()));
        spec.minimumCapacityUnits().ifPresent(units -> capacity(memory, units));
      }
      case TargetGroupSpec spec ->
          attributes(memory, spec.attributes(), AttributeDefaults.targetGroup());
      case ListenerSpec spec -> {
        attributes(memory, spec.attributes(), AttributeDefaults.listener());
        actions(memory, spec.defaultActions());
      }
      case ListenerRuleSpec spec -> actions(memory, spec.actions());
      case SecurityGroupRulesSpec spec -> {
        memory.removeIf(entry -> entry.startsWith(CIDR) || entry.startsWith(GROUP));
        spec.ingress().forEach(permission -> cidr(memory, permission.source()));
      }
      case SecurityGroupSpec _, CertificateSpec _, ProtectionSpec _, RecordNameSpec _ -> {}
    }
    return List.copyOf(memory);
  }

  /** The memory after a create of ours was answered with the resource {@code id}. Sorted. */
  public static List<String> made(List<String> before, String id) {
    var memory = new TreeSet<>(before);
    memory.removeIf(entry -> entry.startsWith(MADE));
    memory.add(MADE + id);
    return List.copyOf(memory);
  }

  /** The memory of a resource that a scan found under {@code id}; proves nothing. Sorted. */
  public static List<String> found(List<String> before, String id) {
    var memory = new TreeSet<>(before);
    memory.removeIf(entry -> entry.startsWith(FOUND));
    memory.add(FOUND + id);
    return List.copyOf(memory);
  }

  /** By which id AWS was last known to have the resource, as written or else as found. */
  public static Optional<String> id(List<String> written) {
    return after(written, ID).or(() -> after(written, FOUND));
  }

  private static Optional<String> after(List<String> written, String mark) {
    return written.stream()
        .filter(entry -> entry.startsWith(mark))
        .map(entry -> entry.substring(mark.length()))
        .findFirst();
  }

  /** Whether our log made this very resource. */
  public static boolean holdsMade(List<String> written, String id) {
    return written.contains(MADE + id);
  }

  /** Whether our log wrote this very resource, or found it to be as it was wanted. */
  public static boolean holdsId(List<String> written, String id) {
    return written.contains(ID + id);
  }

  /** Whether this attribute is one that our log set to another value than AWS's default. */
  public static boolean holdsAttribute(List<String> written, String key) {
    return written.contains(ATTRIBUTE + key);
  }

  /** Whether our log reserved a minimum capacity. */
  public static boolean holdsCapacity(List<String> written) {
    return written.contains(CAPACITY);
  }

  /** Whether our log made a forward stick clients to one of its target groups. */
  static boolean holdsStickiness(List<String> written) {
    return written.contains(STICKINESS);
  }

  /** The default that a reservation of ours returns to: none. */
  static Optional<Integer> capacity(List<String> written) {
    return holdsCapacity(written) ? Optional.of(0) : Optional.empty();
  }

  static List<String> attributes(List<String> written) {
    return written.stream()
        .filter(entry -> entry.startsWith(ATTRIBUTE))
        .map(entry -> entry.substring(ATTRIBUTE.length()))
        .toList();
  }

  /** Whether our log authorized or adopted this CIDR on the group. */
  static boolean holdsCidr(List<String> written, String cidr) {
    return written.contains(CIDR + cidr);
  }

  /** Whether our log authorized this security group as a source on the group. */
  static boolean holdsGroup(List<String> written, String id) {
    return written.contains(GROUP + id);
  }

  /** Whether a secret of that name was written with another version than this one. */
  static boolean holdsOtherSecret(List<String> written, String name, String version) {
    return written.stream().anyMatch(entry -> entry.startsWith(SECRET + name + "@"))
        && !written.contains(SECRET + name + "@" + version);
  }

  private static void attributes(
      TreeSet<String> memory, Map<String, String> set, Map<String, String> defaults) {
    set.forEach((key, value) -> {
      if (AttributeDefaults.of(defaults, key).filter(value::equals).isPresent()) {
        memory.remove(ATTRIBUTE + key);
      } else {
        memory.add(ATTRIBUTE + key);
      }
    });
  }

  private static void capacity(TreeSet<String> memory, int units) {
    if (units == 0) {
      memory.remove(CAPACITY);
    } else {
      memory.add(CAPACITY);
    }
  }

  private static void actions(TreeSet<String> memory, List<Action> actions) {
    secrets(memory, actions);
    if (actions.stream().anyMatch(NormalActions::isSticky)) {
      memory.add(STICKINESS);
    } else {
      memory.remove(STICKINESS);
    }
  }

  private static void secrets(TreeSet<String> memory, List<Action> actions) {
    memory.removeIf(entry -> entry.startsWith(SECRET));
    for (var action : actions) {
      if (action instanceof Action.AuthenticateOidc oidc) {
        memory.add(SECRET + oidc.secretName() + "@" + oidc.secretVersion());
      }
    }
  }

  private static void cidr(TreeSet<String> memory, Permission.Source source) {
    switch (source) {
      case Permission.Cidr(var cidr) -> memory.add(CIDR + Cidr.canonical(cidr));
      case Permission.CidrV6(var cidr) -> memory.add(CIDR + Cidr.canonical(cidr));
      case Permission.PrefixList(var id) -> memory.add(CIDR + id);
      case Permission.Group(Link.Known(var id)) -> memory.add(GROUP + id);
      case Permission.Group(Link.Ref _) -> {}
    }
  }
}
