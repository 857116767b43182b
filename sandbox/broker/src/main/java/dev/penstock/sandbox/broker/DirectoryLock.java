package dev.penstock.sandbox.broker;

import dev.penstock.sandbox.broker.StartFailed.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps a directory for one process. The operating system releases it with the process, so that a
 * kill -9 leaves nothing to clean.
 */
public final class DirectoryLock implements AutoCloseable {
  private final FileChannel channel;

  private DirectoryLock(FileChannel channel) {
    this.channel = channel;
  }

  public static DirectoryLock of(Path directory) throws StartFailed {
    try {
      Files.createDirectories(directory);
      var channel =
          FileChannel.open(
              directory.resolve("penstock.lock"),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE);
      if (locked(channel)) {
        return new DirectoryLock(channel);
      }
      channel.close();
    } catch (IOException e) {
      throw new StartFailed(
          Fault.DIRECTORY_UNUSABLE, "cannot write in " + directory + ": " + e.getMessage(), e);
    }
    throw new StartFailed(
        Fault.DIRECTORY_IN_USE,
        "another process runs on "
            + directory.toAbsolutePath()
            + ": stop it, or choose another directory");
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
