package dev.penstock.schemas.key;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What is the number of a replacement, and what only looks like one. */
final class ResourceIdsTest {
  private record Case(String sentence, String id, String plain, int successor) {}

  private static final List<Case> CASES =
      List.of(
          new Case("the first one has no number", "LoadBalancer", "LoadBalancer", 0),
          new Case("the first replacement", "LoadBalancer@1", "LoadBalancer", 1),
          new Case("the last one that can be", "80@9999", "80", 9999),
          new Case("a longer number is none of ours", "80@10000", "80@10000", 0),
          new Case("no number is zero", "80@0", "80@0", 0),
          new Case("no number begins with zero", "80@01", "80@01", 0),
          new Case("a number is all digits", "web@home", "web@home", 0),
          new Case("a number stands at the end", "web@2:http", "web@2:http", 0),
          new Case("an id may hold the sign", "web@home@3", "web@home", 3),
          new Case("the last number counts", "web@2@3", "web@2", 3),
          new Case("nothing behind the sign", "web@", "web@", 0),
          new Case("no id at all", "", "", 0));

  @TestFactory
  Stream<DynamicTest> ids() {
    return CASES.stream()
        .map(it ->
            DynamicTest.dynamicTest(
                it.sentence(),
                () -> {
                  assertEquals(it.plain(), ResourceIds.plain(it.id()));
                  assertEquals(it.successor(), ResourceIds.successor(it.id()));
                  assertEquals(it.id(), ResourceIds.numbered(it.plain(), it.successor()));
                }));
  }
}
