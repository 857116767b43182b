package dev.penstock.plan.ingress;

import dev.penstock.schemas.aws.ListenerSpec.MutualAuthentication;
import dev.penstock.schemas.intent.IngressIntent.LoadBalancerSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Who stands, stays (design §7): of several values the one in force wins while a member still
 * claims it, else the one of the first member. Whoever loses is told, and disturbs nobody. While it
 * is unknown what is in force, nobody wins (I2).
 */
final class Standing {
  static final String CONFLICT = "Conflict";

  /** Whether losing is only told, or also keeps new rules of the loser from being served. */
  enum Weight {
    TOLD,
    HELD_BACK
  }

  private record Claim<T>(Participant participant, T value) {}

  private final StackDraft draft;

  Standing(StackDraft draft) {
    this.draft = draft;
  }

  <T> Optional<T> settle(
      String what,
      Weight weight,
      List<Participant> participants,
      Function<Participant, Optional<T>> claim,
      InForce<T> inForce) {
    var claims = new ArrayList<Claim<T>>();
    for (Participant participant : participants) {
      if (participant.standing()) {
        claim.apply(participant).ifPresent(v -> claims.add(new Claim<>(participant, v)));
      }
    }
    if (claims.isEmpty()) {
      return Optional.empty();
    }
    var first = claims.getFirst();
    boolean agreed = claims.stream().allMatch(c -> c.value().equals(first.value()));
    if (!agreed && !inForce.known()) {
      draft.block("members of the group disagree on " + what + ", and what is live is not known");
      return Optional.empty();
    }
    var winner =
        claims.stream().filter(c -> inForce.is().test(c.value())).findFirst().orElse(first);
    for (Claim<T> loser : claims) {
      if (!loser.value().equals(winner.value())) {
        tell(what, loser, winner);
        if (weight == Weight.HELD_BACK) {
          draft.holdBack(loser.participant().member());
        }
      }
    }
    return Optional.of(winner.value());
  }

  /** Settles what members say about the load balancer. */
  <T> Optional<T> settleSetting(
      String what,
      Weight weight,
      List<Participant> participants,
      Function<LoadBalancerSettings, Optional<T>> claim,
      InForce<T> inForce) {
    return settle(what, weight, participants, p -> claim.apply(p.intent().loadBalancer()), inForce);
  }

  /** Settles each key of a map by itself. */
  Map<String, String> settleEach(
      String what,
      List<Participant> participants,
      Function<Participant, Map<String, String>> claim,
      Function<String, InForce<String>> inForce) {
    var claims = new LinkedHashMap<String, List<Claim<String>>>();
    for (Participant participant : participants) {
      if (participant.standing()) {
        claim
            .apply(participant)
            .forEach((key, value) ->
                claims
                    .computeIfAbsent(key, _ -> new ArrayList<>())
                    .add(new Claim<>(participant, value)));
      }
    }
    var settled = new TreeMap<String, String>();
    claims.forEach((key, of) -> {
      var claimants = of.stream().map(Claim::participant).toList();
      settle(
              what + " " + key,
              Weight.TOLD,
              claimants,
              p -> Optional.ofNullable(claim.apply(p).get(key)),
              inForce.apply(key))
          .ifPresent(value -> settled.put(key, value));
    });
    return settled;
  }

  private <T> void tell(String what, Claim<T> loser, Claim<T> winner) {
    draft.tell(
        loser.participant().member(),
        CONFLICT,
        what
            + ": \""
            + text(loser.value())
            + "\" is not in force, because "
            + winner.participant().member().path()
            + " in the same group has \""
            + text(winner.value())
            + "\"");
  }

  private static Object text(Object value) {
    return value instanceof MutualAuthentication mutual
        ? mutual.mode()
            + mutual.trustStoreArn().map(store -> " with " + store).orElse("")
            + mutual
                .ignoreClientCertificateExpiry()
                .map(ignored -> ", ignoreClientCertificateExpiry " + ignored)
                .orElse("")
            + mutual
                .advertiseTrustStoreCaNames()
                .map(shown -> ", advertiseTrustStoreCaNames " + shown)
                .orElse("")
        : value;
  }
}
