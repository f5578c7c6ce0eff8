package org.affect4j.training.scene;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.affect4j.analysis.ProgressListener;
import org.affect4j.detect.FaceDetector;
import org.affect4j.face.Detection;
import org.affect4j.face.PixelBox;
import org.affect4j.image.DecodeOptions;
import org.affect4j.image.FaceImage;
import org.affect4j.training.scene.FaceLabels.Labelled;
import org.affect4j.training.scene.SceneSources.Backdrop;
import org.affect4j.training.scene.internal.PicturePlace;

/**
 * Reads faces, rendered heads and backgrounds from folders and zip archives into memory. Nothing is
 * skipped without being counted.
 *
 * <p>A place with faces is a folder of pictures, a zip archive, or a folder of zip archives. Boxes
 * and landmarks come from {@code detections.csv} or {@code labels.csv} in the folder: a column
 * {@code file} or {@code image}, {@code box_x, box_y, box_width, box_height} or {@code x1, y1, x2,
 * y2}, and {@code eye_left_x … mouth_right_y} or {@code eye1_x … mouth2_y}; {@code score} and
 * {@code split} are heeded where they exist. Without such a table a detector finds the faces.
 */
public final class SourceReader {
  private static final int FACE_LONG_SIDE = 320;
  private static final int BACKGROUND_LONG_SIDE = 1280;
  private static final int LEAST_BACKGROUND = 100;

  /** What lies around a face belongs to it in a scene: hair, neck, the crop's own background. */
  private static final double MARGIN = .8;

  private static final double NARROW_MARGIN = .15;

  /** From this score on a background is taken to hold a face. */
  private static final double PERHAPS = .6;

  private final FaceDetector detector;
  private final boolean refuseFaces;
  private final ProgressListener progress;
  private final Map<String, Integer> skipped = new TreeMap<>();

  /**
   * Makes a reader that may take the user's word for backgrounds: to measure detectors, as those in
   * which one of them sees a face must not be left out.
   *
   * @param detector finds faces where no table says where they are; stays open
   * @param refuseFaces whether backgrounds in which the detector sees a face are left out
   * @param progress hears of every picture
   */
  public SourceReader(FaceDetector detector, boolean refuseFaces, ProgressListener progress) {
    this.detector = detector;
    this.refuseFaces = refuseFaces;
    this.progress = progress;
  }

  /**
   * Where the parts of scenes are; all lists but one of faces and heads, and the backgrounds, may
   * be empty.
   *
   * @param faces photos of faces
   * @param heads rendered heads: sets of {@code affect4j-synth}, or transparent PNG files with a
   *     table
   * @param backgrounds pictures without faces
   * @param lookalikes pictures without faces in which a detector found some: hands, toys, patterns
   */
  public record Places(
      List<Path> faces, List<Path> heads, List<Path> backgrounds, List<Path> lookalikes) {
    /** Copies the lists. */
    public Places {
      faces = List.copyOf(faces);
      heads = List.copyOf(heads);
      backgrounds = List.copyOf(backgrounds);
      lookalikes = List.copyOf(lookalikes);
    }
  }

  /**
   * Reads everything.
   *
   * @param places where it is
   * @return the sources
   * @throws IOException if a place does not exist or holds no picture
   * @throws IllegalArgumentException if there is no face or no background
   */
  public SceneSources read(Places places) throws IOException {
    List<Sprite> faces = new ArrayList<>();
    for (Path place : places.faces()) {
      faces.addAll(sprites(place, false));
    }
    List<Sprite> heads = new ArrayList<>();
    for (Path place : places.heads()) {
      heads.addAll(sprites(place, true));
    }
    return new SceneSources(
        faces,
        heads,
        pictures(places.backgrounds(), LEAST_BACKGROUND, refuseFaces),
        pictures(places.lookalikes(), 1, false));
  }

  /**
   * Says what was left out.
   *
   * @return how many pictures or faces, by reason; unmodifiable
   */
  public Map<String, Integer> skipped() {
    return Collections.unmodifiableMap(skipped);
  }

  private void skip(String reason) {
    skipped.merge(reason, 1, Integer::sum);
  }

  private List<Backdrop> pictures(List<Path> places, int least, boolean refuse) throws IOException {
    List<Backdrop> pictures = new ArrayList<>();
    for (Path place : places) {
      try (PicturePlace folder = PicturePlace.open(place)) {
        List<Path> files = folder.images();
        int done = 0;
        for (Path file : files) {
          background(place, file, least, refuse).ifPresent(pictures::add);
          progress.at(++done, files.size());
        }
      }
    }
    return pictures;
  }

  private Optional<Backdrop> background(Path place, Path file, int least, boolean refuse) {
    FaceImage photo;
    try {
      photo =
          FaceImage.read(
              file, DecodeOptions.fullSize().withSufficientLongSide(BACKGROUND_LONG_SIDE));
    } catch (IOException e) {
      skip("background cannot be read");
      return Optional.empty();
    }
    if (Math.min(photo.width(), photo.height()) < least) {
      skip("background is smaller than " + least + " pixels");
      return Optional.empty();
    }
    if (refuse && !detector.detect(photo, PERHAPS).isEmpty()) {
      skip("background seems to hold a face");
      return Optional.empty();
    }
    return Optional.of(
        new Backdrop(
            place.getFileName() + "/" + file, PicturePyramid.of(photo, BACKGROUND_LONG_SIDE)));
  }

