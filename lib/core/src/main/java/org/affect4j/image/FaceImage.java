package org.affect4j.image;

import java.awt.Dimension;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.affect4j.face.internal.Rendering;

/**
 * An upright photo or face crop: 8-bit sRGB in three separate bands. Immutable and safe to share
 * between threads.
 */
public final class FaceImage {
  /** The largest side that an image can have, in pixels. */
  public static final int MAXIMUM_SIDE = 1 << 20;

  /** EXIF orientations that turn clockwise by 0 to 3 quarters. */
  private static final int[] UPRIGHT_QUARTERS = {1, 6, 3, 8};

  static {
    Rendering.begin();
  }

  private final Planes planes;
  private final Origin origin;

  private FaceImage(Planes planes, Origin origin) {
    this.planes = planes;
    this.origin = origin;
  }

  /** How an image came out of its file. */
  record Origin(int width, int height, int subsampling, String damage, String note) {
    static final Origin MEMORY = new Origin(0, 0, 1, "", "");

    /** With the sides of a picture that lies on its side. */
    Origin swapped() {
      return new Origin(height, width, subsampling, damage, note);
    }
  }

  /**
   * Reads a JPEG, PNG, BMP, GIF (first frame on its canvas), WebP or TIFF (first page) file at full
   * size, turned upright by its EXIF orientation. The kind is told by the content, not by the name.
   *
   * <p>Embedded colour profiles are converted to sRGB; grey without a profile keeps its values;
   * alpha is laid over white as browsers print it; 16 bits become 8.
   *
   * @param file the image file
   * @return the image
   * @throws UnreadableImageException if the file holds no image that can be decoded
   * @throws IOException if the file cannot be read
   */
  public static FaceImage read(Path file) throws IOException {
    return read(file, DecodeOptions.fullSize());
  }

  /**
   * Reads a file with limits on size, turned upright by its EXIF orientation.
   *
   * @param file the image file
   * @param options limits
   * @return the image; {@link #subsampling()} tells whether pixels were left out
   * @throws UnreadableImageException if the file holds no image that can be decoded, or too large a
   *     one for the limits or for Java's heap
   * @throws IOException if the file cannot be read
   */
  public static FaceImage read(Path file, DecodeOptions options) throws IOException {
    return ImageDecoder.decode(file, options);
  }

  /**
   * Decodes an image from the bytes of a file.
   *
   * @param bytes the whole file
   * @param name what to call it in messages
   * @return the image
   * @throws UnreadableImageException if the bytes hold no image that can be decoded
   * @throws IOException if decoding fails otherwise
   */
  public static FaceImage decode(byte[] bytes, String name) throws IOException {
    return ImageDecoder.decode(bytes, name, DecodeOptions.fullSize());
  }

  /**
   * Copies an AWT image. Grey values without a profile are taken as they are (AWT itself would
   * brighten them), alpha is laid over white, 16 bits become 8.
   *
   * @param image any image
   * @return the copy
   */
  public static FaceImage of(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    ColourReader colours = ColourReader.of(image, Optional.empty());
    PictureBuilder builder = new PictureBuilder(width, height, 1);
    for (int y = 0; y < height; y++) {
      builder.put(0, y, width, colours.row(image.getRaster(), y));
    }
    return builder.finish();
  }

  /**
   * Returns a plain image of one grey.
   *
   * @param width width in pixels
   * @param height height in pixels
   * @param grey 0 (black) to 255 (white)
   * @return the image
   */
  public static FaceImage plain(int width, int height, int grey) {
    requireGrey(grey);
    return new FaceImage(Planes.plain(width, height, grey), Origin.MEMORY);
  }

  private static void requireGrey(int grey) {
    if (grey < 0 || grey > 255) {
      throw new IllegalArgumentException("grey lies between 0 and 255, got " + grey);
    }
  }

  /** {@return the width in pixels} */
  public int width() {
    return planes.width();
  }

  /** {@return the height in pixels} */
  public int height() {
    return planes.height();
  }

  /**
   * Returns how many pixels a side of the file's picture became one when it was decoded, by
   * averaging: a position p in this image is {@code p * f + (f - 1) / 2} in the file.
   *
   * @return 1 for full size
   */
  public int subsampling() {
    return origin.subsampling();
  }

