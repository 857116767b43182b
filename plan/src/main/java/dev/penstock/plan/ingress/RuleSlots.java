package dev.penstock.plan.ingress;

import dev.penstock.plan.CloudView;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.ResourceKind;
import dev.penstock.schemas.table.ObservedRow.Missing;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The ids of a listener's rules: what a rule stands for, and a number where several stand for the
 * same. A rule that is there stays with the member for which it was made. Only if none of those
 * asks any more does the first that asks take it over where it is.
 */
final class RuleSlots {
  private static final String NUMBER = "#";

  private record Slot(int number, ResourceKey key) {}

  private final CloudView cloud;
  private final Map<String, List<Slot>> slots = new HashMap<>();

  /**
   * @param prefix what the ids of rules begin with that are in force
   */
  RuleSlots(StackDraft draft, String prefix) {
    cloud = draft.input.cloud();
    for (ResourceKey key : cloud.known(draft.input.stack())) {
      if (key.kind() == ResourceKind.LISTENER_RULE
          && key.id().startsWith(prefix)
          && !(cloud.presence(key) instanceof Missing)) {
        add(key.id().substring(prefix.length()), key);
      }
    }
    slots.values().forEach(alike -> alike.sort(Comparator.comparingInt(Slot::number)));
  }

  private void add(String id, ResourceKey key) {
    int at = id.indexOf(NUMBER);
    var identity = at < 0 ? id : id.substring(0, at);
    int number = at < 0 ? 1 : Integer.parseInt(id.substring(at + 1));
    slots.computeIfAbsent(identity, _ -> new ArrayList<>()).add(new Slot(number, key));
  }

  /** The id of each rule. */
  List<String> of(List<RuleCandidate> rules) {
    var alike = new LinkedHashMap<String, List<Integer>>();
    for (int i = 0; i < rules.size(); i++) {
      alike.computeIfAbsent(rules.get(i).rule().identity(), _ -> new ArrayList<>()).add(i);
    }
    var ids = new String[rules.size()];
    alike.forEach((identity, places) -> {
      var members = places.stream().map(place -> rules.get(place).member()).toList();
      var numbers = numbers(members, slots.getOrDefault(identity, List.of()));
      for (int i = 0; i < members.size(); i++) {
        ids[places.get(i)] = numbers[i] == 1 ? identity : identity + NUMBER + numbers[i];
      }
    });
    return List.of(ids);
  }

  private int[] numbers(List<ObjectKey> members, List<Slot> there) {
    var numbers = owned(members, there);
    if (!there.isEmpty() && Arrays.stream(numbers).allMatch(number -> number == 0)) {
      numbers[0] = there.getFirst().number();
    }
    var used = new HashSet<Integer>();
    there.forEach(slot -> used.add(slot.number()));
    int next = 1;
    for (int i = 0; i < numbers.length; i++) {
      while (numbers[i] == 0) {
        numbers[i] = used.add(next) ? next : 0;
        next++;
      }
    }
    return numbers;
  }

  /** The number of the rule that was made for each; 0: none. */
  private int[] owned(List<ObjectKey> members, List<Slot> there) {
    var numbers = new int[members.size()];
    if (members.size() + there.size() <= 2) {
      return numbers; // Who asks alone has the rule that is there, whosever it was.
    }
    var asking = new HashMap<ObjectKey, Deque<Integer>>();
    for (int i = 0; i < numbers.length; i++) {
      asking.computeIfAbsent(members.get(i), _ -> new ArrayDeque<>()).add(i);
    }
    for (Slot slot : there) {
      cloud.wantedBy(slot.key()).stream()
          .map(member -> asking.getOrDefault(member, new ArrayDeque<>()))
          .filter(places -> !places.isEmpty())
          .findFirst()
          .ifPresent(places -> numbers[places.remove()] = slot.number());
    }
    return numbers;
  }
}
