package org.affect4j.training.landmark;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.affect4j.face.Landmarks68;
import org.affect4j.face.Point;
import org.affect4j.image.FaceAligner;
import org.affect4j.metric.Concordance;
import org.affect4j.training.batch.Augmentation;
import org.affect4j.training.batch.BatchSource;
import org.affect4j.training.batch.CropSet;
import org.affect4j.training.batch.internal.AlternatingBuffers;
import org.affect4j.training.batch.internal.Augmenter;
import org.affect4j.training.batch.internal.EpochPlan;
import org.affect4j.training.batch.internal.PixelTensors;
import org.affect4j.training.batch.internal.Seeds;
import org.affect4j.training.batch.internal.Warp;
import org.affect4j.training.network.LandmarkNet;
import org.affect4j.training.network.NetworkBlock;
import org.affect4j.training.train.StepLoss;
import org.affect4j.training.train.TrainingTask;

/**
 * 68 landmarks of rendered faces, whose labels are exact. Crops are turned, scaled and shifted by
 * about as much as they are where a detector's landmarks align a face, and damaged. The loss is
 * what is measured, the mean distance of the points in units of the distance of the eyes, and half
 * of the mean error of the openings of eyes and mouth, which are small beside it.
 */
public final class SixtyEightTask implements TrainingTask<LandmarkBatch> {
  private static final int VARIATION = 3;
  private static final int SIDE = LandmarkNet.SIDE_OF_68;
  private static final int VALUES = SIDE * SIDE * Augmenter.CHANNELS;
  private static final int NUMBERS = 2 * Landmarks68.COUNT;
  private static final int FACES_AT_ONCE = 250;
  private static final FaceAligner ALIGNER = new FaceAligner(SIDE);

  /** How inexactly faces are aligned that are measured with. */
  private static final Augmentation MEASURED =
      new Augmentation(0, 5, .06, 0, .025, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  /** The point of the mirror image that each becomes: jaw, brows, nose, eyes, lips. */
  private static final int[] MIRRORED = {
    16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 26, 25, 24, 23, 22, 21, 20, 19, 18,
    17, 27, 28, 29, 30, 35, 34, 33, 32, 31, 45, 44, 43, 42, 47, 46, 39, 38, 37, 36, 41, 40, 54, 53,
    52, 51, 50, 49, 48, 59, 58, 57, 56, 55, 64, 63, 62, 61, 60, 67, 66, 65
  };

  /** Points that face each other across the openings of eyes and mouth. */
  private static final int[][] PAIRS = {
    {37, 41}, {38, 40}, {43, 47}, {44, 46}, {61, 67}, {62, 66}, {63, 65}
  };

  /** From all numbers to the differences of the pairs. */
  private static final float[] OPENINGS = new float[NUMBERS * 2 * PAIRS.length];

  private static final float OPENING_WEIGHT = .5f;

  static {
    for (int pair = 0; pair < PAIRS.length; pair++) {
      for (int axis = 0; axis < 2; axis++) {
        int column = 2 * pair + axis;
        OPENINGS[(2 * PAIRS[pair][0] + axis) * 2 * PAIRS.length + column] = 1;
        OPENINGS[(2 * PAIRS[pair][1] + axis) * 2 * PAIRS.length + column] = -1;
      }
    }
  }

  private final RenderedPoints training;
  private final RenderedPoints validation;
  private final Augmentation augmentation;
  private final int batchSize;
  private final long seed;
  private final EpochPlan plan;
  private final Augmenter augmenter = new Augmenter(SIDE);
  private final AlternatingBuffers buffers = new AlternatingBuffers();

  /**
   * Describes the task.
   *
   * @param parts faces to learn from and to measure with
   * @param batchSize faces of a batch, 1 or more
   * @param seed decides order and variations
   * @throws IllegalArgumentException if there are fewer faces than a batch has
   */
  public SixtyEightTask(RenderedPoints.Parts parts, int batchSize, long seed) {
    this.training = parts.training();
    this.validation = parts.validation();
    this.augmentation =
        new Augmentation(.5, 10, .12, .02, .05, .25, .12, .5, .2, .35, .15, .15, .1, .2, 0);
    this.batchSize = batchSize;
    this.seed = seed;
    this.plan =
        new EpochPlan(List.of(new BatchSource(training.set(), 1, augmentation)), batchSize, seed);
  }

  @Override
  public Map<String, String> settings() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("augmentation", augmentation.toString());
    all.put("batch size", String.valueOf(batchSize));
    all.put("order seed", String.valueOf(seed));
    all.put("training data", training.set() + ", " + training.set().key());
    all.put("validation data", validation.set() + ", " + validation.set().key());
    return all;
  }

  @Override
  public int stepsPerEpoch() {
    return plan.steps();
  }

