package dev.penstock.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.penstock.schemas.event.PersonFact.ScopeSettingsChanged;
import dev.penstock.schemas.json.ChangeRefused;
import dev.penstock.schemas.json.RecordChange;
import dev.penstock.schemas.settings.ScopeSettings;
import dev.penstock.streams.tables.Table;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What people decide, in the order of the log. */
final class PeopleTest {
  private final World world = new World();

  private void change(String subject, String name, Object value) throws ChangeRefused {
    // Each person saw the defaults: none knows of the other's change.
    var seen = RecordChange.apply(ScopeSettings.defaults(), Map.of(name, value));
    world.append(Facts.REGION, new ScopeSettingsChanged(subject, seen, List.of(name)));
  }

  @Test
  void twoPeopleWhoChangeDifferentSettingsAtOnceBothGetTheirs() throws ChangeRefused {
    change("alice", "healthPollMillis", 7);
    change("bob", "sweepIntervalMillis", 9);
    var settings = world.tables.get(Table.SETTINGS, Facts.REGION + "|").orElseThrow().settings();
    assertEquals(7, settings.healthPollMillis());
    assertEquals(9, settings.sweepIntervalMillis());
    assertEquals(ScopeSettings.defaults().retryMillis(), settings.retryMillis());
  }

  @Test
  void settingsWithoutNamesReplaceAllOfThem() throws ChangeRefused {
    change("alice", "healthPollMillis", 7);
    world.append(Facts.REGION, new ScopeSettingsChanged("bob", ScopeSettings.demo()));
    var settings = world.tables.get(Table.SETTINGS, Facts.REGION + "|").orElseThrow().settings();
    assertEquals(ScopeSettings.demo(), settings);
  }
}
