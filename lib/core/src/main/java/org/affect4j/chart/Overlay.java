package org.affect4j.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.affect4j.face.Behaviour;
import org.affect4j.face.Detection;
import org.affect4j.face.Face;
import org.affect4j.face.Landmarks68;
import org.affect4j.face.PixelBox;
import org.affect4j.face.Point;
import org.affect4j.image.FaceImage;
import org.affect4j.table.FaceColumns;
import org.affect4j.table.FaceTable;

/**
 * Boxes, points, labels and heat drawn on a photo.
 *
 * <p>The static factories draw the usual pictures. For others start with {@link #on(FaceImage)} and
 * add layers, the first at the bottom:
 *
 * <pre>{@code
 * Overlay.on(photo)
 *     .thinBoxes(priors, Palette.GREY)
 *     .boxes(kept, List.of(), Palette.GREEN)
 *     .picture();
 * }</pre>
 *
 * <p>Coordinates are pixels of the photo. Photos with a side over 900 pixels are drawn smaller,
 * those below 300 larger. Immutable: each layer gives a new overlay.
 */
public final class Overlay {
  private static final int LARGEST = 900;
  private static final int SMALLEST = 300;

  private final FaceImage photo;
  private final double scale;
  private final String words;
  private final List<Consumer<PhotoCanvas>> layers;

  private Overlay(FaceImage photo, double scale, String words, List<Consumer<PhotoCanvas>> layers) {
    this.photo = photo;
    this.scale = scale;
    this.words = words;
    this.layers = layers;
  }

  /**
   * Starts with a photo alone.
   *
   * @param photo the photo
   * @return overlay without layers
   */
  public static Overlay on(FaceImage photo) {
    int longest = Math.max(photo.width(), photo.height());
    double scale = 1;
    if (longest > LARGEST) {
      scale = (double) LARGEST / longest;
    } else if (longest < SMALLEST) {
      // A whole factor keeps the pixels of a small crop even.
      scale = (SMALLEST + longest - 1) / longest;
    }
    String words = "Photo, %d x %d pixels".formatted(photo.width(), photo.height());
    return new Overlay(photo, scale, words, List.of());
  }

  /**
   * Draws analysed faces: box, landmarks, id, expression with its probability, valence and arousal.
   *
   * <p>Where faces are so many that full labels would hide them, labels become shorter. A face
   * without detection is taken as the whole photo.
   *
   * @param photo the photo
   * @param faces its faces, may be none
   * @return the picture
   */
  public static Picture of(FaceImage photo, List<Face> faces) {
    PixelBox whole = new PixelBox(0, 0, photo.width(), photo.height());
    return on(photo)
        .with(
            "face",
            faces.stream()
                .map(
                    face ->
                        PhotoCanvas.Mark.of(
                            face.id(),
                            face.detection().map(Detection::box).orElse(whole),
                            face.detection().map(Overlay::points).orElse(List.of()),
                            face.behaviour()))
                .toList())
        .picture();
  }

  /**
   * Draws the faces of a table: box, landmarks, number of the row, and what is known of it: the
   * expression with its probability, valence and arousal where a network read the face, else the
   * expression that somebody labelled.
   *
   * @param table rows of this photo, in pixels of its file; those without a box are left out
   * @param photo the photo, also if it was made smaller after reading
   * @return the picture
   */
  public static Picture of(FaceTable table, FaceImage photo) {
    double k = (double) photo.width() / photo.fileWidth();
    List<PhotoCanvas.Mark> marks = new ArrayList<>();
    for (int row = 0; row < table.size(); row++) {
      Optional<PixelBox> box = table.box(row).map(b -> b.moved(k, 0, 0));
      if (box.isEmpty()) {
        continue;
      }
      List<Point> five = table.landmarks(row).map(l -> l.resized(k).points()).orElse(List.of());
      List<Point> points = points68(table, row, k).orElse(five);
      Optional<Behaviour> behaviour =
          table.behaviour(row).filter(b -> !b.vocabulary().classes().isEmpty());
      if (behaviour.isPresent()) {
        marks.add(PhotoCanvas.Mark.of(row, box.get(), points, behaviour.get()));
      } else {
        String label = (row + " " + table.text(row, FaceColumns.EXPRESSION).orElse("")).strip();
        List<List<String>> labels = List.of(List.of(label), List.of(String.valueOf(row)));
        marks.add(
            new PhotoCanvas.Mark(box.get(), points, Palette.series(row), labels, "face " + label));
      }
    }
    return on(photo).with("face", marks).picture();
  }

