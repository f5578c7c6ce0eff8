package org.affect4j.detect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.affect4j.face.Detection;
import org.affect4j.face.PixelBox;
import org.affect4j.image.FaceImage;
import org.affect4j.model.ModelEntry;
import org.affect4j.model.ModelException;
import org.affect4j.model.ModelPair;
import org.affect4j.model.ModelStore;
import org.affect4j.model.OnnxModel;
import org.affect4j.model.PriorSpec;

/**
 * Single-stage detector with boxes and five landmarks (RetinaFace; Behaviour4All, section 3).
 *
 * <p>Any ONNX file with the outputs {@code loc [batch, P, 4]}, {@code conf [batch, P, 2]} (softmax
 * done) and {@code landms [batch, P, 10]} will do, if its catalogue entry states its priors.
 * Thread-safe.
 */
public final class RetinaFace implements FaceDetector {
  private static final List<String> OUTPUTS = List.of("loc", "conf", "landms");

  /** Below this the feature pyramid's maps no longer fit each other. */
  private static final int LEAST_INPUT = 32;

  private static final int MAXIMUM_CANDIDATES = 5000;
  private static final int PADDING_GREY = 117;
  private static final double TILE_OVERLAP = .25;
  private static final int MAGNIFICATION = 2;

  /** Faces that are still smaller than this in the magnified photo are taken from there. */
  private static final double MAGNIFIED_FACE = 64;

  private final OnnxModel model;
  private final PriorSpec priors;
  private final DetectorOptions options;

  private RetinaFace(OnnxModel model, DetectorOptions options) {
    this.model = model;
    this.options = options;
    this.priors =
        model
            .entry()
            .priors()
            .orElseThrow(
                () ->
                    new ModelException(
                        "model '" + model.entry().name() + "' states no prior boxes"));
    if (!List.copyOf(model.entry().outputs().keySet()).equals(OUTPUTS)) {
      throw new ModelException(
          "a detector's catalogue entry lists the outputs %s, that of '%s' lists %s"
              .formatted(OUTPUTS, model.entry().name(), model.entry().outputs().keySet()));
    }
  }

  /**
   * Opens the bundled detector.
   *
   * @param options how to look at photos
   * @param models which of the bundled networks
   * @param threads threads for one photo, 1 or more
   * @return the detector, to be closed
   */
  public static RetinaFace load(DetectorOptions options, ModelPair models, int threads) {
    return open(ModelStore.bundled(), models.detector(), options, threads);
  }

  /**
   * Opens any catalogued detector.
   *
   * @param store where the model is
   * @param name the model's name
   * @param options how to look at photos
   * @param threads threads for one photo, 1 or more
   * @return the detector, to be closed
   * @throws ModelException if the model is missing, altered, or no detector of this kind
   */
  public static RetinaFace open(
      ModelStore store, String name, DetectorOptions options, int threads) {
    OnnxModel model = store.open(name, threads);
    try {
      return new RetinaFace(model, options);
    } catch (ModelException e) {
      model.close();
      throw e;
    }
  }

  /**
   * Returns how this detector looks at photos.
   *
   * @return the options
   */
  public DetectorOptions options() {
    return options;
  }

  /**
   * Returns the layout of this detector's prior boxes.
   *
   * @return steps, sizes and variances
   */
  public PriorSpec priors() {
    return priors;
  }

  @Override
  public Optional<ModelEntry> entry() {
    return Optional.of(model.entry());
  }

  @Override
  public int usefulLongSide() {
    int searched = options.longSide() * (options.magnifying() ? MAGNIFICATION : 1);
    return options.tiles()
        ? Integer.MAX_VALUE
        : Math.max(searched, FaceDetector.super.usefulLongSide());
  }

  @Override
  public List<Detection> detect(FaceImage photo) {
    return detect(photo, options.scoreThreshold());
  }

  @Override
  public List<Detection> detect(FaceImage photo, double scoreThreshold) {
    FaceImage input = photo.shrunkTo(options.longSide());
    double back = (double) photo.width() / input.width();
    List<Detection> candidates = new ArrayList<>();
    for (Detection d : candidates(input, scoreThreshold)) {
      candidates.add(d.moved(back, 0, 0));
    }
    if (options.magnifying()) {
      addMagnified(photo, input, scoreThreshold, candidates);
    }
    if (options.tiles() && input != photo) {
      addTiles(photo, scoreThreshold, candidates);
    }
    List<Detection> kept = NonMaximumSuppression.keep(candidates, options.iouThreshold());
    return kept.stream().filter(d -> d.box().size() >= options.minimumFacePixels()).toList();
  }

