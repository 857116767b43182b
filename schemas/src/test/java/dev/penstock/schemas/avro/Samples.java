package dev.penstock.schemas.avro;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Records of every form that the codec knows, in an older and a newer version. */
final class Samples {
  private Samples() {}

  enum Colour {
    RED,
    GREEN {
      @Override
      public String toString() {
        return "verde";
      }
    }
  }

  record Name(String value) {}

  sealed interface Target permits Address, Cloud {}

  record Address(String ip, int port) implements Target {}

  sealed interface Cloud extends Target permits Function, Nowhere {}

  record Function(Name name, Optional<String> version) implements Cloud {}

  record Nowhere() implements Cloud {}

  record Everything(
      String text,
      boolean flag,
      int number,
      long count,
      double ratio,
      Instant at,
      Colour colour,
      Name name,
      Target target,
      List<Target> targets,
      Map<String, Name> names,
      Map<String, List<Integer>> lists,
      Optional<Instant> until,
      Optional<Target> spare,
      Optional<List<String>> words) {}

  static Everything full() {
    return new Everything(
        "grüße \uD83D\uDE00",
        true,
        -7,
        1L << 40,
        0.25,
        Instant.parse("2026-11-22T10:15:30.123Z"),
        Colour.GREEN,
        new Name("web"),
        new Address("10.0.0.1", 80),
        List.of(new Nowhere(), new Function(new Name("f"), Optional.of("3"))),
        Map.of("b", new Name("2"), "a", new Name("1"), "c", new Name("3")),
        Map.of("x", List.of(1, 2, 3), "y", List.of()),
        Optional.of(Instant.EPOCH),
        Optional.of(new Function(new Name("g"), Optional.empty())),
        Optional.of(List.of("one")));
  }

  static Everything bare() {
    return new Everything(
        "",
        false,
        0,
        0,
        0,
        Instant.EPOCH,
        Colour.RED,
        new Name(""),
        new Nowhere(),
        List.of(),
        Map.of(),
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** What was released. */
  static final class Old {
    private Old() {}

    enum Level {
      LOW,
      HIGH
    }

    record Thing(String name, Level level, List<String> dropped) {}

    sealed interface Message permits Said, Gone {}

    record Said(String text) implements Message {}

    record Gone(String reason) implements Message {}

    record Letter(Message message) {}
  }

  /** What the next release made of it. */
  static final class New {
    private New() {}

    @Default("LOW")
    enum Level {
      LOW,
      HIGH,
      HIGHEST
    }

    record Thing(
        @Aliases("name") String title,
        Level level,
        Optional<String> note,
        List<Integer> numbers,
        Map<String, String> labels,
        @Default("5") int weight,
        @Default("\"none\"") String colour) {}

    sealed interface Message permits Said, Left, Asked {}

    record Said(String text) implements Message {}

    @Aliases("dev.penstock.schemas.avro.Samples.New.Gone")
    record Left(String reason) implements Message {}

    record Asked(String question) implements Message {}

    record Letter(Message message) {}
  }

  /** Refuses negative numbers. */
  record Positive(int value) {
    Positive {
      if (value < 0) {
        throw new IllegalArgumentException("negative: " + value);
      }
    }
  }

  record Nested(List<Nested> children) {}

  record Untyped(Object anything) {}
}
