package org.affect4j.training.network;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
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
   * The frame model: input {@code [batch, 3, 224, 224]}, RGB, normalised; outputs {@code expression
   * [batch, 8]} (logits; exported as probabilities) and {@code embedding [batch, 1280]}.
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
    return b.output(Answer.EXPRESSION.output(), scores, NetworkOutput.Function.SOFTMAX)
        .output("embedding", embedding, NetworkOutput.Function.NONE)
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

  /** What a light head answers. */
  public enum Answer {
    /** Output {@code expression}: logits of classes, exported as probabilities. */
    EXPRESSION,
    /** Output {@code action_units}: 17 logits, exported as probabilities. */
    ACTION_UNITS,
    /** Output {@code valence_arousal}: two numbers, after tanh. */
    VALENCE_AROUSAL;

    /**
     * Returns the name of the output.
     *
     * @return such as {@code "action_units"}
     */
    public String output() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A light head for all three tasks (Fig. 1 of the paper) on the features of {@link #frameModel},
   * with the seven expressions of the library.
   *
   * @param features what it reads
   * @param hidden units of the hidden layer (ReLU); 0 for none, which is logistic regression
   * @return the network, such as {@code hse-head-embeddings-mlp}
   */
  public static NetworkSpec head(Features features, int hidden) {
    String name =
        "hse-head-%s-%s"
            .formatted(features.name().toLowerCase(Locale.ROOT), hidden == 0 ? "linear" : "mlp");
    return head(name, features.count(), hidden, Expression.COUNT, EnumSet.allOf(Answer.class));
  }

  /**
   * A light head on the features of any network, which should be standardised. The thresholds of
   * the units are chosen afterwards, on validation data: {@code ActionUnitThresholds}.
   *
   * @param name name of the network
   * @param features values that it reads, 1 or more
   * @param hidden units of the hidden layer (ReLU); 0 for none, which is logistic regression
   * @param expressions classes of the output {@code expression}, such as 8 with contempt
   * @param answers its outputs, at least one
   * @return the network
   * @throws IllegalArgumentException if a size is negative or there is no output
   */
  public static NetworkSpec head(
      String name, int features, int hidden, int expressions, Set<Answer> answers) {
    NetworkBuilder b = NetworkSpec.builder(name, FeatureShape.vector(features));
    String x = NetworkSpec.INPUT;
    if (hidden != 0) {
      x =
          b.add(
              "hidden.act", Activation.RELU, b.add("hidden", new FullyConnected(hidden, true), x));
    }
    for (Answer answer : EnumSet.copyOf(answers)) {
      String layer = answer.output() + ".fc";
      switch (answer) {
        case EXPRESSION ->
            b.output(
                answer.output(),
                b.add(layer, new FullyConnected(expressions, true), x),
                NetworkOutput.Function.SOFTMAX);
        case ACTION_UNITS ->
            b.output(
                answer.output(),
                b.add(layer, new FullyConnected(ActionUnit.COUNT, true), x),
                NetworkOutput.Function.SIGMOID);
        case VALENCE_AROUSAL ->
            b.output(
                answer.output(),
                b.add(
                    answer.output() + ".tanh",
                    Activation.TANH,
                    b.add(layer, new FullyConnected(2, true), x)),
                NetworkOutput.Function.NONE);
      }
    }
    return b.build();
  }
}
