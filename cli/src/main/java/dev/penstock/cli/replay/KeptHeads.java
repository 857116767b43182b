package dev.penstock.cli.replay;

import dev.penstock.cli.CommandFailed;
import dev.penstock.cli.ExitCode;
import dev.penstock.schemas.key.Scope;
import dev.penstock.streams.replay.ChainReport;
import dev.penstock.streams.replay.KnownHead;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Heads of audit chains that somebody keeps elsewhere: a file with a line for each scope, {@code
 * scope record hash}, or one hash.
 */
final class KeptHeads {
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

  private KeptHeads() {}

  static void write(Path file, List<ChainReport> chains) throws CommandFailed, IOException {
    if (chains.stream().allMatch(chain -> chain.records() == 0)) {
      throw new CommandFailed(
          ExitCode.FAILED, "--keep-head: no audit record is kept, so there is no head to keep");
    }
    var lines =
        chains.stream()
            .filter(chain -> chain.records() > 0)
            .map(chain -> "%s %d %s%n".formatted(chain.scope(), chain.lastSeq(), chain.head()))
            .collect(Collectors.joining());
    Files.writeString(file, lines);
  }

  /** A hash alone is that of the one selected scope. */
  static List<KnownHead> read(String fileOrHash, SortedSet<Scope> scopes)
      throws CommandFailed, IOException {
    if (HASH.matcher(fileOrHash).matches()) {
      if (scopes.size() != 1) {
        throw new CommandFailed(ExitCode.USAGE, "--head with a hash needs its --scope");
      }
      return List.of(
          new KnownHead(scopes.getFirst(), OptionalLong.empty(), fileOrHash, "the command line"));
    }
    var file = Path.of(fileOrHash);
    if (!Files.isRegularFile(file)) {
      throw new CommandFailed(
          ExitCode.USAGE, "--head is a hash of 64 hexadecimal digits, or a file: " + fileOrHash);
    }
    var heads = new ArrayList<KnownHead>();
    for (var line : Files.readAllLines(file)) {
      heads.add(head(file, line));
    }
    var named = heads.stream().map(KnownHead::scope).toList();
    if (named.isEmpty() || !named.containsAll(scopes)) {
      throw new CommandFailed(
          ExitCode.CONFIGURATION,
          "%s names no head%s; there are heads of %s"
              .formatted(file, scopes.isEmpty() ? "" : " for each of " + scopes, named));
    }
    return heads.stream()
        .filter(head -> scopes.isEmpty() || scopes.contains(head.scope()))
        .toList();
  }

  private static KnownHead head(Path file, String line) throws CommandFailed {
    var words = line.strip().split("\\s+");
    try {
      if (words.length == 3 && HASH.matcher(words[2]).matches()) {
        return new KnownHead(
            Scope.parse(words[0]),
            OptionalLong.of(Long.parseLong(words[1])),
            words[2],
            file.toString());
      }
    } catch (IllegalArgumentException _) {
      // Told below, as any other line that is none.
    }
    throw new CommandFailed(
        ExitCode.CONFIGURATION, file + ": a line is SCOPE RECORD HASH, not: " + line);
  }
}
