package dev.penstock.schemas.avro;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.schemas.avro.DecodeException.Fault;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.junit.jupiter.api.Test;

final class RecordCodecTest {
  private static final RecordCodec<Samples.Everything> EVERYTHING =
      RecordCodec.of(Samples.Everything.class);

  @Test
  void everyFormOfComponentComesBackEqual() throws DecodeException {
    for (var value : List.of(Samples.full(), Samples.bare())) {
      assertEquals(value, EVERYTHING.decode(EVERYTHING.encode(value)));
    }
  }

  @Test
  void theSchemaIsWhatAvroParsesAndStaysTheSameForEachDerivation() {
    String json = EVERYTHING.schema().toString(true);
    assertEquals(EVERYTHING.schema(), new Schema.Parser().parse(json));
    assertEquals(json, RecordCodec.of(Samples.Everything.class).schema().toString(true));
  }

  @Test
  void equalValuesHaveEqualBytesWhateverTheOrderOfTheirMaps() {
    var forth = new LinkedHashMap<String, Samples.Name>();
    var back = new LinkedHashMap<String, Samples.Name>();
    for (int i = 0; i < 20; i++) {
      forth.put("k" + i, new Samples.Name("v" + i));
      back.put("k" + (19 - i), new Samples.Name("v" + (19 - i)));
    }
    assertArrayEquals(EVERYTHING.encode(named(forth)), EVERYTHING.encode(named(back)));
  }

  @Test
  void mapsComeBackInTheOrderOfTheirKeys() throws DecodeException {
    var value = EVERYTHING.decode(EVERYTHING.encode(Samples.full()));
    assertEquals(List.of("a", "b", "c"), List.copyOf(value.names().keySet()));
  }

  @Test
  void decodedCollectionsCannotBeChanged() throws DecodeException {
    var value = EVERYTHING.decode(EVERYTHING.encode(Samples.full()));
    assertThrows(UnsupportedOperationException.class, () -> value.names().clear());
    assertThrows(UnsupportedOperationException.class, () -> value.targets().clear());
  }

  @Test
  void avrosOwnReaderReadsTheBytes() throws Exception {
    byte[] bytes = EVERYTHING.encode(Samples.full());
    var reader = new GenericDatumReader<GenericRecord>(EVERYTHING.schema());
    var read = reader.read(null, DecoderFactory.get().binaryDecoder(bytes, null));
    assertEquals("GREEN", read.get("colour").toString());
    assertEquals("web", ((GenericRecord) read.get("name")).get("value").toString());
    assertEquals(
        "dev.penstock.schemas.avro.Samples.Address",
        ((GenericRecord) read.get("target")).getSchema().getFullName());
  }

  @Test
  void aSealedInterfaceIsTheUnionOfItsRecordsAtAnyDepth() throws DecodeException {
    var codec = RecordCodec.of(Samples.Target.class);
    assertEquals(
        List.of("Address", "Function", "Nowhere"),
        codec.schema().getTypes().stream().map(Schema::getName).toList());
    for (Samples.Target value : List.of(new Samples.Address("::1", 1), new Samples.Nowhere())) {
      assertEquals(value, codec.decode(codec.encode(value)));
    }
  }

  @Test
  void aCaseWrittenWithItsOwnSchemaIsReadAsTheInterface() throws DecodeException {
    var one = RecordCodec.of(Samples.Address.class);
    var all = RecordCodec.of(Samples.Target.class);
    var value = new Samples.Address("10.1.1.1", 443);
    assertEquals(value, all.decode(one.encode(value), 0, one.schema()));
  }

