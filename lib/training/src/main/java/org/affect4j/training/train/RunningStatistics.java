package org.affect4j.training.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.affect4j.training.network.BatchNormalisation;
import org.affect4j.training.network.FeatureShape;
import org.affect4j.training.network.NetworkBlock;
import org.affect4j.training.network.NetworkNode;
import org.affect4j.training.network.NetworkSpec;
import org.affect4j.training.network.NetworkWeights;
import org.affect4j.training.network.Operation;
import org.affect4j.training.network.ParameterSpec;

/**
 * The running statistics of batch normalisation, measured on the batches of a task. In training a
 * batch is normalised by its own mean and variance, so that weights whose statistics are others,
 * such as those out of an ONNX file, would compute something else from the first step on.
 */
public final class RunningStatistics {
  /** The most batches that are measured. */
  public static final int BATCHES = 20;

  private RunningStatistics() {}

  /**
   * Gives weights the statistics of a task; scale and shift change with them, so that the network
   * computes the same as before: with mean m and variance v measured instead of m' and v', {@code
   * scale sqrt((v + e) / (v' + e))} and {@code shift + scale (m - m') / sqrt(v' + e)} (Ioffe and
   * Szegedy 2015, section 3).
   *
   * @param <B> a batch of the task
   * @param spec the network
   * @param weights its weights
   * @param task whose first batches are measured, as training shows them
   * @return weights that differ in nothing but batch normalisation
   * @throws IllegalArgumentException if the weights are not those of this network
   */
  public static <B> NetworkWeights measured(
      NetworkSpec spec, NetworkWeights weights, TrainingTask<B> task) {
    Map<String, Observed> observed = new LinkedHashMap<>();
    List<NetworkNode> nodes = spec.nodes().stream().map(node -> observing(node, observed)).toList();
    NetworkSpec watched = new NetworkSpec(spec.name(), spec.input(), nodes, spec.outputs());
    try (NDManager manager = NDManager.newBaseManager()) {
      NetworkBlock block = NetworkBlock.ready(watched, weights, manager);
      for (int step = 0; step < Math.min(BATCHES, task.stepsPerEpoch()); step++) {
        try (NDManager scratch = manager.newSubManager()) {
          task.loss(block, task.load(0, step), scratch);
        }
      }
    }
    Map<String, float[]> values = new LinkedHashMap<>();
    weights.names().forEach(name -> values.put(name, weights.values(name)));
    observed.forEach((node, seen) -> seen.replace(node, values));
    return NetworkWeights.of(spec, values);
  }

  private static NetworkNode observing(NetworkNode node, Map<String, Observed> observed) {
    if (!(node.operation() instanceof BatchNormalisation norm)) {
      return node;
    }
    Observed operation = new Observed(norm);
    observed.put(node.name(), operation);
    return new NetworkNode(node.name(), operation, node.inputs());
  }

  /** Batch normalisation as after training, which remembers what it reads. */
  private static final class Observed implements Operation {
    private static final int[] ROW = {1};

    private final BatchNormalisation norm;
    private int batches;
    private double[] means = new double[0];
    private double[] squares = new double[0];

    Observed(BatchNormalisation norm) {
      this.norm = norm;
    }

    @Override
    public FeatureShape shape(List<FeatureShape> inputs) {
      return norm.shape(inputs);
    }

    @Override
    public List<ParameterSpec> parameters(List<FeatureShape> inputs) {
      return norm.parameters(inputs);
    }

    @Override
    public NDArray apply(NDList inputs, Map<String, NDArray> parameters, boolean training) {
      // One row for each channel.
      NDArray x = inputs.singletonOrThrow().swapAxes(0, 1);
      NDArray rows = x.reshape(x.getShape().get(0), -1);
      NDArray mean = rows.mean(ROW, true);
      float[] m = mean.toFloatArray();
      float[] v = rows.sub(mean).square().mean(ROW).toFloatArray();
      if (batches == 0) {
        means = new double[m.length];
        squares = new double[m.length];
      }
      batches++;
      for (int c = 0; c < m.length; c++) {
        means[c] += m[c];
        squares[c] += v[c] + (double) m[c] * m[c];
      }
      return norm.apply(inputs, parameters, false);
    }

    void replace(String node, Map<String, float[]> values) {
      float[] scale = values.get(node + ".scale");
      float[] shift = values.get(node + ".shift");
      float[] mean = values.get(node + ".running_mean");
      float[] variance = values.get(node + ".running_variance");
      for (int c = 0; c < scale.length; c++) {
        double m = means[c] / batches;
        double v = Math.max(0, squares[c] / batches - m * m);
        double deviation = Math.sqrt(variance[c] + BatchNormalisation.EPSILON);
        shift[c] += (float) (scale[c] * (m - mean[c]) / deviation);
        scale[c] *= (float) (Math.sqrt(v + BatchNormalisation.EPSILON) / deviation);
        mean[c] = (float) m;
        variance[c] = (float) v;
      }
    }
  }
}
