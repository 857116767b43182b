package dev.penstock.schemas.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.penstock.schemas.settings.ControllerSettings;
import dev.penstock.schemas.settings.DnsPolicy;
import dev.penstock.schemas.settings.RestrictedGroup;
import dev.penstock.schemas.settings.ScopeSettings;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class RecordChangeTest {
  private static final ScopeSettings BASE = ScopeSettings.defaults();

  private static List<String> refusal(Map<String, ?> changes) {
    return assertThrows(ChangeRefused.class, () -> RecordChange.apply(BASE, changes)).problems();
  }

  @Test
  void whatIsNamedChangesAndTheRestStays() throws ChangeRefused {
    var changed =
        RecordChange.apply(BASE, Map.of("healthPollMillis", 7, "dns", Map.of("txtOwnerId", "me")));
    assertEquals(7, changed.healthPollMillis());
    assertEquals("me", changed.dns().txtOwnerId());
    assertEquals(BASE.sweepIntervalMillis(), changed.sweepIntervalMillis());
    assertEquals(BASE.dns().policy(), changed.dns().policy());
  }

  @Test
  void theNamedComponentsAreTakenFromTheOtherRecordAndNoOther() throws ChangeRefused {
    var changes = Map.of("healthPollMillis", 7, "dns", Map.of("txtOwnerId", "me"));
    var paths = RecordChange.paths(BASE, changes);
    assertEquals(List.of("dns.txtOwnerId", "healthPollMillis"), paths);
    var theirs = RecordChange.apply(BASE, Map.of("sweepIntervalMillis", 9, "healthPollMillis", 8));
    var mine = RecordChange.apply(BASE, changes);
    var merged = RecordChange.take(theirs, mine, paths);
    assertEquals(9, merged.sweepIntervalMillis());
    assertEquals(7, merged.healthPollMillis());
    assertEquals(mine.dns(), merged.dns());
    assertEquals(theirs, RecordChange.take(theirs, mine, List.of("noSuchThing", "dns.none")));
  }

  @Test
  void anUnknownKeyIsAnsweredWithTheNearestKnownOne() {
    assertEquals(
        List.of("unknown key dns.txtOwner; the nearest known one is dns.txtOwnerId"),
        refusal(Map.of("dns", Map.of("txtOwner", "me"))));
  }

  @Test
  void aWrongTypeIsAnsweredWithTheRightOne() {
    assertEquals(
        List.of("sweepIntervalMillis must be a whole number, not: soon"),
        refusal(Map.of("sweepIntervalMillis", "soon")));
  }

  @Test
  void listsAndMapsOfTextsAreTaken() throws ChangeRefused {
    var changed =
        RecordChange.apply(
            ControllerSettings.defaults(),
            Map.of("defaultTags", Map.of("team", 100), "externalManagedTags", List.of("owner")));
    assertEquals(Map.of("team", "100"), changed.defaultTags());
    assertEquals(List.of("owner"), changed.externalManagedTags());
  }

  @Test
  void aListOfRecordsIsTakenWholeAndWhatAnEntryDoesNotNameIsEmpty() throws ChangeRefused {
    var change = List.of(Map.of("group", "edge", "namespaces", List.of("team-a", "web-*")));
    var changed = RecordChange.apply(BASE, Map.of("restrictedGroups", change));
    assertEquals(
        List.of(new RestrictedGroup("edge", List.of("team-a", "web-*"), List.of())),
        changed.restrictedGroups());
    var none = RecordChange.apply(changed, Map.of("restrictedGroups", List.of()));
    assertEquals(BASE, none);
  }

  @Test
  void whatIsWrongInAListOfRecordsIsNamedWithItsPlace() {
    var second = new TreeMap<String, Object>();
    second.put("namespaces", Collections.singletonList(null));
    second.put("clusters", "blue");
    assertEquals(
        List.of(
            "unknown key restrictedGroups[0].name; the nearest known one is"
                + " restrictedGroups[0].group",
            "restrictedGroups[1].namespaces must be a list, not: [null]",
            "restrictedGroups[1].clusters must be a list, not: blue",
            "restrictedGroups[2] must be a map, not: edge"),
        refusal(Map.of("restrictedGroups", List.of(Map.of("name", "edge"), second, "edge"))));
    assertEquals(
        List.of("restrictedGroups must be a list, not: edge"),
        refusal(Map.of("restrictedGroups", "edge")));
  }

  @Test
  void aChoiceIsTakenByItsWordAndAnotherWordIsAnsweredWithAllOfThem() throws ChangeRefused {
    var changed = RecordChange.apply(BASE, Map.of("dns", Map.of("policy", "upsert-only")));
    assertEquals(DnsPolicy.UPSERT_ONLY, changed.dns().policy());
    assertEquals(
        List.of("dns.policy must be one of [sync, upsert-only, create-only], not: delete-all"),
        refusal(Map.of("dns", Map.of("policy", "delete-all"))));
  }
}
