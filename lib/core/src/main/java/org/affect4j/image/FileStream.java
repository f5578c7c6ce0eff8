package org.affect4j.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * A file for a decoder, read a block at a time.
 *
 * <p>Ours, because those of others want a {@link java.io.File}, which loses names that are not in
 * the machine's character set.
 */
final class FileStream extends ImageInputStreamImpl {
  private static final int BLOCK_BYTES = 1 << 16;

  private final SeekableByteChannel channel;
  private final ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES).limit(0);

  /** Where the block begins in the file. */
  private long start;

  FileStream(Path file) throws IOException {
    channel = Files.newByteChannel(file);
  }

  private boolean fill() throws IOException {
    if (streamPos >= start && streamPos < start + block.limit()) {
      block.position((int) (streamPos - start));
      return true;
    }
    start = streamPos;
    channel.position(start);
    block.clear();
    int count = 0;
    while (block.hasRemaining() && count >= 0) {
      count = channel.read(block);
    }
    block.flip();
    return block.hasRemaining();
  }

  @Override
  public int read() throws IOException {
    checkClosed();
    bitOffset = 0;
    if (!fill()) {
      return -1;
    }
    streamPos++;
    return block.get() & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    checkClosed();
    bitOffset = 0;
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int count = Math.min(length, block.remaining());
    block.get(bytes, offset, count);
    streamPos += count;
    return count;
  }

  @Override
  public long length() {
    try {
      return channel.size();
    } catch (IOException e) {
      return -1;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
    super.close();
  }
}
