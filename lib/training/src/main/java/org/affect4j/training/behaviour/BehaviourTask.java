package org.affect4j.training.behaviour;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.affect4j.face.Expression;
import org.affect4j.training.batch.BatchLoader;
import org.affect4j.training.batch.BatchSource;
import org.affect4j.training.batch.CropSet;
import org.affect4j.training.batch.EpochPlan;
import org.affect4j.training.batch.FaceBatch;
import org.affect4j.training.network.NetworkBlock;
import org.affect4j.training.train.StepLoss;
import org.affect4j.training.train.TrainingTask;

/** Expressions, action units, valence and arousal from sets that each have some of the labels. */
public final class BehaviourTask implements TrainingTask<FaceBatch> {
  private final BatchLoader loader;
  private final int side;
  private final double smoothing;
  private final double classBalance;
  private final float[] classWeights;
  private final List<CropSet> validation;
  private final Optional<String> monitored;

  /** Draft. */
  public BehaviourTask(
      List<BatchSource> sources,
      List<CropSet> validation,
      Optional<String> monitored,
      int batchSize,
      int side,
      double smoothing,
      double classBalance,
      long seed) {
    this.loader = new BatchLoader(new EpochPlan(sources, batchSize, seed), side, seed);
    this.side = side;
    this.smoothing = smoothing;
    this.classBalance = classBalance;
    this.validation = List.copyOf(validation);
    this.monitored = monitored;
    double[] counts = new double[Expression.COUNT];
    for (BatchSource s : sources) {
      long[] c = s.set().expressionCounts();
      for (int i = 0; i < c.length; i++) {
        counts[i] += s.passes() * c[i];
      }
    }
    double mean = java.util.Arrays.stream(counts).average().orElseThrow();
    classWeights = new float[Expression.COUNT];
    for (int i = 0; i < counts.length; i++) {
      classWeights[i] = counts[i] == 0 ? 0 : (float) Math.pow(mean / counts[i], classBalance);
    }
  }

  @Override
  public Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("side", String.valueOf(side));
    settings.put("label smoothing", String.valueOf(smoothing));
    settings.put("class balance", String.valueOf(classBalance));
    for (BatchSource source : loader.plan().sources()) {
      settings.put(
          "set " + source.set().name(),
          "%s, %s passes, %s"
              .formatted(source.set().key(), source.passes(), source.augmentation()));
    }
    return settings;
  }

  @Override
  public int stepsPerEpoch() {
    return loader.plan().steps();
  }

  @Override
  public FaceBatch load(int epoch, int step) {
    return loader.load(epoch, step);
  }

  @Override
  public int size(FaceBatch batch) {
    return batch.size();
  }

  @Override
  public String describe(FaceBatch batch) {
    return "%d faces: %s, …"
        .formatted(
            batch.size(),
            String.join(", ", batch.names().subList(0, Math.min(8, batch.names().size()))));
  }

  @Override
  public StepLoss loss(NetworkBlock network, FaceBatch batch, NDManager manager) {
    NDArray input = FaceTensors.of(manager, batch.pixels(), batch.size(), side);
    NDList out = network.forward(new ParameterStore(manager, false), new NDList(input), true);
    float[] t = batch.expressions().clone();
    float[] w = new float[batch.size()];
    double sum = 0;
    for (int i = 0; i < batch.size(); i++) {
      for (int k = 0; k < 7; k++) {
        w[i] += t[i * 7 + k] * classWeights[k];
      }
      sum += w[i];
      for (int k = 0; k < 7; k++) {
        t[i * 7 + k] = (float) ((t[i * 7 + k] * (1 - smoothing) + smoothing / 7) * w[i]);
      }
    }
    NDArray target = manager.create(t, new Shape(batch.size(), 7));
    NDArray ce = out.get(0).logSoftmax(1).mul(target).sum().neg().div((float) sum);
    return new StepLoss(ce, Map.of("expression", ce));
  }

  @Override
  public Map<String, Double> validate(NetworkBlock network) {
    Map<String, Double> figures = new LinkedHashMap<>();
    validation.forEach(set -> figures.putAll(Predictions.of(network, set, side).figures()));
    return figures;
  }

  @Override
  public Optional<String> monitored() {
    return monitored;
  }
}
