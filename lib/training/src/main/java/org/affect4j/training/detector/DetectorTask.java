package org.affect4j.training.detector;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.affect4j.detect.NonMaximumSuppression;
import org.affect4j.detect.PriorBoxes;
import org.affect4j.detect.RetinaFace;
import org.affect4j.face.Detection;
import org.affect4j.model.ModelEntry;
import org.affect4j.model.PriorSpec;
import org.affect4j.training.batch.internal.AlternatingBuffers;
import org.affect4j.training.batch.internal.PixelTensors;
import org.affect4j.training.detector.internal.DetectorScore;
import org.affect4j.training.loss.MultiBoxLoss;
import org.affect4j.training.loss.internal.PriorTargets;
import org.affect4j.training.loss.internal.Scalars;
import org.affect4j.training.network.NetworkBlock;
import org.affect4j.training.network.RetinaFaceNet;
import org.affect4j.training.scene.PhotoScenes;
import org.affect4j.training.scene.Scene;
import org.affect4j.training.scene.SceneComposer;
import org.affect4j.training.scene.SceneOptions;
import org.affect4j.training.scene.SceneSources;
import org.affect4j.training.train.StepLoss;
import org.affect4j.training.train.TrainingTask;

/**
 * Faces and their landmarks, learned from composed scenes, and from photos with boxes where there
 * are some, with the multi-box loss, and from the scores of a teacher where there is one.
 *
 * <p>The teacher is asked only about the priors at faces, those included that neither count as a
 * face nor as background: there the labels are blunt, and it grades them. Elsewhere the labels are
 * exact, and its false alarms are not learned.
 */
public final class DetectorTask implements TrainingTask<SceneBatch> {
  private static final int CHANNELS = 3;

  /** Seeds of scenes to measure with, which no epoch of training has. */
  private static final long VALIDATION = -1;

  private static final long FACELESS = -2;
  private static final long LOOKALIKES = -3;

  private static final double LEAST_SCORE = .05;
  private static final double SUPPRESSION = .4;
  private static final int MOST_CANDIDATES = 500;

  /** As in the prototypes of this detector: just below a face a prior is too close to call. */
  private static final PriorTargets.Overlap OVERLAP = new PriorTargets.Overlap(.35, .25);

  private final SceneComposer composer;
  private final Settings settings;
  private final PriorSpec priors;
  private final Optional<RetinaFace> teacher;
  private final Optional<PhotoScenes> photos;
  private final SceneComposer measured;
  private final SceneComposer faceless;
  private final SceneComposer lookalikes;
  private final String trainingKey;
  private final String validationKey;
  private final AlternatingBuffers buffers = new AlternatingBuffers();
  private float[] values = {};

  /**
   * How a detector is trained.
   *
   * @param scenes what scenes look like
   * @param batchSize scenes of a batch, 1 or more
   * @param scenesPerEpoch scenes of an epoch, at least one batch
   * @param validationScenes scenes of each of three kinds to measure with after each epoch: with
   *     faces, without, and without but with look-alikes; 100 or more, as one false positive in a
   *     hundred is asked for
   * @param loss the loss
   * @param teacherWeight how much the teacher counts, 0 or more
   * @param seed decides the scenes
   */
  public record Settings(
      SceneOptions scenes,
      int batchSize,
      int scenesPerEpoch,
      int validationScenes,
      MultiBoxLoss loss,
      double teacherWeight,
      long seed) {
    private static final int LEAST_VALIDATION = 100;

    /** Checks the ranges. */
    public Settings {
      if (batchSize < 1 || scenesPerEpoch < batchSize) {
        throw new IllegalArgumentException(
            "an epoch has at least one batch of at least one scene, got %d scenes in batches of %d"
                .formatted(scenesPerEpoch, batchSize));
      }
      if (validationScenes < LEAST_VALIDATION) {
        throw new IllegalArgumentException(
            "one false positive in a hundred images needs %d images to measure with or more, got %d"
                .formatted(LEAST_VALIDATION, validationScenes));
      }
      if (!(teacherWeight >= 0)) {
        throw new IllegalArgumentException("the teacher weighs 0 or more, got " + teacherWeight);
      }
    }
  }

