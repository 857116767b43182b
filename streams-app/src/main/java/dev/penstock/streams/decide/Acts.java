package dev.penstock.streams.decide;

import dev.penstock.plan.Renumbering;
import dev.penstock.plan.Verdict;
import dev.penstock.schemas.aws.Aspect;
import dev.penstock.schemas.aws.Link;
import dev.penstock.schemas.aws.ListenerRuleSpec;
import dev.penstock.schemas.aws.Live;
import dev.penstock.schemas.aws.Live.LiveListenerRule;
import dev.penstock.schemas.aws.LoadBalancerSpec;
import dev.penstock.schemas.aws.SecurityGroupSpec;
import dev.penstock.schemas.aws.TargetGroupSpec;
import dev.penstock.schemas.change.ChangeBody;
import dev.penstock.schemas.command.Cause;
import dev.penstock.schemas.command.CommandKey;
import dev.penstock.schemas.command.Lane;
import dev.penstock.schemas.command.Operation;
import dev.penstock.schemas.command.Urgency;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.ResourceKind;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.table.DesiredRow;
import dev.penstock.schemas.table.ObservedRow;
import dev.penstock.schemas.table.VerdictRow;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.turn.Turn;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Turns verdicts that act into commands, and keeps the verdict rows that people read. */
final class Acts {
  private final Turn turn;
  private final StackId stack;
  private final Set<ResourceKey> respacing = new HashSet<>();

  Acts(Turn turn, StackId stack) {
    this.turn = turn;
    this.stack = stack;
  }

  /** Commands what the verdict says, if it says something to do; the verdict that people see. */
  Verdict act(
      ResourceKey key, Optional<DesiredRow> row, ObservedRow seen, Verdict verdict, Cause cause) {
    var lane = new CommandKey(key, Lane.WRITE);
    var operation = operation(verdict);
    if (operation.isEmpty() || respacing(row)) {
      return idle(lane, operation.isEmpty() ? verdict : waitsForPriorities());
    }
    var changed = Math.max(row.map(DesiredRow::seq).orElse(0L), seen.seq());
    if (Backoff.retrying(turn, lane, changed)) {
      return verdict;
    }
    var name = Sentences.kind(verdict).text();
    var wish = Commands.ask(turn, lane, urgency(verdict), cause, name, operation.get());
    var shown =
        switch (wish) {
          case Commands.Wish.Open(var id) -> new Verdict.InFlight(id);
          case Commands.Wish.Busy(var id) -> new Verdict.InFlight(id);
          case Commands.Wish.Full _ -> full();
        };
    show(key, shown, name);
    return shown;
  }

  private Verdict full() {
    Commands.await(turn, stack);
    return new Verdict.Waiting("too many commands of this scope are open", turn.now());
  }

  private static Verdict waitsForPriorities() {
    return new Verdict.Blocked(List.of(), "waits until the listener's rules are respaced");
  }

  /** Nothing to command: what nobody tried yet is taken back, what was tried is waited for. */
  private Verdict idle(CommandKey lane, Verdict verdict) {
    if (!respacing.contains(lane.resource())) {
      Commands.withdraw(turn, lane);
    }
    var open = Commands.open(turn, lane);
    Verdict shown = open.<Verdict>map(o -> new Verdict.InFlight(o.command().id())).orElse(verdict);
    show(lane.resource(), shown, "");
    return shown;
  }

