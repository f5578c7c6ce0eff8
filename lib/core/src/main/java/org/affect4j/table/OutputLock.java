package org.affect4j.table;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps a second run out of a file, and remembers what the run that holds it is about to write.
 *
 * <p>The operating system gives the lock back when its process dies. The file beside the output
 * that carries it is removed at the end of a run, and stays after a killed one: by what it says,
 * the next run tells whole rows from torn ones.
 */
final class OutputLock implements AutoCloseable {
  /**
   * What this process holds. POSIX takes all locks on a file from a process that closes any of its
   * channels to it, so that a second try within the process must not open the file.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private static final int NUMBER = 20;
  private static final int TRIES = 100;

  /**
   * What was to happen to the output.
   *
   * @param before its length before, in bytes: every row up to there is whole
   * @param after its length after
   */
  record Intent(long before, long after) {}

  private final Path path;
  private final FileChannel channel;
  private boolean settled;

  private OutputLock(Path path, FileChannel channel) throws IOException {
    this.path = path;
    this.channel = channel;
    this.settled = left().isEmpty();
  }

  /**
   * Takes the lock of an output.
   *
   * @throws IOException if another run has it, or it cannot be had
   */
  static OutputLock of(Path output) throws IOException {
    Path path = output.resolveSibling(output.getFileName() + ".lock");
    IOException busy =
        new IOException(
            "another run is writing to %s; wait for its end, or name another output"
                .formatted(output));
    if (!HELD.add(path)) {
      throw busy;
    }
    try {
      return new OutputLock(path, take(path, busy));
    } catch (IOException | RuntimeException e) {
      HELD.remove(path);
      throw e;
    }
  }

  private static FileChannel take(Path path, IOException busy) throws IOException {
    for (int i = 0; i < TRIES; i++) {
      Optional<Object> before = key(path);
      FileChannel channel =
          FileChannel.open(
              path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      try {
        if (tryLock(channel, path) == null) {
          throw busy;
        }
        // Another run may have removed the file, or made a new one, since it was opened.
        if (before.isPresent() && before.equals(key(path))) {
          return channel;
        }
        channel.close();
      } catch (IOException | OverlappingFileLockException e) {
        channel.close();
        throw e instanceof IOException failure ? failure : busy;
      }
    }
    throw busy;
  }

  private static FileLock tryLock(FileChannel channel, Path path) throws IOException {
    try {
      return channel.tryLock();
    } catch (IOException e) {
      throw new IOException(
          "%s cannot be locked (%s): name an output on another disk"
              .formatted(path, e.getMessage()),
          e);
    }
  }

  /** Tells a file from another one of the same name; always the same where the system cannot. */
  private static Optional<Object> key(Path path) throws IOException {
    try {
      Object key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
      return Optional.of(key == null ? path : key);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Remembers what is about to happen to the output. */
  void intend(long before, long after) throws IOException {
    settled = false;
    // In one write, which a killed process finishes or does not begin.
    String text = "%020d %020d\n".formatted(before, after);
    channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), 0);
  }

  /** What a run that was killed was about to do; empty if none was. */
  Optional<Intent> left() throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(2 * NUMBER + 2);
    channel.read(bytes, 0);
    String text = new String(bytes.array(), StandardCharsets.US_ASCII);
    return text.matches("\\d{20} \\d{20}\n")
        ? Optional.of(
            new Intent(
                Long.parseLong(text.substring(0, NUMBER)),
                Long.parseLong(text.substring(NUMBER + 1, 2 * NUMBER + 1))))
        : Optional.empty();
  }

  /** Says that nothing is left to be told to a later run. */
  void settle() {
    settled = true;
  }

  /** Gives the lock back, and removes its file if nothing is left to be told. */
  @Override
  public void close() throws IOException {
    try (channel) {
      if (settled) {
        Files.deleteIfExists(path);
      }
    } finally {
      HELD.remove(path);
    }
  }
}
