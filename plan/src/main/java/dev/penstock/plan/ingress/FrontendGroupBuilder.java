package dev.penstock.plan.ingress;

import dev.penstock.plan.Cidr;
import dev.penstock.plan.Order;
import dev.penstock.plan.names.StackNames;
import dev.penstock.schemas.aws.Link;
import dev.penstock.schemas.aws.Live.LiveSecurityGroup;
import dev.penstock.schemas.aws.Permission;
import dev.penstock.schemas.aws.SecurityGroupSpec;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.ResourceKind;
import dev.penstock.schemas.table.ObservedRow.Unknown;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The security group in front of a load balancer whose members name none (LBC 4.12). */
final class FrontendGroupBuilder {
  private static final String TCP = "tcp";

  private final StackDraft draft;
  private final List<Participant> participants;
  private final List<GroupListener> listeners;

  FrontendGroupBuilder(
      StackDraft draft, List<Participant> participants, List<GroupListener> listeners) {
    this.draft = draft;
    this.participants = participants;
    this.listeners = listeners;
  }

  Link write(boolean dualStack) {
    var key = draft.key(ResourceKind.SECURITY_GROUP, StackNames.MANAGED_GROUP);
    Map<String, String> tags =
        new Standing(draft)
            .settleEach(
                "tag",
                participants,
                Participant::tags,
                new LiveStack(draft).tag(ResourceKind.SECURITY_GROUP, StackNames.MANAGED_GROUP));
    draft.want(
        key,
        new SecurityGroupSpec(
            draft.names().managedSecurityGroup(draft.input.successor(StackNames.MANAGED_GROUP)),
            StackNames.MANAGED_GROUP_DESCRIPTION,
            draft.input.registration().vpcId(),
            fitting(key, dualStack),
            draft.tags(key.id(), tags)),
        participants.stream().map(Participant::member).toList());
    return new Link.Ref(key);
  }

  /** Rules in force have the room that the quota leaves; the new ones get it in order of ports. */
  private List<Permission> fitting(ResourceKey key, boolean dualStack) {
    var live =
        draft.live(key).orElse(null) instanceof LiveSecurityGroup group
            ? group.spec().ingress()
            : List.<Permission>of();
    int limit = Math.max(draft.input.quotas().rulesPerSecurityGroup(), live.size());
    var wanted = new LinkedHashMap<GroupListener, List<Permission>>();
    listeners.forEach(listener -> wanted.put(listener, permissions(listener, dualStack)));
    var all = wanted.values().stream().flatMap(List::stream).toList();
    if (all.size() <= limit) {
      return all;
    }
    if (draft.input.cloud().presence(key) instanceof Unknown) {
      draft.block("how much room is left for security group rules is not known yet");
      return List.of();
    }
    long room = limit - all.stream().filter(rule -> isIn(live, rule)).count();
    var fitting = new ArrayList<Permission>();
    for (var entry : wanted.entrySet()) {
      int missing = 0;
      for (Permission rule : entry.getValue()) {
        if (isIn(live, rule) || room-- > 0) {
          fitting.add(rule);
        } else {
          missing++;
        }
      }
      tell(entry.getKey(), missing, all.size(), limit);
    }
    return List.copyOf(fitting);
  }

  private void tell(GroupListener listener, int missing, int wanted, int limit) {
    if (missing > 0) {
      var message =
          "a security group may have %d rules, and %d are wanted: port %d goes without %d of its own"
              .formatted(limit, wanted, listener.port(), missing);
      listener.participants().stream()
          .filter(Participant::standing)
          .forEach(p -> draft.tell(p.member(), Shortage.REASON, message));
    }
  }

  private static boolean isIn(List<Permission> live, Permission rule) {
    return live.stream()
        .anyMatch(l -> l.fromPort() == rule.fromPort() && text(l).equals(text(rule)));
  }

  private static String text(Permission rule) {
    return switch (rule.source()) {
      case Permission.Cidr(var block) -> Cidr.canonical(block);
      case Permission.CidrV6(var block) -> Cidr.canonical(block);
      case Permission.PrefixList(var id) -> id;
      case Permission.Group(var link) -> Order.id(link);
    };
  }

  private static List<Permission> permissions(GroupListener listener, boolean dualStack) {
    var permissions = new ArrayList<Permission>();
    boolean open = listener.inboundCidrs().isEmpty() && listener.prefixLists().isEmpty();
    var cidrs = open ? List.of("0.0.0.0/0", "::/0") : listener.inboundCidrs();
    for (String cidr : cidrs) {
      boolean ipv6 = Cidr.parse(cidr).map(Cidr::ipv6).orElse(false);
      if (!ipv6) {
        permissions.add(permission(listener.port(), new Permission.Cidr(cidr)));
      } else if (dualStack) {
        permissions.add(permission(listener.port(), new Permission.CidrV6(cidr)));
      }
    }
    for (String prefixList : listener.prefixLists()) {
      permissions.add(permission(listener.port(), new Permission.PrefixList(prefixList)));
    }
    return permissions;
  }

  private static Permission permission(int port, Permission.Source source) {
    return new Permission(TCP, port, port, source, "");
  }
}