  private static Optional<Operation> operation(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Create(var desired) -> Optional.of(new Operation.Create(desired));
      case Verdict.Update(var observed, var desired, var aspects) ->
          Optional.of(new Operation.Update(observed, desired, aspects));
      case Verdict.Delete(var observed) -> Optional.of(new Operation.Delete(observed));
      case Verdict.Replace _,
          Verdict.InSync _,
          Verdict.Blocked _,
          Verdict.InFlight _,
          Verdict.Waiting _,
          Verdict.Held _,
          Verdict.Foreign _,
          Verdict.Rejected _,
          Verdict.Undecided _ ->
          Optional.empty();
    };
  }

  private static Urgency urgency(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Create(var desired) ->
          desired instanceof LoadBalancerSpec
                  || desired instanceof TargetGroupSpec
                  || desired instanceof SecurityGroupSpec
              ? Urgency.CREATION
              : Urgency.STRUCTURE;
      case Verdict.Update(_, _, var aspects) ->
          aspects.equals(List.of(Aspect.TAGS)) ? Urgency.TAGS : Urgency.STRUCTURE;
      case Verdict.Delete _ -> Urgency.DELETION;
      case Verdict.Replace _,
          Verdict.InSync _,
          Verdict.Blocked _,
          Verdict.InFlight _,
          Verdict.Waiting _,
          Verdict.Held _,
          Verdict.Foreign _,
          Verdict.Rejected _,
          Verdict.Undecided _ ->
          Urgency.STRUCTURE;
    };
  }

  /** One SetRulePriorities moves all rules of a listener that stand elsewhere than they shall. */
  void respace(ResourceKey listener, Cause cause) {
    var live = Knowledge.live(turn, listener);
    if (live.isEmpty() || Modes.ofStructure(turn, listener).isPresent()) {
      return;
    }
    var moves = Renumbering.moves(sides(listener, live.get()));
    if (!moves.isEmpty()) {
      renumber(listener, live.get(), moves, cause);
    }
  }

  /** Makes these moves in one call; until then nothing else of the listener's rules is written. */
  void renumber(ResourceKey listener, Live live, List<Renumbering.Move> moves, Cause cause) {
    respacing.add(listener);
    var priorities = new TreeMap<String, Integer>();
    moves.forEach(move -> priorities.put(move.ruleArn(), move.priority()));
    var changed = moves.stream().mapToLong(move -> changed(move.key())).max().orElse(0);
    var operation = new Operation.SetRulePriorities(live.id(), priorities);
    var lane = new CommandKey(listener, Lane.WRITE);
    if (!Backoff.retrying(turn, lane, changed)
        && Commands.ask(turn, lane, Urgency.STRUCTURE, cause, "Respace", operation)
            instanceof Commands.Wish.Full) {
      full();
    }
  }

  /** The rules of the listener, wanted, there or both. */
  private List<Renumbering.Side> sides(ResourceKey listener, Live live) {
    var prefix = stack + "|" + ResourceKind.LISTENER_RULE.text() + "|";
    var keys = new TreeSet<String>();
    turn.scan(Table.DESIRED, prefix).forEach(entry -> keys.add(entry.key()));
    turn.scan(Table.OBSERVED, prefix).forEach(entry -> keys.add(entry.key()));
    return keys.stream()
        .map(ResourceKey::parse)
        .map(key -> new Renumbering.Side(key, wanted(key), there(key)))
        .map(side ->
            new Renumbering.Side(
                side.key(),
                side.desired().filter(rule -> belongs(rule, listener, live)),
                side.live().filter(rule -> belongs(rule.spec(), listener, live))))
        .toList();
  }

  private Optional<ListenerRuleSpec> wanted(ResourceKey key) {
    return turn.get(Table.DESIRED, key.toString())
        .filter(DesiredRow::wanted)
        .flatMap(row ->
            row.spec() instanceof ListenerRuleSpec rule ? Optional.of(rule) : Optional.empty());
  }

  private Optional<LiveListenerRule> there(ResourceKey key) {
    return Knowledge.live(turn, key)
        .flatMap(
            live -> live instanceof LiveListenerRule rule ? Optional.of(rule) : Optional.empty());
  }

  private long changed(ResourceKey key) {
    var wanted = turn.get(Table.DESIRED, key.toString()).map(DesiredRow::seq).orElse(0L);
    return Math.max(wanted, Knowledge.of(turn, key).seq());
  }

  private static boolean belongs(ListenerRuleSpec rule, ResourceKey listener, Live live) {
    return switch (rule.listener()) {
      case Link.Known(var id) -> id.equals(live.id());
      case Link.Ref(var key) -> key.equals(listener);
    };
  }

  private boolean respacing(Optional<DesiredRow> row) {
    return row.filter(r -> r.spec() instanceof ListenerRuleSpec rule && isRespaced(rule))
        .isPresent();
  }

  private boolean isRespaced(ListenerRuleSpec rule) {
    return respacing.stream()
        .anyMatch(listener ->
            Knowledge.live(turn, listener)
                .filter(live -> belongs(rule, listener, live))
                .isPresent());
  }

  private void show(ResourceKey key, Verdict verdict, String commanded) {
    var sentence = Sentences.of(verdict);
    var before = turn.get(Table.VERDICTS, key.toString());
    var kind = Sentences.kind(verdict);
    var rule = Sentences.rule(verdict);
    if (before
        .filter(r -> r.verdict() == kind && r.sentence().equals(sentence) && r.rule().equals(rule))
        .isPresent()) {
      return;
    }
    var failures = before.map(VerdictRow::failures).orElse(0);
    turn.put(
        Table.VERDICTS,
        key.toString(),
        new VerdictRow(kind, sentence, turn.seq(), turn.now(), failures, rule, Optional.empty()));
    turn.change(key.toString(), new ChangeBody.VerdictChanged(kind, sentence, commanded));
  }
}
