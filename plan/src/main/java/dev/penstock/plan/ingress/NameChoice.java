package dev.penstock.plan.ingress;

import dev.penstock.schemas.aws.Named;
import java.util.Optional;

/**
 * The ids behind names that members give for what is not ours. A name that was not looked up yet
 * blocks the plan (I2); of a member that names what is not there only what is live stays.
 */
final class NameChoice {
  private final StackDraft draft;

  NameChoice(StackDraft draft) {
    this.draft = draft;
  }

  Optional<String> id(Participant participant, Named.Kind kind, String name) {
    var named = draft.input.cloud().named(kind, name);
    if (named.isEmpty()) {
      draft.block(kind.text() + " \"" + name + "\" was not looked up yet");
    } else if (named.get().id().isEmpty()) {
      draft.tell(participant.member(), reason(kind), named.get().reason());
      draft.holdBack(participant.member());
    }
    return named.flatMap(Named::id);
  }

  private static String reason(Named.Kind kind) {
    return switch (kind) {
      case WEB_ACL -> "NoWebAcl";
      case TRUST_STORE -> "NoTrustStore";
      case TARGET_GROUP -> "NoTargetGroup";
    };
  }
}
