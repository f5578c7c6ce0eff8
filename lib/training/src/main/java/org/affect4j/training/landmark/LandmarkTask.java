package org.affect4j.training.landmark;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.affect4j.detect.LandmarkFrame;
import org.affect4j.face.Landmarks;
import org.affect4j.face.Point;
import org.affect4j.image.FaceAligner;
import org.affect4j.image.FaceImage;
import org.affect4j.image.PixelLayout;
import org.affect4j.training.batch.internal.AlternatingBuffers;
import org.affect4j.training.batch.internal.Augmenter;
import org.affect4j.training.batch.internal.PixelTensors;
import org.affect4j.training.batch.internal.Seeds;
import org.affect4j.training.network.LandmarkNet;
import org.affect4j.training.network.NetworkBlock;
import org.affect4j.training.scene.Scene;
import org.affect4j.training.scene.SceneComposer;
import org.affect4j.training.scene.SceneOptions;
import org.affect4j.training.scene.SceneSources;
import org.affect4j.training.train.StepLoss;
import org.affect4j.training.train.TrainingTask;

/**
 * Landmarks of faces in composed scenes, learned from crops that are cut by landmarks as inexact as
 * a detector's. The loss is what is measured: the mean distance of the landmarks in units of the
 * distance of the eyes.
 */
public final class LandmarkTask implements TrainingTask<LandmarkBatch> {
  /** Seed of scenes to measure with, which no epoch of training has. */
  private static final long VALIDATION = -1;

  private static final long ERRORS = 7;

  /** Crops of each face, cut by differently wrong landmarks: composing takes longest. */
  private static final int VIEWS = 4;

  private static final PixelLayout PIXELS = PixelLayout.SIGNED_RGB;
  private static final int VALUES = LandmarkNet.SIDE * LandmarkNet.SIDE * Augmenter.CHANNELS;
  private static final int POINTS = 5;
  private static final int MOST_EMPTY = 1000;

  /** Squares are rounded off near zero, where the root has no gradient. */
  private static final float ROUNDING = 1e-4f;

  private final SceneComposer composer;
  private final SceneComposer measured;
  private final Settings settings;
  private final FaceAligner aligner = new FaceAligner(LandmarkNet.SIDE);
  private final String trainingKey;
  private final String validationKey;
  private final AlternatingBuffers buffers = new AlternatingBuffers();

  /**
   * How landmarks are learned.
   *
   * @param scenes what scenes look like
   * @param batchSize faces of a batch, 1 or more
   * @param facesPerEpoch faces of an epoch, at least one batch
   * @param largestError landmarks by which crops are cut are wrong by up to about this part of the
   *     distance of the eyes, each face by its own part of it; 0 to 1
   * @param validationFaces faces to measure with after each epoch, 1 or more
   * @param seed decides scenes and errors
   */
  public record Settings(
      SceneOptions scenes,
      int batchSize,
      int facesPerEpoch,
      double largestError,
      int validationFaces,
      long seed) {
    /** Checks the ranges. */
    public Settings {
      if (batchSize < 1 || facesPerEpoch < batchSize || validationFaces < 1) {
        throw new IllegalArgumentException(
            "an epoch has at least one batch of at least one face, and one to measure with; got %d faces in batches of %d, %d to measure with"
                .formatted(facesPerEpoch, batchSize, validationFaces));
      }
      if (!(largestError >= 0 && largestError <= 1)) {
        throw new IllegalArgumentException(
            "errors are 0 to 1 of the distance of the eyes, got " + largestError);
      }
    }
  }

  /**
   * Describes the task.
   *
   * @param training what scenes to train with are composed of
   * @param validation what scenes to measure with are composed of
   * @param settings how
   */
  public LandmarkTask(SceneSources training, SceneSources validation, Settings settings) {
    this.settings = settings;
    composer = new SceneComposer(training, settings.scenes());
    measured = new SceneComposer(validation, settings.scenes());
    trainingKey = training + ", checksum " + training.key();
    validationKey = validation + ", checksum " + validation.key();
  }

