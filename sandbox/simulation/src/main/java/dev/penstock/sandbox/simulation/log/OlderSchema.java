package dev.penstock.sandbox.simulation.log;

import dev.penstock.schemas.avro.DecodeException;
import dev.penstock.schemas.avro.RecordCodec;
import dev.penstock.schemas.event.Event;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;

/**
 * Events as a process of the previous version writes them: the last field of each kind of record is
 * not known yet, where the schema says what to take instead.
 */
final class OlderSchema {
  private static final RecordCodec<Event> CODEC = RecordCodec.of(Event.class);

  /** The calls of an outcome have been told from the first version on. */
  private static final String OUTCOME = "CommandSettled";

  private static final Schema OLDER = older(CODEC.schema());

  private OlderSchema() {}

  /** What today's readers make of the event if the previous version wrote it. */
  static Event asRead(Event event) {
    try {
      var read = new GenericDatumReader<GenericRecord>(CODEC.schema(), OLDER);
      var in = DecoderFactory.get().binaryDecoder(CODEC.encode(event), null);
      var out = new ByteArrayOutputStream();
      var encoder = EncoderFactory.get().binaryEncoder(out, null);
      new GenericDatumWriter<GenericRecord>(OLDER).write(read.read(null, in), encoder);
      encoder.flush();
      return CODEC.decode(out.toByteArray(), 0, OLDER);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (DecodeException failed) {
      throw new IllegalStateException("the previous version's record cannot be read", failed);
    }
  }

  /** The kinds of records are the branches of the field {@code body}. */
  private static Schema older(Schema event) {
    var fields = new ArrayList<Schema.Field>();
    for (var field : event.getFields()) {
      var schema = field.name().equals("body") ? union(field.schema()) : field.schema();
      fields.add(new Schema.Field(field.name(), schema, field.doc(), field.defaultVal()));
    }
    return record(event, fields);
  }

  private static Schema union(Schema bodies) {
    return Schema.createUnion(bodies.getTypes().stream().map(OlderSchema::withoutLast).toList());
  }

  private static Schema withoutLast(Schema body) {
    var fields = body.getFields();
    if (body.getName().equals(OUTCOME)) {
      return body;
    }
    var last = fields.isEmpty() ? 0 : fields.size() - 1;
    var kept = fields.isEmpty() || !fields.get(last).hasDefaultValue() ? fields.size() : last;
    return record(
        body,
        fields.subList(0, kept).stream()
            .map(f -> new Schema.Field(f.name(), f.schema(), f.doc(), f.defaultVal()))
            .toList());
  }

  private static Schema record(Schema like, List<Schema.Field> fields) {
    return Schema.createRecord(like.getName(), like.getDoc(), like.getNamespace(), false, fields);
  }
}
