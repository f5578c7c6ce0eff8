package org.affect4j.chart;

import de.erichseifert.vectorgraphics2d.Document;
import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.svg.SVGProcessor;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import javax.imageio.ImageIO;
import org.affect4j.face.internal.Rendering;
import org.affect4j.image.FaceImage;

/**
 * A finished picture: pixels on demand, vectors on demand, and the same content in words.
 *
 * <p>Immutable and safe to share between threads; it is drawn anew each time it is asked for.
 */
public final class Picture {
  private static final int MAXIMUM_SIDE = 20_000;

  /** Pixels a side of what is shown as one, so that charts are sharp on all screens. */
  private static final int SHARP = 2;

  /** Charts that are larger are drawn with a pixel for each that is shown. */
  private static final int LARGEST_SHARP = 4000;

  private static final int MOST_COLOURS = 256;

  /** Shades, of 255, that are taken for one where there are too many colours. */
  private static final int SHADES = 6;

  static {
    Rendering.begin();
  }

  private final int width;
  private final int height;
  private final int density;
  private final boolean indexed;
  private final String description;
  private final Consumer<Graphics2D> painter;

  /** A picture of pixels, such as photos. */
  Picture(int width, int height, String description, Consumer<Graphics2D> painter) {
    this(width, height, 1, false, description, painter);
  }

  private Picture(
      int width,
      int height,
      int density,
      boolean indexed,
      String description,
      Consumer<Graphics2D> painter) {
    if (width < 1 || height < 1 || width > MAXIMUM_SIDE || height > MAXIMUM_SIDE) {
      throw new IllegalArgumentException(
          "a picture has 1 to %,d pixels a side, got %,d x %,d; draw fewer rows or columns"
              .formatted(MAXIMUM_SIDE, width, height));
    }
    this.width = width;
    this.height = height;
    this.density = density;
    this.indexed = indexed;
    this.description = Objects.requireNonNull(description, "description");
    this.painter = Objects.requireNonNull(painter, "painter");
  }

  /** A picture of lines and texts, which has more pixels than are shown. */
  static Picture drawn(int width, int height, String description, Consumer<Graphics2D> painter) {
    int density = Math.max(width, height) > LARGEST_SHARP ? 1 : SHARP;
    return new Picture(width, height, density, density > 1, description, painter);
  }

  /** The same with photos in it, whose colours are all kept. */
  static Picture drawnWithPhotos(
      int width, int height, String description, Consumer<Graphics2D> painter) {
    return new Picture(width, height, SHARP, false, description, painter);
  }

  /**
   * Makes a picture of a photo or crop, pixel by pixel.
   *
   * @param image the image
   * @return its picture
   */
  public static Picture of(FaceImage image) {
    return new Picture(
        image.width(),
        image.height(),
        "Photo, %d x %d pixels".formatted(image.width(), image.height()),
        g -> g.drawImage(image.toBufferedImage(), 0, 0, null));
  }

  /**
   * Makes a picture of an AWT image.
   *
   * @param image the image; copied, alpha is laid over white
   * @param description the content in words, for readers who cannot see it
   * @return its picture
   */
  public static Picture of(BufferedImage image, String description) {
    int width = image.getWidth();
    int height = image.getHeight();
    BufferedImage copy =
        new Picture(width, height, description, g -> g.drawImage(image, 0, 0, null)).toImage();
    return new Picture(width, height, description, g -> g.drawImage(copy, 0, 0, null));
  }

  /**
   * Returns the width.
   *
   * @return pixels
   */
  public int width() {
    return width * density;
  }

  /**
   * Returns the height.
   *
   * @return pixels
   */
  public int height() {
    return height * density;
  }

  /**
   * Returns how wide the picture is shown: charts have twice as many pixels, so that they are sharp
   * on all screens; photos have as many.
   *
   * @return pixels of the page (CSS)
   */
  public int displayWidth() {
    return width;
  }

  /**
   * Returns how high the picture is shown.
   *
   * @return pixels of the page (CSS)
   */
  public int displayHeight() {
    return height;
  }

  /**
   * Returns the content in words: the text alternative for readers who cannot see the picture.
   *
   * @return one line
   */
  public String description() {
    return description;
  }