  /**
   * Draws the faces of a frame of a video: box, 68 landmarks where they are there, the number of
   * the face, which has its colour, expression with its probability, and the units that are active.
   *
   * @param rows of this frame, in pixels of the video; those without a box are left out
   * @param frame the frame, also if it was made smaller when it was read
   * @param width of the frame in the video, in pixels
   * @return the picture
   */
  public static Picture ofFrame(FaceTable rows, FaceImage frame, int width) {
    double k = (double) frame.width() / width;
    List<PhotoCanvas.Mark> marks = new ArrayList<>();
    for (int row = 0; row < rows.size(); row++) {
      Optional<PixelBox> box = rows.box(row).map(b -> b.moved(k, 0, 0));
      if (box.isPresent()) {
        List<Point> points = points68(rows, row, k).orElse(List.of());
        marks.add(PhotoCanvas.Mark.ofTrack(rows, row, box.get(), points));
      }
    }
    return on(frame).with("face", marks).picture();
  }

  /**
   * Draws detections: box, landmarks and score.
   *
   * @param photo the photo
   * @param detections its detections, may be none
   * @return the picture
   */
  public static Picture ofDetections(FaceImage photo, List<Detection> detections) {
    List<PhotoCanvas.Mark> marks = new ArrayList<>();
    for (int i = 0; i < detections.size(); i++) {
      Detection detection = detections.get(i);
      String score = Text.number(detection.score());
      marks.add(
          new PhotoCanvas.Mark(
              detection.box(),
              points(detection),
              Palette.series(i),
              List.of(List.of(i + ": " + score), List.of(score), List.of(String.valueOf(i))),
              i + " score " + score));
    }
    return on(photo).with("detection", marks).picture();
  }

  /** In a photo that was resized by a factor. */
  private static Optional<List<Point>> points68(FaceTable table, int row, double k) {
    return table.landmarks68(row).map(l -> l.moved(k, (k - 1) / 2, (k - 1) / 2).points());
  }

  /** The 68 landmarks where they are there, else the five. */
  private static List<Point> points(Detection detection) {
    return detection
        .landmarks68()
        .map(Landmarks68::points)
        .orElseGet(() -> detection.landmarks().points());
  }

  /**
   * Draws a map of numbers, such as the scores of a detector's cells, as translucent colours.
   *
   * @param photo the photo
   * @param values rows from top to bottom, all of one length; they cover the whole photo
   * @param from value of the first colour
   * @param to value of the last colour, larger than {@code from}
   * @return the picture
   * @throws IllegalArgumentException if rows differ in length, there are none, or the range is
   *     empty
   */
  public static Picture heat(FaceImage photo, double[][] values, double from, double to) {
    return on(photo).heat(values, from, to).picture();
  }

  /**
   * Adds boxes of one colour.
   *
   * @param boxes the boxes
   * @param captions one per box, or none at all
   * @param colour of the boxes
   * @return overlay with one layer more
   * @throws IllegalArgumentException if there are captions, but not one per box
   */
  public Overlay boxes(List<PixelBox> boxes, List<String> captions, Color colour) {
    if (!captions.isEmpty() && captions.size() != boxes.size()) {
      throw new IllegalArgumentException(
          "%d boxes but %d captions; give one per box, or none"
              .formatted(boxes.size(), captions.size()));
    }
    List<PhotoCanvas.Mark> marks = new ArrayList<>();
    for (int i = 0; i < boxes.size(); i++) {
      String caption = captions.isEmpty() ? "" : captions.get(i).strip();
      List<String> lines = caption.lines().map(String::strip).filter(l -> !l.isEmpty()).toList();
      List<List<String>> labels = captions.isEmpty() ? List.of() : List.of(lines);
      marks.add(new PhotoCanvas.Mark(boxes.get(i), List.of(), colour, labels, caption));
    }
    return with("box", marks);
  }

