package org.affect4j.explore;

import java.nio.ByteBuffer;
import org.affect4j.image.FaceImage;
import org.affect4j.image.Luma;
import org.apache.commons.codec.digest.DigestUtils;

/** Fingerprints of images, by which the same picture is found again. */
final class ImageHash {
  private static final int SIDE = 8;

  private ImageHash() {}

  /**
   * Returns a fingerprint that two images share only if they have the same size and pixels.
   *
   * @param image any image
   * @return SHA-256 of size and pixels in lower-case hexadecimal
   */
  static String pixels(FaceImage image) {
    ByteBuffer bytes = ByteBuffer.allocate(8 + 3 * image.width() * image.height());
    bytes.putInt(image.width()).putInt(image.height());
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        int rgb = image.rgb(x, y);
        bytes.put((byte) (rgb >> 16)).put((byte) (rgb >> 8)).put((byte) rgb);
      }
    }
    return DigestUtils.sha256Hex(bytes.array());
  }

  /**
   * Returns the difference hash (dHash, Krawetz 2013): the image is shrunk to 9 x 8 grey pixels,
   * and each of 64 bits tells whether a pixel is brighter than its right neighbour. It hardly
   * changes with size, compression or brightness.
   *
   * @param image any image
   * @return 64 bits, row by row from the highest; 0 for an image without any structure
   */
  static long difference(FaceImage image) {
    FaceImage small = image.resized(SIDE + 1, SIDE);
    long hash = 0;
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        hash = hash << 1 | (grey(small.rgb(x, y)) > grey(small.rgb(x + 1, y)) ? 1 : 0);
      }
    }
    return hash;
  }

  private static int grey(int rgb) {
    return Luma.thousandths(rgb >> 16 & 0xFF, rgb >> 8 & 0xFF, rgb & 0xFF);
  }

  /**
   * Returns in how many bits two difference hashes differ.
   *
   * @param one a hash
   * @param other a hash
   * @return 0 (alike) to 64; below about 5 the pictures are usually the same
   */
  static int distance(long one, long other) {
    return Long.bitCount(one ^ other);
  }
}