  /**
   * Draws the picture into pixels.
   *
   * @return a new opaque image of type {@link BufferedImage#TYPE_INT_RGB}
   */
  public BufferedImage toImage() {
    BufferedImage image = new BufferedImage(width(), height(), BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    try {
      g.setColor(Color.WHITE);
      g.fillRect(0, 0, width(), height());
      g.scale(density, density);
      g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      g.setRenderingHint(
          RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
      // Without it texts are drawn wider than they are measured.
      g.setRenderingHint(
          RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
      g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
      painter.accept(g);
    } finally {
      g.dispose();
    }
    return image;
  }

  /**
   * Encodes the picture as PNG.
   *
   * @return the bytes of a PNG file
   */
  public byte[] png() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      BufferedImage image = indexed ? indexed(toImage()) : toImage();
      if (!ImageIO.write(image, "png", bytes)) {
        throw new IllegalStateException("this JDK has no PNG encoder");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("encoding a PNG in memory failed", e);
    }
    return bytes.toByteArray();
  }

  /**
   * The same picture in 256 of its colours, the most frequent ones that differ; others become the
   * nearest of them. A chart has few, and shades of the edges of letters, which need not be exact.
   * Its PNG is then less than half as large.
   */
  static BufferedImage indexed(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    int[] pixels = image.getRGB(0, 0, width, height, null, 0, width);
    Map<Integer, Integer> counts = new HashMap<>();
    for (int pixel : pixels) {
      counts.merge(pixel, 1, Integer::sum);
    }
    List<Integer> frequent =
        counts.entrySet().stream()
            .sorted(
                Map.Entry.<Integer, Integer>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .map(Map.Entry::getKey)
            .toList();
    Set<Integer> chosen = new LinkedHashSet<>();
    // First what differs, so that no shade of a colour scale is lost to many of another.
    for (int apart : new int[] {SHADES, 0}) {
      for (int colour : frequent) {
        if (chosen.size() < MOST_COLOURS
            && chosen.stream().allMatch(c -> differ(c, colour, apart))) {
          chosen.add(colour);
        }
      }
    }
    int[] palette = chosen.stream().mapToInt(c -> c).toArray();
    IndexColorModel model = new IndexColorModel(8, palette.length, palette, 0, false, -1, 0);
    BufferedImage indexed =
        new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED, model);
    indexed.setRGB(0, 0, width, height, pixels, 0, width);
    return indexed;
  }

  private static boolean differ(int a, int b, int apart) {
    return Math.abs((a >> 16 & 0xFF) - (b >> 16 & 0xFF)) > apart
        || Math.abs((a >> 8 & 0xFF) - (b >> 8 & 0xFF)) > apart
        || Math.abs((a & 0xFF) - (b & 0xFF)) > apart;
  }

  /**
   * Encodes the picture as SVG. Charts consist of vectors and text; photos are embedded as pixels.
   *
   * @return one {@code <svg>} element without XML declaration or document type, so that it can be
   *     placed in a page as it is
   */
  public String svg() {
    VectorGraphics2D vectors = new VectorGraphics2D();
    // Without a background the picture would be unreadable on dark pages.
    vectors.setColor(Color.WHITE);
    vectors.fillRect(0, 0, width, height);
    painter.accept(vectors);
    Document document =
        new SVGProcessor().getDocument(vectors.getCommands(), new PageSize(width, height));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      document.writeTo(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("encoding an SVG in memory failed", e);
    }
    String text = bytes.toString(StandardCharsets.UTF_8);
    // The font that was measured may be missing where the picture is seen.
    return text.substring(text.indexOf("<svg"))
        .replaceAll("font-family:(&quot;[^;]*&quot;);", "font-family:$1,sans-serif;")
        .strip();
  }

  /**
   * Writes the picture to a file; an existing file is replaced.
   *
   * @param file ends with {@code .png} or {@code .svg}, which chooses the format
   * @return the file
   * @throws IllegalArgumentException if the name has another ending
   * @throws IOException if the folder does not exist or the file cannot be written
   */
  public Path save(Path file) throws IOException {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    boolean png = name.endsWith(".png");
    if (!png && !name.endsWith(".svg")) {
      throw new IllegalArgumentException(
          "a picture is saved as .png or .svg, but the file is called '" + file + "'");
    }
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      throw new NoSuchFileException(file.toString(), null, "there is no folder " + folder);
    }
    if (Files.isDirectory(file)) {
      throw new IOException("cannot write the picture: " + file + " is a folder");
    }
    byte[] bytes = png ? png() : svg().getBytes(StandardCharsets.UTF_8);
    try {
      Files.write(file, bytes);
    } catch (AccessDeniedException e) {
      AccessDeniedException clear =
          new AccessDeniedException(file.toString(), null, "no permission to write the picture");
      clear.initCause(e);
      throw clear;
    }
    return file;
  }

  @Override
  public String toString() {
    return "%s (%d x %d pixels)".formatted(description, width(), height());
  }
}