  /**
   * Adds many boxes of one colour in thin, translucent lines, such as prior boxes.
   *
   * @param boxes the boxes
   * @param colour of the lines
   * @return overlay with one layer more
   */
  public Overlay thinBoxes(List<PixelBox> boxes, Color colour) {
    List<PixelBox> copy = List.copyOf(boxes);
    Color soft = ChartStyle.translucent(colour, copy.size() > 200 ? 110 : 190);
    return plus(
        canvas -> {
          canvas.g().setColor(soft);
          canvas.g().setStroke(new BasicStroke(1));
          copy.forEach(box -> canvas.g().draw(canvas.rectangle(box)));
        },
        copy.size() + " thin boxes");
  }

  /**
   * Adds points.
   *
   * @param points the points
   * @param colour of the dots
   * @return overlay with one layer more
   */
  public Overlay points(List<Point> points, Color colour) {
    List<Point> copy = List.copyOf(points);
    return plus(
        canvas -> copy.forEach(point -> canvas.dot(point, colour, copy.size() > 50 ? 4 : 7)),
        copy.size() + " points");
  }

  /**
   * Adds a map of numbers in translucent {@link ColourMap#VIRIDIS}; NaN stays clear.
   *
   * @param values rows from top to bottom, all of one length; they cover the whole photo
   * @param from value of the first colour
   * @param to value of the last colour, larger than {@code from}
   * @return overlay with one layer more
   * @throws IllegalArgumentException if rows differ in length, there are none, or the range is
   *     empty
   */
  public Overlay heat(double[][] values, double from, double to) {
    if (!(from < to)) {
      throw new IllegalArgumentException(
          "a heat map goes from a smaller to a larger number, got " + from + " to " + to);
    }
    if (values.length == 0 || values[0].length == 0) {
      throw new IllegalArgumentException("there is nothing to draw: the heat map has no cells");
    }
    int columns = values[0].length;
    BufferedImage map = new BufferedImage(columns, values.length, BufferedImage.TYPE_INT_ARGB);
    for (int r = 0; r < values.length; r++) {
      if (values[r].length != columns) {
        throw new IllegalArgumentException(
            "rows of a heat map have one length, but row 0 has %d numbers and row %d has %d"
                .formatted(columns, r, values[r].length));
      }
      for (int c = 0; c < columns; c++) {
        if (!Double.isNaN(values[r][c])) {
          Color colour = ColourMap.VIRIDIS.at((values[r][c] - from) / (to - from));
          map.setRGB(c, r, 150 << 24 | colour.getRGB() & 0xFFFFFF);
        }
      }
    }
    return plus(
        canvas -> canvas.g().drawImage(map, 0, 0, canvas.width(), canvas.height(), null),
        "heat map of %d x %d cells from %s to %s"
            .formatted(columns, values.length, Text.tick(from), Text.tick(to)));
  }

  /**
   * Draws all layers.
   *
   * @return the picture
   */
  public Picture picture() {
    int width = Math.max(1, (int) Math.round(photo.width() * scale));
    int height = Math.max(1, (int) Math.round(photo.height() * scale));
    BufferedImage shown = photo.resized(width, height).toBufferedImage();
    return new Picture(
        width,
        height,
        words,
        g -> {
          g.drawImage(shown, 0, 0, null);
          PhotoCanvas canvas = new PhotoCanvas(g, width, height, scale);
          layers.forEach(layer -> layer.accept(canvas));
        });
  }

  private Overlay with(String what, List<PhotoCanvas.Mark> marks) {
    int count = marks.size();
    String head =
        (count == 0 ? "no" : count)
            + (" " + what)
            + (count == 1 ? "" : what.equals("box") ? "es" : "s");
    List<String> said =
        marks.stream().map(PhotoCanvas.Mark::said).filter(text -> !text.isEmpty()).toList();
    String shown = String.join("; ", said.subList(0, Math.min(10, said.size())));
    return plus(
        canvas -> canvas.marks(marks),
        head + (said.isEmpty() ? "" : ": " + shown) + (said.size() > 10 ? "; …" : ""));
  }

  private Overlay plus(Consumer<PhotoCanvas> layer, String more) {
    List<Consumer<PhotoCanvas>> longer = Stream.concat(layers.stream(), Stream.of(layer)).toList();
    return new Overlay(photo, scale, words + "; " + more, longer);
  }
}
