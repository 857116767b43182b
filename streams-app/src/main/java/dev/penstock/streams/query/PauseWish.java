package dev.penstock.streams.query;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.schemas.event.PauseKind;
import dev.penstock.schemas.json.RecordChange;

/** What a person wants to pause, or to go on again. */
record PauseWish(PauseKind kind, String name, boolean begin, boolean all) {
  static PauseWish of(JsonNode body, boolean begin) throws RefusedException {
    var kind = kind(PeopleWrites.text(body, "kind"));
    return new PauseWish(
        kind, PeopleWrites.text(body, "name"), begin, body.path("all").asBoolean());
  }

  static PauseKind kind(String text) throws RefusedException {
    var kind = PauseKind.of(text);
    if (kind.isEmpty()) {
      throw new RefusedException(
          400,
          "cannot pause a %s, only one of %s; the nearest is %s"
              .formatted(text, PauseKind.texts(), RecordChange.nearest(text, PauseKind.texts())));
    }
    return kind.get();
  }

  @Override
  public String toString() {
    return kind.text() + " " + name;
  }
}
