package dev.penstock.sandbox.kubernetes.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * The store on disk: a snapshot, replaced by rename, and a journal of the changes since. What was
 * flushed survives a kill -9; a torn last line is cut off. A power cut may cost the changes since
 * the last snapshot, never the snapshot.
 */
public final class Journal implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int CHANGES_PER_SNAPSHOT = ObjectStore.DEFAULT_LOG_LIMIT;

  private final Path directory;
  private final ObjectStore store;
  private final List<StoreChange> pending = new ArrayList<>();
  private FileChannel channel;
  private int changes;
  private long generation;

  private Journal(Path directory) throws IOException {
    this.directory = directory;
    this.store = new ObjectStore(ObjectStore.DEFAULT_LOG_LIMIT, pending::add);
    Files.createDirectories(directory);
    readSnapshot();
    this.channel =
        FileChannel.open(
            journalFile(),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    replay();
  }

  /** Opens the state saved in a directory, or an empty one. */
  public static Journal open(Path directory) throws IOException {
    return new Journal(directory);
  }

  /** The restored store. Its changes reach the disk with the next {@link #flush}. */
  public ObjectStore store() {
    return store;
  }

  /** Hands every change made so far to the operating system. */
  public void flush() {
    boolean cleared = generation != store.generation();
    if (pending.isEmpty() && !cleared) {
      return;
    }
    var lines = new StringBuilder();
    pending.forEach(change -> lines.append(line(change)).append('\n'));
    changes += pending.size();
    pending.clear();
    try {
      if (cleared || changes >= CHANGES_PER_SNAPSHOT) {
        generation = store.generation();
        snapshot();
      } else {
        write(channel, lines);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    flush();
    channel.close();
  }

  private void snapshot() throws IOException {
    var fresh = directory.resolve("snapshot.new");
    try (var out =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      var lines = new StringBuilder(Long.toString(store.revision())).append('\n');
      for (var resource : store.resources()) {
        for (var stored : store.entries(resource).entrySet()) {
          var entry = entry(0, stored.getKey());
          entry.set("o", stored.getValue());
          lines.append(entry).append('\n');
        }
        write(out, lines);
        lines.setLength(0);
      }
      write(out, lines);
      out.force(true);
    }
    Files.move(
        fresh,
        directory.resolve("snapshot"),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    channel.truncate(0);
    changes = 0;
  }

  private void readSnapshot() throws IOException {
    var file = directory.resolve("snapshot");
    if (!Files.exists(file)) {
      return;
    }
    try (var lines = Files.newBufferedReader(file)) {
      long revision = Long.parseLong(lines.readLine());
      var objects = new TreeMap<StoreKey, ObjectNode>();
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        var entry = (ObjectNode) JSON.readTree(line);
        objects.put(key(entry), (ObjectNode) entry.get("o"));
      }
      store.restore(revision, objects);
    }
  }

  private void replay() throws IOException {
    long good = 0;
    var bytes = Files.readAllBytes(journalFile());
    for (int start = 0, end; (end = indexOf(bytes, start)) >= 0; start = end + 1) {
      var line = new String(bytes, start, end - start, StandardCharsets.UTF_8);
      ObjectNode entry;
      try {
        entry = (ObjectNode) JSON.readTree(line);
      } catch (JsonProcessingException _) {
        break; // torn by a crash of the machine: what follows was never acknowledged as durable
      }
      if (entry.get("r").asLong() > store.revision()) {
        store.replay(entry.get("r").asLong(), key(entry), (ObjectNode) entry.get("o"));
        changes++;
      }
      good = end + 1L;
    }
    channel.truncate(good);
    channel.position(good);
  }

  private Path journalFile() {
    return directory.resolve("journal");
  }

  private static int indexOf(byte[] bytes, int from) {
    for (int i = from; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private static String line(StoreChange change) {
    var entry = entry(change.revision(), change.key());
    return switch (change) {
      case StoreChange.Added added -> entry.set("o", added.object()).toString();
      case StoreChange.Modified modified -> entry.set("o", modified.object()).toString();
      case StoreChange.Deleted _ -> entry.toString();
    };
  }

  private static ObjectNode entry(long revision, StoreKey key) {
    var entry = JSON.createObjectNode().put("r", revision);
    entry.putArray("k").add(key.resource()).add(key.namespace()).add(key.name());
    return entry;
  }

  private static StoreKey key(ObjectNode entry) {
    var key = entry.get("k");
    return new StoreKey(key.get(0).asText(), key.get(1).asText(), key.get(2).asText());
  }

  private static void write(FileChannel out, CharSequence text) throws IOException {
    var bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      out.write(bytes);
    }
  }
}
