package org.affect4j.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

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
    switch (storage) {
      case FLOAT_PLANES -> {
        float[] row = new float[width];
        while (written.hasRemaining()) {
          for (int x = width - 1; x >= 0; x--) {
            row[x] = written.getFloat();
          }
          for (float value : row) {
            tensor.putFloat(value);
          }
        }
      }
      case BYTE_BLOCKS -> {
        byte[] row = new byte[width / 2 * BLOCK_BYTES];
        byte[] mirrored = new byte[row.length];
        while (written.hasRemaining()) {
          written.get(row);
          for (int from = 0; from < row.length; from += CHANNELS) {
            int pixel = from / CHANNELS;
            // The two pixels of a block's row change places, and so do the blocks.
            int block = row.length / BLOCK_BYTES - 1 - pixel / 4;
            int to = block * BLOCK_BYTES + (pixel % 4 ^ 1) * CHANNELS;
            System.arraycopy(row, from, mirrored, to, CHANNELS);
          }
          tensor.put(mirrored);
        }
      }
    }
  }

  float mean(int channel) {
    return switch (channel) {
      case 0 -> mean0;
      case 1 -> mean1;
      default -> mean2;
    };
  }

  /** Index of the image's band (0 red, 1 green, 2 blue) that fills a channel of the tensor. */
  int band(int channel) {
    return order == Order.RGB ? channel : 2 - channel;
  }
}
