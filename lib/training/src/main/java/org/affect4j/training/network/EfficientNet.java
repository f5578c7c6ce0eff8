package org.affect4j.training.network;

import org.affect4j.face.ActionUnit;
import org.affect4j.face.Expression;

/**
 * The frame model of the EfficientNet systems (Savchenko 2022, Video-based Frame-level Facial
 * Analysis, section 2): EfficientNet-B0 (Tan and Le 2019, table 1) gives an embedding and scores of
 * the eight expressions of AffectNet; a light head reads the embedding, the scores, or both.
 */
public final class EfficientNet {
  /** Side of the frame model's input in pixels. */
  public static final int SIDE = 224;

  /** Values of the embedding. */
  public static final int EMBEDDING = 1280;

  /** The expressions of AffectNet: seven and contempt. */
  public static final int SCORES = 8;

  /** Expansion, channels, repeats, stride, kernel of each stage. */
  private static final int[][] STAGES = {
    {1, 16, 1, 1, 3},
    {6, 24, 2, 2, 3},
    {6, 40, 2, 2, 5},
    {6, 80, 3, 2, 3},
    {6, 112, 3, 1, 5},
    {6, 192, 4, 2, 5},
    {6, 320, 1, 1, 3}
  };

  private static final int STEM = 32;
  private static final double DROPOUT = .2;

  private EfficientNet() {}

  /** What a light head reads. */
  public enum Features {
    /** The embedding: best for expressions and action units in the paper. */
    EMBEDDINGS(EMBEDDING),
    /** The scores: best for valence and arousal in the paper. */
    SCORES(EfficientNet.SCORES),
    /** The embedding, then the scores. */
    BOTH(EMBEDDING + EfficientNet.SCORES);

    private final int count;

    Features(int count) {
      this.count = count;
    }

    /**
     * Returns the number of values.
     *
     * @return values of one frame
     */
    public int count() {
      return count;
    }
  }

  /**
   * The frame model: input {@code [batch, 3, 224, 224]}, RGB, normalised; outputs {@code embedding
   * [batch, 1280]} and {@code scores [batch, 8]} (logits; exported as probabilities).
   *
   * @return the network {@code hse-efficientnet-b0}
   */
  public static NetworkSpec frameModel() {
    NetworkBuilder b = NetworkSpec.builder("hse-efficientnet-b0", FeatureShape.map(3, SIDE, SIDE));
    String x =
        b.activated("stem", Convolution.plain(STEM, 3, 2), Activation.SILU, NetworkSpec.INPUT);
    int channels = STEM;
    for (int s = 0; s < STAGES.length; s++) {
      int[] stage = STAGES[s];
      for (int i = 0; i < stage[2]; i++) {
        x =
            block(
                b,
                "stage%d.block%d".formatted(s + 1, i + 1),
                x,
                channels,
                stage[1],
                stage[0],
                i == 0 ? stage[3] : 1,
                stage[4]);
        channels = stage[1];
      }
    }
    x = b.activated("head", Convolution.plain(EMBEDDING, 1, 1), Activation.SILU, x);
    String embedding = b.add("features", new Flattening(), b.add("pool", new GlobalMean(), x));
    String scores =
        b.add(
            "scores.fc",
            new FullyConnected(SCORES, true),
            b.add("drop", new Dropping(DROPOUT), embedding));
    return b.output("embedding", embedding, NetworkOutput.Function.NONE)
        .output("scores", scores, NetworkOutput.Function.SOFTMAX)
        .build();
  }

  /** An inverted bottleneck: widen, filter each channel, weigh the channels, narrow. */
  private static String block(
      NetworkBuilder b,
      String name,
      String from,
      int channels,
      int width,
      int expansion,
      int stride,
      int kernel) {
    int wide = channels * expansion;
    String x = from;
    if (expansion > 1) {
      x = b.activated(name + ".expand", Convolution.plain(wide, 1, 1), Activation.SILU, x);
    }
    x =
        b.activated(
            name + ".depthwise", Convolution.depthwise(wide, kernel, stride), Activation.SILU, x);
    x = b.excited(name + ".excite", wide, Math.max(1, channels / 4), Activation.SILU, x);
    x = b.normalised(name + ".project", Convolution.plain(width, 1, 1), x);
    return stride == 1 && channels == width ? b.add(name, Combination.ADD, from, x) : x;
  }

  /**
   * A light head for all three tasks (Fig. 1 of the paper): {@code expression} (7 logits; exported
   * as probabilities), {@code action_units} (17 logits; exported as probabilities), {@code
   * valence_arousal} (after tanh). The thresholds of the units are chosen afterwards, on validation
   * data: {@code ActionUnitThresholds}.
   *
   * @param features what it reads
   * @param hidden units of the hidden layer (ReLU); 0 for none, which is logistic regression
   * @return the network, such as {@code hse-head-embeddings-mlp}
   */
  public static NetworkSpec head(Features features, int hidden) {
    String name =
        "hse-head-%s-%s"
            .formatted(
                features.name().toLowerCase(java.util.Locale.ROOT), hidden == 0 ? "linear" : "mlp");
    NetworkBuilder b = NetworkSpec.builder(name, FeatureShape.vector(features.count()));
    String x = NetworkSpec.INPUT;
    if (hidden > 0) {
      x =
          b.add(
              "hidden.act", Activation.RELU, b.add("hidden", new FullyConnected(hidden, true), x));
    }
    String expression = b.add("expression.fc", new FullyConnected(Expression.COUNT, true), x);
    String units = b.add("action_units.fc", new FullyConnected(ActionUnit.COUNT, true), x);
    String affect =
        b.add(
            "valence_arousal.tanh",
            Activation.TANH,
            b.add("valence_arousal.fc", new FullyConnected(2, true), x));
    return b.output("expression", expression, NetworkOutput.Function.SOFTMAX)
        .output("action_units", units, NetworkOutput.Function.SIGMOID)
        .output("valence_arousal", affect, NetworkOutput.Function.NONE)
        .build();
  }
}