  @Override
  public Map<String, String> settings() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("settings", settings.toString());
    all.put("training data", trainingKey);
    all.put("validation data", validationKey);
    return all;
  }

  @Override
  public int stepsPerEpoch() {
    return settings.facesPerEpoch() / settings.batchSize();
  }

  @Override
  public LandmarkBatch load(int epoch, int step) {
    return batch(
        composer, epoch, step, settings.batchSize(), buffers.next(settings.batchSize() * VALUES));
  }

  /** Composes scenes until there are enough faces. */
  private LandmarkBatch batch(
      SceneComposer scenes, long epoch, int step, int size, ByteBuffer pixels) {
    SplittableRandom random = Seeds.stream(settings.seed(), ERRORS, epoch, step);
    float[] offsets = new float[size * 2 * POINTS];
    int faces = 0;
    for (long i = 0; faces < size; i++) {
      Scene scene = scenes.compose(Seeds.mix(settings.seed(), step), epoch, i);
      List<Landmarks> truths = new ArrayList<>();
      scene.faces().stream()
          .filter(face -> face.counts() && face.landmarks().isPresent())
          .forEach(face -> truths.add(face.landmarks().get()));
      if (truths.isEmpty() && faces == 0 && i == MOST_EMPTY) {
        throw new IllegalArgumentException(
            "%d scenes in a row show no face whose landmarks count; give other pictures, or larger faces than from %.0f pixels on"
                .formatted(MOST_EMPTY, settings.scenes().smallest()));
      }
      FaceImage image = scene.image();
      for (int v = 0; v < truths.size() * VIEWS && faces < size; v++) {
        Landmarks truth = truths.get(v / VIEWS);
        Landmarks first = inexact(truth, random);
        write(aligner.crop(image, first), pixels);
        float[] wanted = LandmarkFrame.of(aligner, first).offsets(truth);
        System.arraycopy(wanted, 0, offsets, faces * wanted.length, wanted.length);
        faces++;
      }
    }
    return new LandmarkBatch((int) epoch, step, size, pixels.flip(), offsets);
  }

  private static void write(FaceImage crop, ByteBuffer pixels) {
    for (int y = 0; y < crop.height(); y++) {
      for (int x = 0; x < crop.width(); x++) {
        int rgb = crop.rgb(x, y);
        pixels.putFloat(((rgb >> 16 & 255) - PIXELS.mean0()) / PIXELS.scale());
        pixels.putFloat(((rgb >> 8 & 255) - PIXELS.mean1()) / PIXELS.scale());
        pixels.putFloat(((rgb & 255) - PIXELS.mean2()) / PIXELS.scale());
      }
    }
  }

  /** Moves all landmarks together, and each by itself. */
  private Landmarks inexact(Landmarks truth, SplittableRandom random) {
    double unit = truth.interocularDistance();
    double size = settings.largestError() * random.nextDouble() * unit;
    double dx = .5 * size * random.nextGaussian();
    double dy = .5 * size * random.nextGaussian();
    double[] xy = new double[2 * POINTS];
    int i = 0;
    for (Point p : truth.points()) {
      xy[i++] = p.x() + dx + .6 * size * random.nextGaussian();
      xy[i++] = p.y() + dy + .6 * size * random.nextGaussian();
    }
    return Landmarks.of(xy);
  }

  @Override
  public int size(LandmarkBatch batch) {
    return batch.size();
  }

  @Override
  public String describe(LandmarkBatch batch) {
    return "%d faces of epoch %d, batch %d, seed %d"
        .formatted(batch.size(), batch.epoch() + 1, batch.step(), settings.seed());
  }

  @Override
  public StepLoss loss(NetworkBlock network, LandmarkBatch batch, NDManager manager) {
    return new StepLoss(
        meanLength(away(network, pixels(batch, manager), batch.offsets())), Map.of());
  }

  /**
   * From where the points are to where a network names them: x and y of each point of each face.
   */
  static NDArray away(NetworkBlock network, NDArray pixels, float[] wanted) {
    NDManager manager = pixels.getManager();
    NDArray named =
        network
            .forward(new ParameterStore(manager, false), new NDList(pixels), true)
            .singletonOrThrow();
    return named.sub(manager.create(wanted, named.getShape()));
  }

  /** Mean length of vectors of x and y. */
  static NDArray meanLength(NDArray vectors) {
    return vectors
        .reshape(new Shape(-1, 2))
        .square()
        .sum(new int[] {1})
        .add(ROUNDING)
        .sqrt()
        .mean();
  }

  private static NDArray pixels(LandmarkBatch batch, NDManager manager) {
    return PixelTensors.of(manager, batch.pixels(), batch.size(), LandmarkNet.SIDE);
  }

  @Override
  public Map<String, Double> validate(NetworkBlock network) {
    int size = settings.validationFaces();
    LandmarkBatch batch =
        batch(measured, VALIDATION, 0, size, new AlternatingBuffers().next(size * VALUES));
    Map<String, Double> figures = new LinkedHashMap<>();
    try (NDManager manager = NDManager.newBaseManager()) {
      float[] answers = network.infer(pixels(batch, manager)).singletonOrThrow().toFloatArray();
      figures.put("landmark_error", error(answers, batch.offsets()));
      figures.put("landmark_error_before", error(new float[answers.length], batch.offsets()));
    }
    return figures;
  }

  /** Mean distance in units of the distance of the template's eyes. */
  private static double error(float[] answers, float[] wanted) {
    double sum = 0;
    for (int i = 0; i < wanted.length; i += 2) {
      sum += Math.hypot(answers[i] - wanted[i], answers[i + 1] - wanted[i + 1]);
    }
    return sum / (wanted.length / 2);
  }

  @Override
  public Optional<String> monitored() {
    return Optional.empty();
  }
}