  /**
   * Describes the task.
   *
   * @param training what scenes to train with are composed of
   * @param validation what scenes to measure with are composed of
   * @param priors what the network answers for, see {@link RetinaFaceNet#priors}
   * @param settings how
   * @param teacher a detector with the same priors; stays open
   * @param photos scenes to train with that take the place of composed ones
   * @throws IllegalArgumentException if the teacher has other priors
   */
  public DetectorTask(
      SceneSources training,
      SceneSources validation,
      PriorSpec priors,
      Settings settings,
      Optional<RetinaFace> teacher,
      Optional<PhotoScenes> photos) {
    this.photos = photos;
    this.priors = priors;
    this.settings = settings;
    this.teacher = teacher;
    teacher.ifPresent(this::requireSamePriors);
    SceneOptions scenes = settings.scenes();
    composer = new SceneComposer(training, scenes);
    measured =
        new SceneComposer(
            validation,
            new SceneOptions(
                scenes.side(),
                scenes.smallest(),
                scenes.largest(),
                0,
                scenes.crowds(),
                true,
                scenes.closeUps(),
                scenes.textures()));
    faceless = new SceneComposer(validation, scenes.faceless(false));
    lookalikes = new SceneComposer(validation, scenes.faceless(true));
    trainingKey = training + ", checksum " + training.key();
    validationKey = validation + ", checksum " + validation.key();
  }

  private void requireSamePriors(RetinaFace detector) {
    if (!detector.priors().equals(priors)) {
      throw new IllegalArgumentException(
          "a teacher answers for the priors %s, this one has %s; choose another teacher"
              .formatted(priors, detector.priors()));
    }
  }