  private List<Sprite> sprites(Path place, boolean rendered) throws IOException {
    List<Sprite> sprites = new ArrayList<>();
    try (PicturePlace folder = PicturePlace.open(place)) {
      Map<String, List<Labelled>> labels = FaceLabels.of(place, this::skip);
      if (labels.isEmpty()) {
        List<Path> files = folder.images();
        int done = 0;
        for (Path file : files) {
          picture(file).ifPresent(p -> cut(name(place, file), p, detected(p), rendered, sprites));
          progress.at(++done, files.size());
        }
        return sprites;
      }
      int done = 0;
      for (Map.Entry<String, List<Labelled>> entry : labels.entrySet()) {
        Optional<Path> file = folder.find(entry.getKey());
        if (file.isEmpty()) {
          skip("labelled picture is not there");
        } else {
          picture(file.get())
              .ifPresent(p -> cut(name(place, file.get()), p, entry.getValue(), rendered, sprites));
        }
        progress.at(++done, labels.size());
      }
    }
    return sprites;
  }

  private static String name(Path place, Path file) {
    return place.getFileName() + "/" + file;
  }

  /** Reads a picture with its transparency, which a {@link FaceImage} does not have. */
  private Optional<BufferedImage> picture(Path file) {
    try {
      if (file.toString().toLowerCase(Locale.ROOT).endsWith(".png")) {
        try (InputStream in = Files.newInputStream(file)) {
          BufferedImage image = ImageIO.read(in);
          if (image != null && image.getColorModel().hasAlpha()) {
            return Optional.of(image);
          }
        }
      }
      return Optional.of(FaceImage.read(file).toBufferedImage());
    } catch (IOException | IllegalArgumentException e) {
      skip("picture of a face cannot be read");
      return Optional.empty();
    }
  }

  private List<Labelled> detected(BufferedImage picture) {
    List<Detection> all = detector.detect(FaceImage.of(picture), PERHAPS);
    if (all.isEmpty()) {
      skip("no face was found in a picture of a face");
    }
    return all.stream()
        .map(
            d ->
                new Labelled(
                    d.box(),
                    d.score() >= FaceLabels.SURE ? Optional.of(d.landmarks()) : Optional.empty()))
        .toList();
  }

  /** Cuts each face out with as much around it as belongs to no other face. */
  private void cut(
      String name,
      BufferedImage picture,
      List<Labelled> faces,
      boolean rendered,
      List<Sprite> sprites) {
    for (Labelled face : faces) {
      if (face.landmarks().isEmpty()) {
        skip("face is uncertain");
        continue;
      }
      if (face.box().size() < 8 || face.landmarks().get().interocularDistance() < 1) {
        skip("face is smaller than 8 pixels");
        continue;
      }
      Optional<int[]> window =
          Stream.of(MARGIN, NARROW_MARGIN)
              .map(margin -> window(face.box(), margin, picture))
              .filter(w -> faces.stream().noneMatch(o -> o != face && overlaps(o.box(), w)))
              .findFirst();
      if (window.isEmpty()) {
        skip("another face is too near");
        continue;
      }
      int[] w = window.get();
      if (w[2] < 8 || w[3] < 8) {
        skip("face lies outside its picture");
        continue;
      }
      sprites.add(sprite(name, picture, face, w, rendered));
    }
  }

  private static Sprite sprite(
      String name, BufferedImage picture, Labelled face, int[] w, boolean rendered) {
    BufferedImage part = picture.getSubimage(w[0], w[1], w[2], w[3]);
    PicturePyramid small = PicturePyramid.of(part, FACE_LONG_SIDE);
    // Halving takes the pixels 2 i and 2 i + 1 together, whose centre is 2 i + 1/2.
    int factor = 1;
    while (Math.max(w[2], w[3]) / factor > FACE_LONG_SIDE) {
      factor *= 2;
    }
    double k = 1.0 / factor;
    double shift = k / 2 - .5;
    PixelBox box = face.box();
    return new Sprite(
        name,
        small,
        new PixelBox(
            (box.x() - w[0]) * k + shift,
            (box.y() - w[1]) * k + shift,
            box.width() * k,
            box.height() * k),
        face.landmarks().orElseThrow().moved(1, -w[0], -w[1]).moved(k, shift, shift),
        rendered);
  }

  private static int[] window(PixelBox box, double margin, BufferedImage picture) {
    int left = (int) Math.max(0, box.x() - margin * box.width());
    int top = (int) Math.max(0, box.y() - margin * box.height());
    int right = (int) Math.min(picture.getWidth(), Math.ceil(box.right() + margin * box.width()));
    int bottom =
        (int) Math.min(picture.getHeight(), Math.ceil(box.bottom() + margin * box.height()));
    return new int[] {left, top, right - left, bottom - top};
  }

  private static boolean overlaps(PixelBox box, int[] w) {
    return box.x() < w[0] + w[2]
        && box.right() > w[0]
        && box.y() < w[1] + w[3]
        && box.bottom() > w[1];
  }
}