  /**
   * Returns the width of the picture in the file, upright and at full size.
   *
   * @return pixels; this image's own width if it was made in memory
   */
  public int fileWidth() {
    return origin.width == 0 ? width() : origin.width;
  }

  /**
   * Returns the height of the picture in the file, upright and at full size.
   *
   * @return pixels; this image's own height if it was made in memory
   */
  public int fileHeight() {
    return origin.height == 0 ? height() : origin.height;
  }

  /**
   * Tells what the file of this image lacked: what could be decoded was, the rest is grey or white.
   *
   * @return such as {@code "the file ends early"}; empty for a whole file
   */
  public String damage() {
    return origin.damage();
  }

  /**
   * Tells what else the file holds.
   *
   * @return such as {@code "the first of 3 pages"}; empty if nothing
   */
  public String note() {
    return origin.note();
  }

  /**
   * Tells how much of Java's heap reading a file will take, by its header: the image itself (3
   * bytes for each of its pixels, 9 if it is averaged down, 6 if it is turned), and for decoding
   *
   * <table>
   * <caption>Bytes for each pixel of the file</caption>
   * <tr><th>JPEG, PNG, TIFF, row by row</th><td>0</td></tr>
   * <tr><th>BMP, GIF</th><td>those of its samples: 1 to 4</td></tr>
   * <tr><th>JPEG of four inks</th><td>4</td></tr>
   * <tr><th>WebP, lossless</th><td>8</td></tr>
   * <tr><th>WebP, lossy</th><td>32: 24 megapixels need a heap of 650 MB, and 950 MB to be fast</td></tr>
   * </table>
   *
   * <p>Measured by reading a picture of 6,000 x 4,000 pixels with {@code -Xmx} smaller and smaller.
   *
   * @param file the image file
   * @param options as for {@link #read(Path, DecodeOptions)}
   * @return bytes at most, the image included
   * @throws UnreadableImageException if the file holds no image that can be decoded
   * @throws IOException if the file cannot be read
   */
  public static long bytesToRead(Path file, DecodeOptions options) throws IOException {
    return ImageDecoder.bytesNeeded(file, options);
  }

  /**
   * Tells the size of a file's picture by its header.
   *
   * @param file the image file
   * @return width and height in pixels, as {@link #read(Path)} would have them
   * @throws UnreadableImageException if the file holds no image that can be decoded
   * @throws IOException if the file cannot be read
   */
  public static Dimension size(Path file) throws IOException {
    return ImageDecoder.size(file);
  }

  /**
   * Returns one pixel.
   *
   * @param x 0 to width - 1
   * @param y 0 to height - 1
   * @return {@code 0xRRGGBB}
   * @throws IndexOutOfBoundsException outside the image
   */
  public int rgb(int x, int y) {
    if (x < 0 || y < 0 || x >= width() || y >= height()) {
      throw new IndexOutOfBoundsException(
          "pixel (%d, %d) lies outside the %d x %d image".formatted(x, y, width(), height()));
    }
    int i = y * width() + x;
    return (band(0)[i] & 0xFF) << 16 | (band(1)[i] & 0xFF) << 8 | (band(2)[i] & 0xFF);
  }

  /**
   * Returns a copy for AWT, Swing, ImageIO and notebooks.
   *
   * @return image of type {@link BufferedImage#TYPE_3BYTE_BGR}
   */
  public BufferedImage toBufferedImage() {
    BufferedImage image = new BufferedImage(width(), height(), BufferedImage.TYPE_3BYTE_BGR);
    byte[] bgr = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    for (int i = 0, j = 0; j < bgr.length; i++, j += 3) {
      bgr[j] = band(2)[i];
      bgr[j + 1] = band(1)[i];
      bgr[j + 2] = band(0)[i];
    }
    return image;
  }

  /**
   * Returns this image shrunk so that its long side has at most a number of pixels; never enlarged.
   *
   * @param longSide pixels, positive
   * @return this image if it is small enough, otherwise a smaller one
   */
  public FaceImage shrunkTo(int longSide) {
    return Math.max(width(), height()) <= longSide ? this : scaledTo(longSide);
  }