  /**
   * Runs the network on an image as it is, neither scaled nor cut into tiles, and decodes every
   * prior whose score passes a threshold: what non-maximum suppression chooses from.
   *
   * @param image image, best with a long side of at most 640 pixels
   * @param scoreThreshold least score, 0 to 1
   * @return the candidates in {@link NonMaximumSuppression#ORDER}, at most 5000
   */
  public List<Detection> candidates(FaceImage image, double scoreThreshold) {
    FaceImage input = padded(image);
    List<float[]> outputs = run(input);
    float[] loc = outputs.get(0);
    float[] conf = outputs.get(1);
    float[] landmarks = outputs.get(2);
    PriorBoxes boxes = new PriorBoxes(priors, input.width(), input.height());
    check(boxes.count(), loc, conf, landmarks);
    List<Detection> found = new ArrayList<>();
    for (int i = 0; i < boxes.count(); i++) {
      double score = conf[2 * i + 1];
      if (score >= scoreThreshold) {
        found.add(
            new Detection(
                boxes.decodeBox(i, loc), Math.min(1, score), boxes.decodeLandmarks(i, landmarks)));
      }
    }
    return found.stream().sorted(NonMaximumSuppression.ORDER).limit(MAXIMUM_CANDIDATES).toList();
  }

  /**
   * Returns the score of every prior box of an image, neither scaled nor cut into tiles: the raw
   * map that detection starts from.
   *
   * @param image image of at least 32 pixels a side, each a multiple of what the model needs
   * @return probability of a face for each prior, numbered as in {@link PriorBoxes}
   */
  public double[] scores(FaceImage image) {
    if (padded(image) != image) {
      throw new IllegalArgumentException(
          "scores need an image of at least %d pixels a side, each a multiple of %d, got %d x %d"
              .formatted(LEAST_INPUT, model.entry().sizeMultiple(), image.width(), image.height()));
    }
    float[] conf = run(image).get(1);
    double[] scores = new double[conf.length / 2];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = conf[2 * i + 1];
    }
    return scores;
  }

  /** Adds grey on the right and below until the network can take the image. */
  private FaceImage padded(FaceImage image) {
    int width = networkSide(image.width());
    int height = networkSide(image.height());
    return width == image.width() && height == image.height()
        ? image
        : image.cut(0, 0, width, height, PADDING_GREY);
  }

  private int networkSide(int side) {
    int multiple = model.entry().sizeMultiple();
    return (Math.max(LEAST_INPUT, side) + multiple - 1) / multiple * multiple;
  }

  private List<float[]> run(FaceImage input) {
    return model.run(
        1,
        input.height(),
        input.width(),
        tensor -> input.writeTensor(model.entry().pixels(), tensor));
  }

  private void check(int count, float[] loc, float[] conf, float[] landmarks) {
    if (loc.length != 4 * count || conf.length != 2 * count || landmarks.length != 10 * count) {
      throw new ModelException(
          "model '%s' answered with %d, %d and %d values for %d priors; its catalogue entry states other priors than the network has"
              .formatted(model.entry().name(), loc.length, conf.length, landmarks.length, count));
    }
  }

  /** Adds small faces; large ones are better seen at the plain size. */
  private void addMagnified(
      FaceImage photo, FaceImage input, double scoreThreshold, List<Detection> candidates) {
    FaceImage large = photo.resized(MAGNIFICATION * input.width(), MAGNIFICATION * input.height());
    double back = (double) photo.width() / large.width();
    for (Detection d : candidates(large, scoreThreshold)) {
      if (d.box().size() < MAGNIFIED_FACE) {
        candidates.add(d.moved(back, 0, 0));
      }
    }
  }

  private void addTiles(FaceImage photo, double scoreThreshold, List<Detection> candidates) {
    int side = options.longSide();
    for (int y : starts(photo.height(), side)) {
      for (int x : starts(photo.width(), side)) {
        int width = Math.min(side, photo.width() - x);
        int height = Math.min(side, photo.height() - y);
        FaceImage tile = photo.cut(x, y, width, height, PADDING_GREY);
        for (Detection d : candidates(tile, scoreThreshold)) {
          Detection moved = d.moved(1, x, y);
          if (isWhole(moved.box(), x, y, width, height, photo)) {
            candidates.add(moved);
          }
        }
      }
    }
  }

  /** A box that touches a tile's inner edge may be part of a face that another tile sees whole. */
  private static boolean isWhole(
      PixelBox box, int x, int y, int width, int height, FaceImage photo) {
    return (x == 0 || box.x() > x)
        && (y == 0 || box.y() > y)
        && (x + width == photo.width() || box.right() < x + width)
        && (y + height == photo.height() || box.bottom() < y + height);
  }

  private static int[] starts(int length, int side) {
    if (length <= side) {
      return new int[] {0};
    }
    int n = (int) Math.ceil((length - side) / (side * (1 - TILE_OVERLAP))) + 1;
    int[] starts = new int[n];
    for (int i = 0; i < n; i++) {
      starts[i] = (int) Math.round((double) i * (length - side) / (n - 1));
    }
    return starts;
  }

  @Override
  public void close() {
    model.close();
  }
}
