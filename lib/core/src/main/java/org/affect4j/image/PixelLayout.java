package org.affect4j.image;

import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * How a network wants its pixels: {@code (value - mean) / scale} per channel, value in 0 to 255.
 *
 * @param order channel order of the tensor
 * @param mean0 mean of the tensor's first channel
 * @param mean1 mean of the tensor's second channel
 * @param mean2 mean of the tensor's third channel
 * @param scale divisor, positive
 * @param storage how the values lie in memory
 */
public record PixelLayout(
    Order order, float mean0, float mean1, float mean2, float scale, Storage storage) {
  /** Channel order. */
  public enum Order {
    /** Red, green, blue. */
    RGB,
    /** Blue, green, red. */
    BGR
  }

  /** How a network's input lies in memory. */
  public enum Storage {
    /** {@code [batch, 3, height, width]} of floats: the layout that networks are trained with. */
    FLOAT_PLANES,
    /**
     * {@code [batch, height / 2, width / 2, 12]} of bytes: the 2 x 2 pixels of a block one after
     * the other, row by row, each with its three channels as they are in the photo. Mean and scale
     * are part of such a network's first layer; height and width must be even.
     */
    BYTE_BLOCKS
  }

  /** RGB in -1 to 1: {@code value / 127.5 - 1}. */
  public static final PixelLayout SIGNED_RGB =
      new PixelLayout(Order.RGB, 127.5f, 127.5f, 127.5f, 127.5f, Storage.FLOAT_PLANES);

  /** Channels of a pixel. */
  static final int CHANNELS = 3;

  private static final int BLOCK_BYTES = 4 * CHANNELS;

  /** Checks the scale. */
  public PixelLayout {
    if (!(scale > 0)) {
      throw new IllegalArgumentException("the scale must be positive, got " + scale);
    }
  }

  /**
   * Returns the same values in another place.
   *
   * @param other how they lie in memory
   * @return changed copy
   */
  public PixelLayout with(Storage other) {
    return new PixelLayout(order, mean0, mean1, mean2, scale, other);
  }

  /**
   * Returns the shape of the tensor that holds a batch.
   *
   * @param batch number of images
   * @param height height of each in pixels
   * @param width width of each in pixels
   * @return lengths of the four dimensions
   * @throws IllegalArgumentException if blocks are wanted of an odd number of pixels
   */
  public long[] shape(int batch, int height, int width) {
    return switch (storage) {
      case FLOAT_PLANES -> new long[] {batch, CHANNELS, height, width};
      case BYTE_BLOCKS -> {
        if (height % 2 != 0 || width % 2 != 0) {
          throw new IllegalArgumentException(
              "blocks of 2 x 2 pixels need an even height and width, got %d x %d"
                  .formatted(width, height));
        }
        yield new long[] {batch, height / 2, width / 2, BLOCK_BYTES};
      }
    };
  }

  /**
   * Returns the size in memory of the tensor that holds a batch.
   *
   * @param batch number of images
   * @param height height of each in pixels
   * @param width width of each in pixels
   * @return bytes
   * @throws ArithmeticException if it is more than a buffer can hold
   */
  public int bytes(int batch, int height, int width) {
    int values =
        Math.multiplyExact(Math.multiplyExact(Math.multiplyExact(batch, CHANNELS), height), width);
    return storage == Storage.FLOAT_PLANES ? Math.multiplyExact(values, Float.BYTES) : values;
  }

  /**
   * Appends the mirror image of everything written so far.
   *
   * @param tensor tensor of this layout, written up to its position, in native byte order
   * @param width width of its images in pixels
   */
  public void appendMirrored(ByteBuffer tensor, int width) {
    ByteBuffer written = tensor.duplicate().order(ByteOrder.nativeOrder()).flip();
    boolean blocks = storage == Storage.BYTE_BLOCKS;
    int unit = blocks ? CHANNELS : Float.BYTES;
    int units = blocks ? 2 * width : width;
    byte[] row = new byte[units * unit];
    byte[] mirrored = new byte[row.length];
    while (written.hasRemaining()) {
      written.get(row);
      for (int from = 0; from < units; from++) {
        // Blocks change places, and so do the two pixels of each of their rows, but not the rows.
        int to = units - 1 - from ^ (blocks ? 2 : 0);
        System.arraycopy(row, from * unit, mirrored, to * unit, unit);
      }
      tensor.put(mirrored);
    }
  }

  /** Writes an image; too little space is told before anything is written. */
  void write(FaceImage image, ByteBuffer tensor) {
    shape(1, image.height(), image.width());
    int bytes = bytes(1, image.height(), image.width());
    if (tensor.remaining() < bytes) {
      throw new BufferOverflowException();
    }
    switch (storage) {
      case FLOAT_PLANES -> {
        writePlanes(image, tensor.asFloatBuffer());
        tensor.position(tensor.position() + bytes);
      }
      case BYTE_BLOCKS -> writeBlocks(image, tensor);
    }
  }

  private void writePlanes(FaceImage image, FloatBuffer tensor) {
    float[] row = new float[image.width()];
    float[] table = new float[256];
    for (int channel = 0; channel < CHANNELS; channel++) {
      for (int v = 0; v < table.length; v++) {
        table[v] = normalised(v, channel);
      }
      byte[] data = image.band(band(channel));
      for (int i = 0; i < data.length; ) {
        for (int x = 0; x < row.length; x++, i++) {
          row[x] = table[data[i] & 0xFF];
        }
        tensor.put(row);
      }
    }
  }

  private void writeBlocks(FaceImage image, ByteBuffer tensor) {
    byte[][] bands = {image.band(band(0)), image.band(band(1)), image.band(band(2))};
    byte[] row = new byte[2 * CHANNELS * image.width()];
    for (int y = 0; y < image.height(); y += 2) {
      for (int channel = 0; channel < CHANNELS; channel++) {
        byte[] data = bands[channel];
        int above = y * image.width();
        int below = above + image.width();
        for (int to = channel; to < row.length; to += BLOCK_BYTES, above += 2, below += 2) {
          row[to] = data[above];
          row[to + CHANNELS] = data[above + 1];
          row[to + 2 * CHANNELS] = data[below];
          row[to + 3 * CHANNELS] = data[below + 1];
        }
      }
      tensor.put(row);
    }
  }

  /** A value of 0 to 255 as the network wants it. */
  float normalised(float value, int channel) {
    float mean = channel == 0 ? mean0 : channel == 1 ? mean1 : mean2;
    return (value - mean) / scale;
  }

  /** Index of the image's band (0 red, 1 green, 2 blue) that fills a channel of the tensor. */
  int band(int channel) {
    return order == Order.RGB ? channel : 2 - channel;
  }
}
