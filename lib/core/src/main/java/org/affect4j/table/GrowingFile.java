package org.affect4j.table;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * A file that grows by whole pieces, and can be taken up again after an interruption at any byte.
 *
 * <p>Before it is written to, the lock's file is told how long it is and will be. If it is found
 * with either length it is whole; if with one in between it is cut back.
 */
final class GrowingFile implements AutoCloseable {
  /** Will be the length, until a piece that comes bit by bit has ended. */
  private static final long UNKNOWN = Long.MAX_VALUE;

  private final Path path;
  private final OutputLock lock;
  private final WholeWrites writes = new WholeWrites();
  private FileChannel channel;
  private long size;
  private boolean begun;

  /** What is written into a file that takes the place of this one. */
  interface Content {
    void write(FileChannel out) throws IOException;
  }

  private GrowingFile(Path path, OutputLock lock, FileChannel channel) {
    this.path = path;
    this.lock = lock;
    this.channel = channel;
  }

  /**
   * Takes a file for one run, without changing it yet.
   *
   * @throws IOException if another run has it, or it cannot be written
   */
  static GrowingFile open(Path file) throws IOException {
    // Through links, so that a file has one lock and one record whatever it is called.
    Path path = InputName.real(file);
    OutputLock lock = OutputLock.of(path);
    try {
      return new GrowingFile(path, lock, channel(path));
    } catch (IOException e) {
      lock.close();
      throw e;
    }
  }

  private static FileChannel channel(Path file) throws IOException {
    return FileChannel.open(
        file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  Path path() {
    return path;
  }

  /** The bytes from the beginning; not closed, which would close the file. */
  InputStream bytes() throws IOException {
    return new BufferedInputStream(Channels.newInputStream(channel.position(0)), 1 << 16);
  }

  byte[] bytes(long start, long end) throws IOException {
    ByteBuffer there = ByteBuffer.allocate((int) (Math.min(end, channel.size()) - start));
    channel.read(there, start);
    return there.array();
  }

  /**
   * Cuts off a piece that was begun and not ended.
   *
   * @return whether all pieces are known to be whole; empty if nothing is known
   */
  Optional<Boolean> mend() throws IOException {
    Optional<OutputLock.Intent> left = lock.left();
    if (left.isPresent()) {
      long before = left.get().before();
      long after = left.get().after();
      if (before < channel.size() && channel.size() < after) {
        channel.truncate(before);
      }
    }
    Files.deleteIfExists(draft());
    long now = channel.size();
    return left.map(intent -> now == intent.before() || now == intent.after());
  }

  /** Cuts the file to what is whole. */
  void cut(long length) throws IOException {
    size = length;
    lock.intend(size, size);
    channel.truncate(size);
  }

  /** Appends a piece, or a part of the piece that was begun. */
  void append(byte[] piece) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(piece);
    writes.run(
        () -> {
          long end = size + piece.length;
          if (!begun) {
            lock.intend(size, end);
          }
          try {
            while (bytes.hasRemaining()) {
              channel.write(bytes, end - bytes.remaining());
            }
          } catch (IOException e) {
            undo(e);
            throw failure(path, e);
          }
          size = end;
        });
  }

  private void undo(IOException failure) {
    try {
      channel.truncate(size);
    } catch (IOException e) {
      // The next run does it, by the lock's file.
      failure.addSuppressed(e);
    }
  }

  static IOException failure(Path file, IOException cause) {
    return new IOException(
        "could not write to %s (%s); rows that were written stay: make space and run the same command again to go on"
            .formatted(file, cause.getMessage() == null ? cause : cause.getMessage()),
        cause);
  }

  /** Begins a piece that comes bit by bit: what is appended from now on is whole at its end. */
  void begin() throws IOException {
    writes.run(() -> lock.intend(size, UNKNOWN));
    begun = true;
  }

  /** Ends the piece that was begun. */
  void end() throws IOException {
    writes.run(() -> lock.intend(size, size));
    begun = false;
  }

  /** Puts another content into the place of this one, in one step. */
  void replace(Content content) throws IOException {
    Path draft = draft();
    long length;
    try (FileChannel out =
        FileChannel.open(
            draft,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      if (Files.getFileStore(path).supportsFileAttributeView("posix")) {
        Files.setPosixFilePermissions(draft, Files.getPosixFilePermissions(path));
      }
      content.write(out);
      length = out.size();
    } catch (IOException e) {
      Files.deleteIfExists(draft);
      throw failure(path, e);
    }
    writes.run(
        () -> {
          lock.intend(size, length);
          channel.close();
          Files.move(
              draft, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
          channel = channel(path);
          size = length;
          lock.intend(size, size);
        });
  }

  /** Copies a part of this file. */
  void copy(long from, long to, FileChannel out) throws IOException {
    for (long at = from; at < to; ) {
      at += channel.transferTo(at, to - at, out);
    }
  }

  long size() {
    return size;
  }

  private Path draft() {
    return path.resolveSibling(path.getFileName() + ".new");
  }

  /** Says that nothing is left to be told to a later run. */
  void settle() {
    lock.settle();
  }

  @Override
  public void close() throws IOException {
    writes.close();
    try (lock) {
      channel.close();
    }
  }
}
