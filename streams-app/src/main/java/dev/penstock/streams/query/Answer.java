package dev.penstock.streams.query;

import dev.penstock.schemas.json.RecordJson;

/** An answer of the API: an HTTP status and a JSON text. */
record Answer(int status, String json) {
  /** A message to a person who asked for something that cannot be done. */
  record Refusal(String message) {}

  static Answer ok(Object body) {
    return new Answer(200, RecordJson.write(body));
  }

  static Answer refused(int status, String message) {
    return new Answer(status, RecordJson.write(new Refusal(message)));
  }
}
