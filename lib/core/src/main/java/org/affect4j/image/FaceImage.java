package org.affect4j.image;

import boofcv.abst.distort.FDistort;
import boofcv.alg.interpolate.InterpolationType;
import boofcv.struct.border.BorderType;
import java.awt.Dimension;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.affect4j.face.internal.Rendering;

/**
 * An upright photo or face crop: 8-bit sRGB in three separate bands. Immutable and safe to share
 * between threads.
 */
public final class FaceImage {
  /** The largest side that an image can have, in pixels. */
  public static final int MAXIMUM_SIDE = 1 << 20;

  private static final int BANDS = 3;

  /** EXIF orientations that turn clockwise by 0 to 3 quarters. */
  private static final int[] UPRIGHT_QUARTERS = {1, 6, 3, 8};

  /** EXIF orientations whose columns, or rows, are stored in the opposite order. */
  private static final Set<Integer> BACKWARD_COLUMNS = Set.of(2, 3, 7, 8);

  private static final Set<Integer> BACKWARD_ROWS = Set.of(3, 4, 6, 7);

  static {
    Rendering.begin();
  }

  private final int width;
  private final int height;
  private final byte[][] bands;
  private final Origin origin;

  private FaceImage(int width, int height, byte[][] bands, Origin origin) {
    this.width = width;
    this.height = height;
    this.bands = bands;
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

  /** An image to be filled, black. */
  private static FaceImage black(int width, int height, Origin origin) {
    requireSides(width, height);
    return new FaceImage(width, height, new byte[BANDS][width * height], origin);
  }

  private static void requireSides(int width, int height) {
    if (width < 1 || height < 1 || width > MAXIMUM_SIDE || height > MAXIMUM_SIDE) {
      throw new IllegalArgumentException(
          "an image has 1 to %d pixels a side, got %d x %d".formatted(MAXIMUM_SIDE, width, height));
    }
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
    if (grey < 0 || grey > 255) {
      throw new IllegalArgumentException("grey lies between 0 and 255, got " + grey);
    }
    FaceImage image = black(width, height, Origin.MEMORY);
    for (byte[] band : image.bands) {
      Arrays.fill(band, (byte) grey);
    }
    return image;
  }

  /**
   * Returns the width.
   *
   * @return pixels
   */
  public int width() {
    return width;
  }

  /**
   * Returns the height.
   *
   * @return pixels
   */
  public int height() {
    return height;
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
    return origin.width == 0 ? width : origin.width;
  }

  /**
   * Returns the height of the picture in the file, upright and at full size.
   *
   * @return pixels; this image's own height if it was made in memory
   */
  public int fileHeight() {
    return origin.height == 0 ? height : origin.height;
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
    if (x < 0 || y < 0 || x >= width || y >= height) {
      throw new IndexOutOfBoundsException(
          "pixel (%d, %d) lies outside the %d x %d image".formatted(x, y, width, height));
    }
    int i = y * width + x;
    return (bands[0][i] & 0xFF) << 16 | (bands[1][i] & 0xFF) << 8 | (bands[2][i] & 0xFF);
  }

  /**
   * Returns a copy for AWT, Swing, ImageIO and notebooks.
   *
   * @return image of type {@link BufferedImage#TYPE_3BYTE_BGR}
   */
  public BufferedImage toBufferedImage() {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    byte[] bgr = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    for (int i = 0, j = 0; j < bgr.length; i++, j += 3) {
      bgr[j] = bands[2][i];
      bgr[j + 1] = bands[1][i];
      bgr[j + 2] = bands[0][i];
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
    return Math.max(width, height) <= longSide ? this : scaledTo(longSide);
  }

  /**
   * Returns this image shrunk or enlarged so that its long side has a number of pixels.
   *
   * @param longSide pixels, positive
   * @return an image of the same shape, at least one pixel wide and high
   */
  public FaceImage scaledTo(int longSide) {
    double k = (double) longSide / Math.max(width, height);
    return resized(
        Math.max(1, (int) Math.round(width * k)), Math.max(1, (int) Math.round(height * k)));
  }

  /**
   * Returns this image in another size: area averages where it shrinks, bicubic where it grows.
   *
   * @param newWidth width in pixels
   * @param newHeight height in pixels
   * @return an image of exactly this size
   */
  public FaceImage resized(int newWidth, int newHeight) {
    if (newWidth == width && newHeight == height) {
      return this;
    }
    int downWidth = Math.min(newWidth, width);
    int downHeight = Math.min(newHeight, height);
    FaceImage source = this;
    if (downWidth < width || downHeight < height) {
      source = black(downWidth, downHeight, origin);
      for (int b = 0; b < BANDS; b++) {
        AreaAverage.shrink(bands[b], width, height, source.bands[b], downWidth, downHeight);
      }
    }
    if (newWidth == downWidth && newHeight == downHeight) {
      return source;
    }
    double kx = (double) newWidth / downWidth;
    double ky = (double) newHeight / downHeight;
    // Pixel centres are integers, so that edges, not centres, of first pixels coincide.
    return source.distorted(
        newWidth,
        newHeight,
        d ->
            d.affine(kx, 0, 0, ky, (kx - 1) / 2, (ky - 1) / 2)
                .interp(InterpolationType.BICUBIC)
                .border(BorderType.EXTENDED));
  }

  private FaceImage distorted(int newWidth, int newHeight, Consumer<FDistort> settings) {
    FaceImage result = black(newWidth, newHeight, origin);
    for (int b = 0; b < BANDS; b++) {
      FDistort distortion =
          new FDistort(
              AreaAverage.band(bands[b], width, height),
              AreaAverage.band(result.bands[b], newWidth, newHeight));
      settings.accept(distortion);
      distortion.apply();
    }
    return result;
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
    FaceImage result = plain(newWidth, newHeight, grey);
    int fromX = Math.max(0, x);
    int toX = Math.min(width, x + newWidth);
    for (int row = Math.max(0, y); row < Math.min(height, y + newHeight) && fromX < toX; row++) {
      for (int b = 0; b < BANDS; b++) {
        System.arraycopy(
            bands[b],
            row * width + fromX,
            result.bands[b],
            (row - y) * newWidth + fromX - x,
            toX - fromX);
      }
    }
    return result;
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
    double c = Math.cos(Math.toRadians(degrees));
    double s = Math.sin(Math.toRadians(degrees));
    int newWidth = (int) Math.ceil(width * Math.abs(c) + height * Math.abs(s));
    int newHeight = (int) Math.ceil(width * Math.abs(s) + height * Math.abs(c));
    double x = (width - 1) / 2.0;
    double y = (height - 1) / 2.0;
    double shiftX = (newWidth - 1) / 2.0 - (c * x - s * y);
    double shiftY = (newHeight - 1) / 2.0 - (s * x + c * y);
    return distorted(
        newWidth,
        newHeight,
        d -> d.affine(c, -s, s, c, shiftX, shiftY).interp(InterpolationType.BILINEAR).border(grey));
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
    return bands[band];
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
    for (byte[] band : List.of(red, green, blue)) {
      if (width < 1 || band.length != width * height) {
        throw new IllegalArgumentException(
            "a band of %d x %d pixels has as many values, got %d"
                .formatted(width, height, band.length));
      }
    }
    requireSides(width, height);
    return new FaceImage(width, height, new byte[][] {red, green, blue}, Origin.MEMORY);
  }

  FaceImage from(Origin file) {
    return new FaceImage(width, height, bands, file);
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
    boolean swapped = orientation >= 5;
    FaceImage result =
        swapped ? black(height, width, origin.swapped()) : black(width, height, origin);
    // Where a step to the right and one downward lead in the new image.
    int right = swapped ? height : 1;
    int down = swapped ? 1 : width;
    int start = 0;
    if (BACKWARD_COLUMNS.contains(orientation)) {
      start += (width - 1) * right;
      right = -right;
    }
    if (BACKWARD_ROWS.contains(orientation)) {
      start += (height - 1) * down;
      down = -down;
    }
    for (int b = 0; b < BANDS; b++) {
      for (int y = 0, i = 0; y < height; y++) {
        for (int x = 0, to = start + y * down; x < width; x++, i++, to += right) {
          result.bands[b][to] = bands[b][i];
        }
      }
    }
    return result;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FaceImage image
        && width == image.width
        && height == image.height
        && Arrays.deepEquals(bands, image.bands);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(bands[0]) + width;
  }

  @Override
  public String toString() {
    return "FaceImage " + width + " x " + height;
  }
}
