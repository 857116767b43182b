package dev.penstock.schemas.topic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** deploy/topics.md is written from the catalogue, never by hand. */
final class TopicsTableTest {
  private static final Path TABLE =
      Path.of(System.getProperty("project.root", "..")).resolve("deploy/topics.md");

  @Test
  void theTableInDeployEqualsTheCatalogue() throws IOException {
    var table = table();
    if ("write".equals(System.getProperty("golden"))) {
      Files.writeString(TABLE, table);
    }
    assertEquals(Files.readString(TABLE), table, "run with -Dgolden=write and review the diff");
  }

  private static String table() {
    var text = new StringBuilder();
    text.append("# Topics\n\n");
    text.append("Written from `Topics` in `schemas`; `penstock topics create` makes them.\n\n");
    text.append("| topic | key | value | cleanup | partitions | retention | what it is |\n");
    text.append("|---|---|---|---|---|---|---|\n");
    for (var topic : Topics.all()) {
      text.append(
          "| `%s` | `%s` | `%s` | %s | %s | %s | %s |\n"
              .formatted(
                  topic.name(),
                  topic.keyForm().replace("|", "\\|"),
                  topic.value().getSimpleName(),
                  topic.cleanup().name().toLowerCase(java.util.Locale.ROOT),
                  topic.partitions() == 0 ? "as events" : Integer.toString(topic.partitions()),
                  topic.retentionMillis() < 0
                      ? "for ever"
                      : Duration.ofMillis(topic.retentionMillis()).toDays() + " days",
                  topic.sentence()));
    }
    return text.toString();
  }
}
