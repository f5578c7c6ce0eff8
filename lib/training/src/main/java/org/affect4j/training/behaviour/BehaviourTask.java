package org.affect4j.training.behaviour;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.ParameterStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.affect4j.face.ExpressionPrior;
import org.affect4j.training.batch.BatchSource;
import org.affect4j.training.batch.CropLabels;
import org.affect4j.training.batch.CropSet;
import org.affect4j.training.batch.FaceBatch;
import org.affect4j.training.batch.internal.BatchLoader;
import org.affect4j.training.batch.internal.EpochPlan;
import org.affect4j.training.batch.internal.PixelTensors;
import org.affect4j.training.behaviour.internal.LabelNeeds;
import org.affect4j.training.network.BehaviourHeads;
import org.affect4j.training.network.NetworkBlock;
import org.affect4j.training.train.StepLoss;
import org.affect4j.training.train.TrainingTask;

/**
 * Expressions, action units, valence and arousal, learned together from sets of which each has some
 * of the labels, the heads coupled by what is known of expressions and units (Behaviour4All,
 * section 3; FaceBehaviorNet, section 3).
 */
public final class BehaviourTask implements TrainingTask<FaceBatch> {
  private static final int NAMES_SHOWN = 8;

  private final BatchLoader loader;
  private final int side;
  private final BehaviourHeads heads;
  private final BehaviourLosses losses;
  private final BehaviourLoss loss;
  private final List<CropSet> validation;
  private final Optional<String> monitored;
  private final Optional<ConsistentTeacher> teacher;

  /**
   * Describes the task.
   *
   * @param sources sets to train with
   * @param validation sets to measure with after each epoch; figures are named by set
   * @param monitored figure by which the best epoch is chosen; empty to take the last epoch
   * @param batchSize faces of a batch
   * @param side side of the network's input in pixels
   * @param heads what the network says
   * @param losses what it is taught by
   * @param seed decides order and variation
   * @throws IllegalArgumentException if a part of the loss has no label to learn from, a set has
   *     none to learn, or batches cannot be drawn as asked
   */
  public BehaviourTask(
      List<BatchSource> sources,
      List<CropSet> validation,
      Optional<String> monitored,
      int batchSize,
      int side,
      BehaviourHeads heads,
      BehaviourLosses losses,
      long seed) {
    this.loader = new BatchLoader(new EpochPlan(sources, batchSize, seed), side, seed);
    this.side = side;
    this.heads = heads;
    this.losses = losses;
    this.validation = List.copyOf(validation);
    this.monitored = monitored;
    Map<String, List<CropLabels>> labels = new LinkedHashMap<>();
    sources.forEach(source -> labels.put(source.set().name(), source.set().labels()));
    new LabelNeeds(heads, losses.weights().tasks(), losses.affectPrior()).require(labels);
    this.loss = new BehaviourLoss(losses, heads, sources);
    this.teacher = Optional.empty();
  }

  private BehaviourTask(BehaviourTask task, ConsistentTeacher teacher) {
    this.loader = task.loader;
    this.side = task.side;
    this.heads = task.heads;
    this.losses = task.losses;
    this.loss = task.loss;
    this.validation = task.validation;
    this.monitored = task.monitored;
    this.teacher = Optional.of(teacher);
  }

  /**
   * Describes the task with the usual settings ({@link BehaviourLosses#usual}) for a network of
   * seven expressions and 17 units, the last epoch taken.
   *
   * @param sources sets to train with
   * @param validation sets to measure with after each epoch; figures are named by set
   * @param batchSize faces of a batch
   * @param side side of the network's input in pixels
   * @param weights how much each part of the loss counts
   * @param seed decides order and variation
   * @return the task
   * @throws IllegalArgumentException if a part of the loss has no label to learn from, or batches
   *     cannot be drawn as asked
   */
  public static BehaviourTask of(
      List<BatchSource> sources,
      List<CropSet> validation,
      int batchSize,
      int side,
      LossWeights weights,
      long seed) {
    return new BehaviourTask(
        sources,
        validation,
        Optional.empty(),
        batchSize,
        side,
        BehaviourHeads.standard(),
        BehaviourLosses.usual(weights),
        seed);
  }

  /**
   * The same task, every batch of which a teacher reads. The batches are shared: only one of both
   * tasks may be used.
   *
   * @param reader who has a say in the expressions of photos; to be closed after the training
   * @return changed copy
   */
  public BehaviourTask taughtBy(ConsistentTeacher reader) {
    return new BehaviourTask(this, reader);
  }

  @Override
  public Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("side", String.valueOf(side));
    settings.put("expressions", String.valueOf(heads.classes()));
    settings.put("units", String.valueOf(heads.units()));
    settings.putAll(losses.settings());
    if (!loss.frequencies().isEmpty()) {
      settings.put("even odds from", loss.frequencies().toString());
    }
    for (BatchSource source : loader.plan().sources()) {
      settings.put(
          "set " + source.set().name(),
          "%s: %d faces, %s passes, expressions weigh %s, %s%s"
              .formatted(
                  source.set().key(),
                  source.set().size(),
                  source.passes(),
                  source.expressionWeight(),
                  source.augmentation(),
                  source.teacher().map(t -> ", " + t).orElse("")
                      + source.weakUnits().map(t -> ", " + t).orElse("")));
    }
    teacher.ifPresent(t -> settings.put("teacher", t.toString()));
    return settings;
  }

  @Override
  public int stepsPerEpoch() {
    return loader.plan().steps();
  }

  @Override
  public FaceBatch load(int epoch, int step) {
    FaceBatch batch = loader.load(epoch, step);
    return teacher.isPresent() ? teacher.get().teach(batch) : batch;
  }

  @Override
  public int size(FaceBatch batch) {
    return batch.size();
  }

  @Override
  public String describe(FaceBatch batch) {
    List<String> names = batch.names();
    return "%d faces: %s%s"
        .formatted(
            batch.size(),
            String.join(", ", names.subList(0, Math.min(NAMES_SHOWN, names.size()))),
            names.size() > NAMES_SHOWN ? ", …" : "");
  }

  @Override
  public StepLoss loss(NetworkBlock network, FaceBatch batch, NDManager manager) {
    NDArray pixels = PixelTensors.of(manager, batch.pixels(), batch.size(), side);
    NDList outputs = network.forward(new ParameterStore(manager, false), new NDList(pixels), true);
    return loss.of(network.spec(), outputs, batch, manager);
  }

  @Override
  public Map<String, Double> validate(NetworkBlock network) {
    Map<String, Double> figures = new LinkedHashMap<>();
    for (CropSet set : validation) {
      Predictions said = Predictions.of(network, set, side);
      figures.putAll(said.figures());
      figures.putAll(HeadValues.ofOwnClasses(network, set, side));
      figures.putAll(HeadValues.ofContempt(network, set, side));
      if (!loss.frequencies().isEmpty()) {
        ExpressionPrior prior = new ExpressionPrior(loss.frequencies());
        figures.putAll(said.withPrior(set.name() + "_as_frequent", prior).figures());
      }
    }
    return figures;
  }

  @Override
  public Optional<String> monitored() {
    return monitored;
  }
}
