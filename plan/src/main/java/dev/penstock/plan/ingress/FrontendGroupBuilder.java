package dev.penstock.plan.ingress;

import dev.penstock.plan.Cidr;
import dev.penstock.plan.names.StackNames;
import dev.penstock.schemas.aws.Link;
import dev.penstock.schemas.aws.Permission;
import dev.penstock.schemas.aws.SecurityGroupSpec;
import dev.penstock.schemas.key.ResourceKind;
import java.util.ArrayList;
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
    var rules = new ArrayList<Permission>();
    listeners.forEach(listener -> rules.addAll(permissions(listener, dualStack)));
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
            List.copyOf(rules),
            draft.tags(key.id(), tags)),
        participants.stream().map(Participant::member).toList());
    return new Link.Ref(key);
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
