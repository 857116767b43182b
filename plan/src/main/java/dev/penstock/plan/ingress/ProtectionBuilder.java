package dev.penstock.plan.ingress;

import dev.penstock.plan.ingress.Standing.Weight;
import dev.penstock.schemas.aws.Link;
import dev.penstock.schemas.aws.Live.LiveProtection;
import dev.penstock.schemas.aws.Named;
import dev.penstock.schemas.aws.ProtectionSpec;
import dev.penstock.schemas.aws.ProtectionSpec.Guard;
import dev.penstock.schemas.intent.IngressIntent.ProtectionSettings;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.ResourceKind;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Web ACLs and Shield of a group's load balancer (LBC 1.1). The one in force stays while a member
 * asks for it; a newcomer that asks for another is told, and nothing new of it is served without
 * the guard that it asked for. What nobody mentions any more stays and is reported (design §7,
 * unset).
 */
final class ProtectionBuilder {
  /** The reason of the problem that the owner of an unused ARN is told. */
  static final String NAME_FIRST = "WebAclByName";

  private final StackDraft draft;
  private final List<Participant> participants;
  private final ResourceKey loadBalancer;
  private final LiveStack live;
  private final Standing standing;

  ProtectionBuilder(StackDraft draft, List<Participant> participants, ResourceKey loadBalancer) {
    this.draft = draft;
    this.participants = participants.stream().filter(Participant::standing).toList();
    this.loadBalancer = loadBalancer;
    this.live = new LiveStack(draft);
    this.standing = new Standing(draft);
  }

  /** The order in which AWS is asked is that of the enum. */
  void write() {
    write(
        Guard.WEB_ACL,
        p -> settings(p).webAclName().isPresent() || settings(p).webAclArn().isPresent(),
        webAcl());
    write(
        Guard.CLASSIC_WEB_ACL,
        p -> settings(p).classicWebAclId().isPresent(),
        settle(
            Annotation.WAF_CLASSIC,
            p -> settings(p).classicWebAclId(),
            live.protection(Guard.CLASSIC_WEB_ACL, value -> value::equals)));
    write(
        Guard.SHIELD,
        p -> settings(p).shield().isPresent(),
        settle(
                Annotation.SHIELD,
                p -> settings(p).shield(),
                live.protection(Guard.SHIELD, value -> on -> on != value.isEmpty()))
            .map(on -> on ? Guard.SHIELD_NAME : ""));
  }

  private void write(Guard guard, Function<Participant, Boolean> speaks, Optional<String> value) {
    List<ObjectKey> wantedBy =
        participants.stream().filter(speaks::apply).map(Participant::member).toList();
    if (value.isPresent()) {
      want(guard, value.get(), wantedBy);
    } else if (wantedBy.isEmpty()) {
      inherited(guard)
          .ifPresentOrElse(
              same -> want(guard, same, participants.stream().map(Participant::member).toList()),
              () ->
                  live.protection(guard)
                      .map(LiveProtection::spec)
                      .filter(spec -> !spec.value().isEmpty())
                      .ifPresent(this::report));
    }
  }

  private void want(Guard guard, String value, List<ObjectKey> wantedBy) {
    draft.want(
        draft.key(ResourceKind.PROTECTION, guard.text()),
        new ProtectionSpec(new Link.Ref(loadBalancer), guard, value),
        wantedBy);
  }

  /** What guards the load balancer that this one replaces, as long as that one stands. */
  private Optional<String> inherited(Guard guard) {
    int newest = draft.input.successor(ResourceKind.PROTECTION, guard.text());
    for (int before = newest - 1; before >= 0; before--) {
      var key = draft.key(ResourceKind.PROTECTION, guard.text(), before);
      if (draft.live(key).orElse(null) instanceof LiveProtection found
          && !found.spec().value().isEmpty()) {
        return Optional.of(guard == Guard.SHIELD ? Guard.SHIELD_NAME : found.spec().value());
      }
    }
    return Optional.empty();
  }

  private void report(ProtectionSpec spec) {
    var what = spec.guard().text() + " \"" + spec.value() + "\"";
    draft.tellKept(participants, "ProtectionKept", what, "none or false");
  }

  private <T> Optional<T> settle(
      Annotation annotation, Function<Participant, Optional<T>> claim, InForce<T> inForce) {
    return standing.settle(annotation.key(), Weight.HELD_BACK, participants, claim, inForce);
  }

  /** A name of any member goes before every ARN, except before one that is in force. */
  private Optional<String> webAcl() {
    if (!lookedUp()) {
      return Optional.empty();
    }
    InForce<String> inForce = live.protection(Guard.WEB_ACL, value -> value::equals);
    var byName = participants.stream().filter(ProtectionBuilder::names).toList();
    boolean arnStands =
        participants.stream()
            .filter(p -> !names(p))
            .anyMatch(p -> webAcl(p).filter(inForce.is()).isPresent());
    boolean namesOnly = !byName.isEmpty() && !arnStands && inForce.known();
    var winner =
        standing.settle(
            Annotation.WAFV2_ARN.key(),
            Weight.HELD_BACK,
            namesOnly ? byName : participants,
            this::webAcl,
            inForce);
    if (namesOnly) {
      winner.ifPresent(arn -> tellUnused(arn, byName.getFirst()));
    }
    return winner;
  }

  /** Whoever names what is not there has no say, and nothing new of his is served. */
  private boolean lookedUp() {
    var choice = new NameChoice(draft);
    for (Participant participant : participants) {
      settings(participant)
          .webAclName()
          .filter(name -> !name.isEmpty())
          .ifPresent(name -> choice.id(participant, Named.Kind.WEB_ACL, name));
    }
    return !draft.blocked();
  }

  private void tellUnused(String arn, Participant namer) {
    for (Participant participant : participants) {
      var unused = webAcl(participant).filter(own -> !names(participant) && !own.equals(arn));
      unused.ifPresent(own ->
          draft.tell(
              participant.member(),
              NAME_FIRST,
              "wafv2-acl-arn: \""
                  + own
                  + "\" is not in force, because "
                  + namer.member().path()
                  + " in the same group names a web ACL, and names go first"));
    }
  }

  /** The ARN that a member asks for; empty for none. */
  private Optional<String> webAcl(Participant participant) {
    var name = settings(participant).webAclName();
    if (name.isEmpty()) {
      return settings(participant).webAclArn();
    }
    return name.get().isEmpty()
        ? name
        : draft.input.cloud().named(Named.Kind.WEB_ACL, name.get()).flatMap(Named::id);
  }

  private static boolean names(Participant participant) {
    return settings(participant).webAclName().isPresent();
  }

  private static ProtectionSettings settings(Participant participant) {
    return participant.intent().protections();
  }
}