  /**
   * Returns this image shrunk or enlarged so that its long side has a number of pixels.
   *
   * @param longSide pixels, positive
   * @return an image of the same shape, at least one pixel wide and high
   */
  public FaceImage scaledTo(int longSide) {
    double k = (double) longSide / Math.max(width(), height());
    return resized(
        Math.max(1, (int) Math.round(width() * k)), Math.max(1, (int) Math.round(height() * k)));
  }

  /**
   * Returns this image in another size: area averages where it shrinks, bicubic where it grows.
   *
   * @param newWidth width in pixels
   * @param newHeight height in pixels
   * @return an image of exactly this size
   */
  public FaceImage resized(int newWidth, int newHeight) {
    return newWidth == width() && newHeight == height()
        ? this
        : new FaceImage(planes.resized(newWidth, newHeight), origin);
  }

  /**
   * Returns a rectangle of this image; what lies outside the image is filled with grey.
   *
   * @param x left edge in pixels, may be negative
   * @param y top edge in pixels, may be negative
   * @param newWidth width in pixels
   * @param newHeight height in pixels
   * @param grey fill, 0 to 255
   * @return an image of exactly this size
   */
  public FaceImage cut(int x, int y, int newWidth, int newHeight, int grey) {
    requireGrey(grey);
    return new FaceImage(planes.cut(x, y, newWidth, newHeight, grey), Origin.MEMORY);
  }

  /**
   * Returns the mirror image.
   *
   * @return this image with left and right exchanged
   */
  public FaceImage mirrored() {
    return oriented(2);
  }

  /**
   * Returns this image turned about its centre, on a canvas that holds all of it.
   *
   * @param degrees angle, clockwise as the image is seen; any number
   * @param grey fill of what the image does not cover, 0 to 255
   * @return the turned image; the centre of the canvas is the centre of this image
   */
  public FaceImage turned(double degrees, int grey) {
    double quarters = degrees / 90;
    if (quarters == Math.rint(quarters)) {
      return oriented(UPRIGHT_QUARTERS[Math.floorMod((long) quarters, 4)]);
    }
    return new FaceImage(planes.turned(degrees, grey), origin);
  }

  /**
   * Writes this image's pixels as the input of a network.
   *
   * @param layout channel order, mean, scale and storage
   * @param tensor receives {@link PixelLayout#bytes} from its position on, which moves on; in
   *     native byte order
   * @throws java.nio.BufferOverflowException if too little space remains
   * @throws IllegalArgumentException if the layout does not go with the size of this image
   */
  public void writeTensor(PixelLayout layout, ByteBuffer tensor) {
    layout.write(this, tensor);
  }

  /** Band data for the samplers of this package: 0 red, 1 green, 2 blue; never to be changed. */
  byte[] band(int band) {
    return planes.bands()[band];
  }

  /**
   * Makes an image of its three bands, which are not copied and never to be changed afterwards.
   *
   * @param width pixels, 1 or more
   * @param height pixels, 1 or more
   * @param red values of each pixel, row by row from the top
   * @param green the same of green; for a grey image the same array as red
   * @param blue the same of blue
   * @return the image
   * @throws IllegalArgumentException if a band has not {@code width * height} values
   */
  public static FaceImage ofBands(int width, int height, byte[] red, byte[] green, byte[] blue) {
    return new FaceImage(new Planes(width, height, new byte[][] {red, green, blue}), Origin.MEMORY);
  }

  FaceImage from(Origin file) {
    return new FaceImage(planes, file);
  }

  /**
   * Turns an image as stored into an upright one; orientation 1 to 8 as in EXIF 2.3, tag 0x0112.
   */
  FaceImage oriented(int orientation) {
    if (orientation == 1) {
      return this;
    }
    if (orientation < 1 || orientation > 8) {
      throw new IllegalArgumentException("EXIF orientation is 1 to 8, got " + orientation);
    }
    return new FaceImage(
        planes.oriented(orientation), orientation >= 5 ? origin.swapped() : origin);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FaceImage image
        && width() == image.width()
        && height() == image.height()
        && Arrays.deepEquals(planes.bands(), image.planes.bands());
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(band(0)) + width();
  }

  @Override
  public String toString() {
    return "FaceImage " + width() + " x " + height();
  }
}
