package dev.penstock.sandbox.aws.engine;

import dev.penstock.sandbox.aws.engine.Rows.ChangeRow;
import dev.penstock.sandbox.aws.engine.Rows.NamedArn;
import dev.penstock.sandbox.aws.engine.Rows.RecordRow;
import dev.penstock.sandbox.aws.engine.Rows.SessionRow;
import dev.penstock.sandbox.aws.engine.Rows.ZoneRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What one account keeps once for all Regions: Route 53, sessions, Shield. */
public final class Account {
  public final String id;
  public final Table<ZoneRow> zones;
  public final Table<RecordRow> records;
  public final Table<ChangeRow> changes;
  public final Table<SessionRow> sessions;
  public final Table<NamedArn> protections;

  private boolean shield;

  private final Chronicle chronicle;
  private final List<Table<?>> tables = new ArrayList<>();

  public Account(String id, Chronicle chronicle) {
    this.id = id;
    this.chronicle = chronicle;
    zones = table("hostedZones", ZoneRow.class, _ -> "");
    records = table("recordSets", RecordRow.class, RecordRow::zoneId);
    changes = table("changes", ChangeRow.class, _ -> "");
    sessions = table("sessions", SessionRow.class, _ -> "");
    protections = table("protections", NamedArn.class, _ -> "");
  }

  /** Whether there is a Shield Advanced subscription. */
  public boolean shield() {
    return shield;
  }

  void subscribe(boolean subscribed) {
    shield = subscribed;
  }

  Account asOf(Instant moment) {
    var scratch = new Chronicle(Duration.ZERO);
    scratch.begin(chronicle.now());
    var past = new Account(id, scratch);
    past.subscribe(shield);
    for (int i = 0; i < tables.size(); i++) {
      fill(past.tables.get(i), tables.get(i).asOf(moment, scratch));
    }
    return past;
  }

  public List<Table<?>> tables() {
    return tables;
  }

  private static <V> void fill(Table<V> table, Table<?> source) {
    source.entries().forEach((key, row) -> table.set(key, table.type().cast(row)));
  }

  private <V> Table<V> table(String kind, Class<V> type, Function<V, String> groupOf) {
    var table = new Table<>(id + "/global/" + kind, type, groupOf, chronicle);
    tables.add(table);
    return table;
  }
}
