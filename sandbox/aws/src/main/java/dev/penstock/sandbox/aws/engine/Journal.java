package dev.penstock.sandbox.aws.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.sandbox.aws.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One file, one line of JSON per call that changed something, on disk before the call is answered.
 * A torn last line (the process died while writing it) is a call that was never answered.
 */
final class Journal {
  private static final String FILE = "aws.journal";

  private final Path file;
  private final ObjectMapper mapper = Json.mapper();
  private @Nullable FileChannel channel;

  Journal(Path directory) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.file = directory.resolve(FILE);
  }

  /** Replays the file into the tables; false if there is none. */
  boolean load(Function<String, Table<?>> tables, Ids ids) {
    if (!Files.exists(file)) {
      return false;
    }
    try {
      var text = Files.readString(file, StandardCharsets.UTF_8);
      text.lines().forEach(line -> replay(line, text.endsWith(line), tables, ids));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return true;
  }

  private void replay(String line, boolean torn, Function<String, Table<?>> tables, Ids ids) {
    JsonNode turn;
    try {
      turn = mapper.readTree(line);
    } catch (JsonProcessingException e) {
      if (torn) {
        return;
      }
      throw new UncheckedIOException(e);
    }
    ids.resume(turn.path("ids").asLong());
    turn.path("changes")
        .forEach(change -> set(tables.apply(change.path("table").asText()), change));
  }

  private <V> void set(Table<V> table, JsonNode change) {
    var row = change.path("row");
    table.set(
        change.path("key").asText(), row.isNull() ? null : mapper.convertValue(row, table.type()));
  }

  /** Writes the whole state anew, beside the old file, and then takes its place. */
  void compact(Consumer<World.Visitor> state, Ids ids) {
    var fresh = file.resolveSibling(FILE + ".new");
    try (var out =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      state.accept((table, key, row) -> write(out, line(ids, List.of(change(table, key, row)))));
      out.force(true);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void append(List<Chronicle.Change> changes, Ids ids) {
    var out = channel;
    if (out == null) {
      throw new IllegalStateException("the journal is not open");
    }
    var nodes =
        changes.stream()
            .map(change -> change(change.table().name(), change.key(), change.after()))
            .toList();
    try {
      write(out, line(ids, nodes));
      out.force(false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ObjectNode change(String table, String key, @Nullable Object row) {
    var node = mapper.createObjectNode();
    node.put("table", table);
    node.put("key", key);
    node.set("row", row == null ? mapper.nullNode() : mapper.valueToTree(row));
    return node;
  }

  private String line(Ids ids, List<ObjectNode> changes) {
    var node = mapper.createObjectNode();
    node.put("ids", ids.made());
    node.putArray("changes").addAll(changes);
    return node + "\n";
  }

  private static void write(FileChannel out, String line) {
    try {
      var bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