  @Override
  public LandmarkBatch load(int epoch, int step) {
    int[] faces = plan.faces(0, epoch, step);
    SplittableRandom random = Seeds.stream(seed, VARIATION, epoch, step);
    return batch(
        training, faces, augmentation, random, buffers.next(faces.length * VALUES), epoch, step);
  }

  private LandmarkBatch batch(
      RenderedPoints from,
      int[] faces,
      Augmentation how,
      SplittableRandom random,
      ByteBuffer pixels,
      int epoch,
      int step) {
    CropSet set = from.set();
    byte[] crop = new byte[set.planes() * set.side() * set.side()];
    float[] values = new float[VALUES];
    float[] wanted = new float[faces.length * NUMBERS];
    for (int i = 0; i < faces.length; i++) {
      set.readPixels(faces[i], crop);
      Warp warp = augmenter.write(crop, set.side(), set.planes(), how, random, values, 0);
      pixels.asFloatBuffer().put(values);
      pixels.position(pixels.position() + VALUES * Float.BYTES);
      place(from.points().get(faces[i]), warp, set.side(), wanted, i * NUMBERS);
    }
    return new LandmarkBatch(epoch, step, faces.length, pixels.flip(), wanted);
  }

  /** Writes where the points of a face lie in its varied crop, from the middle of that. */
  private static void place(float[] points, Warp warp, int side, float[] wanted, int from) {
    double unit = ALIGNER.template().interocularDistance();
    double middle = (SIDE - 1) / 2.0;
    for (int i = 0; i < Landmarks68.COUNT; i++) {
      Point p = warp.toResult(new Point(points[2 * i], points[2 * i + 1]), side, SIDE);
      int to = from + 2 * (warp.mirrors() ? MIRRORED[i] : i);
      wanted[to] = (float) ((p.x() - middle) / unit);
      wanted[to + 1] = (float) ((p.y() - middle) / unit);
    }
  }

  @Override
  public int size(LandmarkBatch batch) {
    return batch.size();
  }

  @Override
  public String describe(LandmarkBatch batch) {
    return "%d faces of epoch %d, batch %d, seed %d"
        .formatted(batch.size(), batch.epoch() + 1, batch.step(), seed);
  }

  @Override
  public StepLoss loss(NetworkBlock network, LandmarkBatch batch, NDManager manager) {
    NDArray away = LandmarkTask.away(network, pixels(batch, manager), batch.offsets());
    NDArray openings = away.matMul(manager.create(OPENINGS, new Shape(NUMBERS, 2 * PAIRS.length)));
    return new StepLoss(
        LandmarkTask.meanLength(away).add(LandmarkTask.meanLength(openings).mul(OPENING_WEIGHT)),
        Map.of());
  }

  private static NDArray pixels(LandmarkBatch batch, NDManager manager) {
    return PixelTensors.of(manager, batch.pixels(), batch.size(), SIDE);
  }

  /**
   * Measures the mean distance of the points, in parts of the distance of the same face's eyes, and
   * how far the openness of the eyes agrees with that of the exact points.
   */
  @Override
  public Map<String, Double> validate(NetworkBlock network) {
    AlternatingBuffers own = new AlternatingBuffers();
    SplittableRandom random = Seeds.stream(seed, VARIATION);
    int faces = validation.set().size();
    double sum = 0;
    double[] open = new double[faces];
    double[] read = new double[faces];
    for (int from = 0; from < faces; from += FACES_AT_ONCE) {
      int[] some = IntStream.range(from, Math.min(faces, from + FACES_AT_ONCE)).toArray();
      LandmarkBatch batch =
          batch(validation, some, MEASURED, random, own.next(some.length * VALUES), 0, 0);
      float[] wanted = batch.offsets();
      try (NDManager manager = NDManager.newBaseManager()) {
        float[] named = network.infer(pixels(batch, manager)).singletonOrThrow().toFloatArray();
        for (int i : some) {
          Landmarks68 truth = landmarks(wanted, i - from);
          Landmarks68 found = landmarks(named, i - from);
          sum += error(found, truth);
          open[i] = truth.eyeOpennessLeft() + truth.eyeOpennessRight();
          read[i] = found.eyeOpennessLeft() + found.eyeOpennessRight();
        }
      }
    }
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("landmark_error", sum / faces);
    figures.put("openness_correlation", Concordance.of(open, read).pearson());
    return figures;
  }

  private static Landmarks68 landmarks(float[] numbers, int face) {
    return Landmarks68.of(
        IntStream.range(0, NUMBERS).mapToDouble(i -> numbers[face * NUMBERS + i]).toArray());
  }

  private static double error(Landmarks68 found, Landmarks68 truth) {
    double sum = 0;
    for (int i = 0; i < Landmarks68.COUNT; i++) {
      sum += found.points().get(i).distanceTo(truth.points().get(i));
    }
    return sum / Landmarks68.COUNT / truth.five().interocularDistance();
  }

  @Override
  public Optional<String> monitored() {
    return Optional.empty();
  }
}
