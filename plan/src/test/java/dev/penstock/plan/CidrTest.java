package dev.penstock.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

final class CidrTest {
  @TestFactory
  Stream<DynamicTest> blocksAreReadStrictlyAndShownAsStored() {
    return Cases.of("/plan/cidrs.yaml", CidrTest::check);
  }

  private static void check(JsonNode row) {
    var text = row.get("text").asText();
    var stored = Optional.ofNullable(row.get("stored")).map(JsonNode::asText);
    assertEquals(stored, Cidr.parse(text).map(Cidr::toString));
    assertEquals(stored.orElse(text), Cidr.canonical(text));
    assertEquals(row.get("block").asBoolean(), Cidr.isBlock(text));
  }
}