  @Test
  void bytesBeforeTheOffsetAreNotLookedAt() throws DecodeException {
    var out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {0, 0, 0, 0, 9});
    EVERYTHING.encode(Samples.full(), out);
    assertEquals(Samples.full(), EVERYTHING.decode(out.toByteArray(), 5, EVERYTHING.schema()));
  }

  @Test
  void recordsOfTheReleaseBeforeAreReadWithDefaultsAndAliases() throws DecodeException {
    var old = RecordCodec.of(Samples.Old.Thing.class);
    var now = RecordCodec.of(Samples.New.Thing.class);
    byte[] bytes = old.encode(new Samples.Old.Thing("a", Samples.Old.Level.HIGH, List.of("x")));
    assertEquals(
        new Samples.New.Thing(
            "a", Samples.New.Level.HIGH, Optional.empty(), List.of(), Map.of(), 5, "none"),
        now.decode(bytes, 0, as(old.schema(), "New")));
  }

  @Test
  void aRenamedCaseIsReadThroughItsAlias() throws DecodeException {
    var old = RecordCodec.of(Samples.Old.Letter.class);
    var now = RecordCodec.of(Samples.New.Letter.class);
    byte[] bytes = old.encode(new Samples.Old.Letter(new Samples.Old.Gone("tired")));
    assertEquals(
        new Samples.New.Letter(new Samples.New.Left("tired")),
        now.decode(bytes, 0, as(old.schema(), "New")));
  }

  @Test
  void aCaseOfANewerReleaseIsIncompatibleAndNotMalformed() {
    var old = RecordCodec.of(Samples.Old.Letter.class);
    var now = RecordCodec.of(Samples.New.Letter.class);
    byte[] bytes = now.encode(new Samples.New.Letter(new Samples.New.Asked("why")));
    var failure =
        assertThrows(DecodeException.class, () -> old.decode(bytes, 0, as(now.schema(), "Old")));
    assertEquals(Fault.INCOMPATIBLE, failure.fault());
  }

  @Test
  void aConstantOfANewerReleaseIsIncompatibleWithoutADefault() throws DecodeException {
    var old = RecordCodec.of(Samples.Old.Thing.class);
    var now = RecordCodec.of(Samples.New.Thing.class);
    var thing =
        new Samples.New.Thing(
            "a", Samples.New.Level.HIGHEST, Optional.empty(), List.of(), Map.of(), 1, "");
    Schema written =
        new Schema.Parser()
            .parse(as(now.schema(), "Old").toString().replace("\"title\"", "\"name\""));
    var failure =
        assertThrows(DecodeException.class, () -> old.decode(now.encode(thing), 0, written));
    assertEquals(Fault.INCOMPATIBLE, failure.fault());
  }

  @Test
  void aValueThatItsRecordRefusesIsMalformed() {
    var codec = RecordCodec.of(Samples.Positive.class);
    var failure = assertThrows(DecodeException.class, () -> codec.decode(new byte[] {1}));
    assertEquals(Fault.MALFORMED, failure.fault());
    assertTrue(String.valueOf(failure.getMessage()).contains("negative: -1"));
  }

  @Test
  void noBytesMakeDecodingThrowAnythingElse() {
    byte[] good = EVERYTHING.encode(Samples.full());
    var random = new Random(7);
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = damaged(good, random);
      try {
        EVERYTHING.decode(bytes);
      } catch (DecodeException e) {
        refused++;
      }
    }
    assertTrue(refused > 10_000, "damage is noticed: " + refused);
  }

  @Test
  void bytesAfterTheRecordAreMalformed() {
    byte[] good = EVERYTHING.encode(Samples.bare());
    var failure =
        assertThrows(
            DecodeException.class, () -> EVERYTHING.decode(Arrays.copyOf(good, good.length + 1)));
    assertEquals(Fault.MALFORMED, failure.fault());
  }

  @Test
  void typesWithoutAnAvroFormAreRefusedWhenTheCodecIsMade() {
    assertThrows(IllegalArgumentException.class, () -> RecordCodec.of(Samples.Nested.class));
    assertThrows(IllegalArgumentException.class, () -> RecordCodec.of(Samples.Untyped.class));
  }

  private static byte[] damaged(byte[] good, Random random) {
    byte[] bytes = Arrays.copyOf(good, random.nextInt(good.length + 8));
    for (int i = random.nextInt(4); i >= 0 && bytes.length > 0; i--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
    }
    return bytes;
  }

  private static Samples.Everything named(Map<String, Samples.Name> names) {
    var b = Samples.bare();
    return new Samples.Everything(
        b.text(),
        b.flag(),
        b.number(),
        b.count(),
        b.ratio(),
        b.at(),
        b.colour(),
        b.name(),
        b.target(),
        b.targets(),
        names,
        b.lists(),
        b.until(),
        b.spare(),
        b.words());
  }

  /** The schema as the other release would have named it. */
  private static Schema as(Schema schema, String release) {
    String json = schema.toString().replaceAll("Samples\\.(Old|New)", "Samples." + release);
    return new Schema.Parser().parse(json);
  }
}
