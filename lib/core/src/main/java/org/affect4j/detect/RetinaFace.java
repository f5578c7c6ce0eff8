package org.affect4j.detect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.affect4j.face.Detection;
import org.affect4j.image.FaceImage;
import org.affect4j.model.ImageNetwork;
import org.affect4j.model.ModelEntry;
import org.affect4j.model.ModelException;
import org.affect4j.model.ModelPair;
import org.affect4j.model.ModelStore;
import org.affect4j.model.NetworkKind;
import org.affect4j.model.PriorSpec;

/**
 * Single-stage detector with boxes and five landmarks (RetinaFace; Behaviour4All, section 3).
 *
 * <p>Any ONNX file with the outputs {@code loc [batch, P, 4]}, {@code conf [batch, P, 2]} (softmax
 * done) and {@code landms [batch, P, 10]} will do, if its catalogue entry states its priors.
 * Thread-safe.
 */
public final class RetinaFace implements FaceDetector {
  /** Below this the feature pyramid's maps no longer fit each other. */
  private static final int LEAST_INPUT = 32;

  private static final int MAXIMUM_CANDIDATES = 5000;

  private final ImageNetwork model;
  private final PriorSpec priors;
  private final DetectorOptions options;
  private final FaceSearch search;

  private RetinaFace(ImageNetwork model, DetectorOptions options) {
    this.model = model;
    this.options = options;
    NetworkKind.DETECTOR.check(model.entry());
    this.priors =
        model
            .entry()
            .priors()
            .orElseThrow(
                () ->
                    new ModelException(
                        "model '" + model.entry().name() + "' states no prior boxes"));
    int largest =
        priors.minimumSizes().stream().flatMap(List::stream).max(Integer::compare).orElseThrow();
    this.search = new FaceSearch(this::candidates, largest, options);
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
    return of(store.open(name, threads), options);
  }

  /**
   * Finds faces by a network, whatever runs it.
   *
   * @param network a network of this kind; closed with this detector
   * @param options how to look at photos
   * @return the detector, to be closed
   * @throws ModelException if the network is no detector of this kind, and is closed then
   */
  public static RetinaFace of(ImageNetwork network, DetectorOptions options) {
    return network.handedTo(n -> new RetinaFace(n, options));
  }

  /**
   * Returns what the network sees of a whole photo, among other looks at parts of it.
   *
   * @param photo any photo
   * @return the photo, shrunk to the long side of the options, with grey on the right and below
   *     until the network can take it
   */
  public FaceImage input(FaceImage photo) {
    return padded(photo.shrunkTo(options.longSide()));
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
    int searched = options.longSide() * (options.magnifying() ? FaceSearch.MAGNIFICATION : 1);
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
    return search.all(photo, scoreThreshold).stream()
        .filter(d -> d.box().size() >= options.minimumFacePixels())
        .map(d -> clipped(d, photo))
        .toList();
  }

  private Detection clipped(Detection d, FaceImage photo) {
    return options.clippedBoxes() ? d.clippedTo(photo.width(), photo.height()) : d;
  }

  @Override
  public List<Detection> detectLarge(FaceImage photo, double scoreThreshold) {
    return search.large(photo, scoreThreshold).stream().map(d -> clipped(d, photo)).toList();
  }

  /**
   * Returns how many pixels the network sees when it looks for large faces ({@link #detectLarge}).
   *
   * @param photo any photo
   * @return pixels of the small copy with room around it
   */
  public static int pixelsForLargeFaces(FaceImage photo) {
    FaceImage image = FaceSearch.Level.large(photo, photo).image();
    return image.width() * image.height();
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
        : image.cut(0, 0, width, height, FaceSearch.PADDING_GREY);
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

  @Override
  public void close() {
    model.close();
  }
}