  @Override
  public Map<String, String> settings() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("scenes", settings.scenes().toString());
    all.put("batch size", String.valueOf(settings.batchSize()));
    all.put("scenes per epoch", String.valueOf(settings.scenesPerEpoch()));
    all.put("scenes to measure with", String.valueOf(settings.validationScenes()));
    all.put("loss", settings.loss().toString());
    all.put("scene seed", String.valueOf(settings.seed()));
    all.put("training data", trainingKey);
    photos.ifPresent(p -> all.put("photos", p.toString()));
    all.put("validation data", validationKey);
    all.put(
        "teacher",
        teacher
            .flatMap(RetinaFace::entry)
            .map(DetectorTask::words)
            .map(t -> t + ", weight " + settings.teacherWeight())
            .orElse("none"));
    return all;
  }

  private static String words(ModelEntry entry) {
    return entry.name() + ", SHA-256 " + entry.sha256();
  }

  @Override
  public int stepsPerEpoch() {
    return settings.scenesPerEpoch() / settings.batchSize();
  }

  @Override
  public SceneBatch load(int epoch, int step) {
    int first = step * settings.batchSize();
    int side = settings.scenes().side();
    int each = side * side * CHANNELS;
    int size = settings.batchSize();
    if (values.length < size * each) {
      values = new float[size * each];
    }
    List<PriorTargets> targets = new ArrayList<>();
    int count = new PriorBoxes(priors, side, side).count();
    float[] scores = new float[teacher.isPresent() ? size * count : 0];
    for (int i = 0; i < size; i++) {
      Scene scene = training(epoch, first + i);
      scene.write(RetinaFaceNet.PIXELS, values, i * each);
      targets.add(PriorTargets.match(scene.faces(), priors, side, side, OVERLAP));
      if (teacher.isPresent()) {
        double[] ofScene = teacher.get().scores(scene.image());
        for (int p = 0; p < count; p++) {
          scores[i * count + p] = (float) ofScene[p];
        }
      }
    }
    ByteBuffer buffer = buffers.next(size * each);
    buffer.asFloatBuffer().put(values, 0, size * each);
    return new SceneBatch(epoch, first, side, buffer, targets, scores);
  }

  private Scene training(int epoch, int index) {
    long seed = settings.seed();
    return photos
        .filter(p -> p.gives(seed, epoch, index))
        .map(p -> p.compose(seed, epoch, index))
        .orElseGet(() -> composer.compose(seed, epoch, index));
  }

  @Override
  public int size(SceneBatch batch) {
    return batch.size();
  }

  @Override
  public String describe(SceneBatch batch) {
    return "scenes %d to %d of epoch %d and seed %d"
        .formatted(
            batch.first(), batch.first() + batch.size() - 1, batch.epoch() + 1, settings.seed());
  }

  @Override
  public StepLoss loss(NetworkBlock network, SceneBatch batch, NDManager manager) {
    NDArray pixels = PixelTensors.of(manager, batch.pixels(), batch.size(), batch.side());
    NDList outputs = network.forward(new ParameterStore(manager, false), new NDList(pixels), true);
    MultiBoxLoss.Parts parts =
        settings.loss().of(outputs.get(0), outputs.get(1), outputs.get(2), batch.targets());
    Map<String, NDArray> terms = new LinkedHashMap<>();
    terms.put("classes", parts.classes());
    terms.put("boxes", parts.boxes());
    terms.put("landmarks", parts.landmarks());
    NDArray total = parts.total();
    if (batch.teacher().length > 0 && settings.teacherWeight() > 0) {
      NDArray taught = ofTeacher(outputs.get(1), batch, manager);
      terms.put("teacher", taught);
      total = total.add(Scalars.times(taught, settings.teacherWeight()));
    }
    return new StepLoss(total, terms);
  }

  /** Cross-entropy with the teacher's probabilities over the priors at faces (Hinton 2015). */
  private static NDArray ofTeacher(NDArray classes, SceneBatch batch, NDManager manager) {
    int priors = batch.targets().get(0).classes().length;
    float[] mask = new float[batch.size() * priors];
    for (int i = 0; i < batch.size(); i++) {
      int[] wanted = batch.targets().get(i).classes();
      for (int p = 0; p < priors; p++) {
        mask[i * priors + p] = wanted[p] == PriorTargets.BACKGROUND ? 0 : 1;
      }
    }
    Shape each = new Shape(batch.size(), priors);
    NDArray asked = manager.create(mask, each);
    NDArray wanted = manager.create(batch.teacher(), each);
    NDArray face = classes.get(":, :, 1").sub(classes.get(":, :, 0"));
    // -t log s(x) - (1 - t) log(1 - s(x)) = max(x, 0) - t x + log(1 + exp(-|x|))
    NDArray entropy =
        Scalars.atLeast(face, 0).sub(wanted.mul(face)).add(face.abs().neg().exp().add(1f).log());
    return entropy.mul(asked).sum().div(asked.sum().maximum(1f));
  }

  @Override
  public Map<String, Double> validate(NetworkBlock network) {
    DetectorScore score = new DetectorScore();
    for (int i = 0; i < settings.validationScenes(); i++) {
      Scene scene = measured.compose(settings.seed(), VALIDATION, i);
      score.addFaces(detect(network, scene), scene.faces());
      score.addFaceless(detect(network, faceless.compose(settings.seed(), FACELESS, i)));
      score.addLookalikes(detect(network, lookalikes.compose(settings.seed(), LOOKALIKES, i)));
    }
    return score.figures();
  }

  /** Decodes as the library does. */
  private List<Detection> detect(NetworkBlock network, Scene scene) {
    int side = settings.scenes().side();
    float[] pixels = new float[side * side * CHANNELS];
    scene.write(RetinaFaceNet.PIXELS, pixels, 0);
    ByteBuffer buffer =
        ByteBuffer.allocateDirect(pixels.length * Float.BYTES).order(ByteOrder.nativeOrder());
    buffer.asFloatBuffer().put(pixels);
    try (NDManager manager = NDManager.newBaseManager()) {
      NDList outputs = network.infer(PixelTensors.of(manager, buffer, 1, side));
      float[] loc = outputs.get(0).toFloatArray();
      float[] conf = outputs.get(1).softmax(-1).toFloatArray();
      float[] points = outputs.get(2).toFloatArray();
      PriorBoxes boxes = new PriorBoxes(priors, side, side);
      List<Detection> found = new ArrayList<>();
      for (int p = 0; p < boxes.count(); p++) {
        double probability = conf[2 * p + 1];
        if (probability >= LEAST_SCORE) {
          found.add(
              new Detection(
                  boxes.decodeBox(p, loc),
                  Math.min(1, probability),
                  boxes.decodeLandmarks(p, points)));
        }
      }
      return NonMaximumSuppression.keep(
          found.stream().sorted(NonMaximumSuppression.ORDER).limit(MOST_CANDIDATES).toList(),
          SUPPRESSION);
    }
  }

  @Override
  public Optional<String> monitored() {
    return Optional.empty();
  }
}
