package org.affect4j.training.network;

import java.util.List;
import java.util.Locale;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.Expression;

/**
 * The multi-task network on residual units: one embedding, and from it seven expressions, 17 action
 * units, valence and arousal (Behaviour4All, section 3 and Fig. 2).
 *
 * <p>Input {@code [batch, 3, 112, 112]}, RGB in -1 to 1. Outputs, in order: {@code expression}
 * (logits; exported as probabilities), {@code action_units} (logits; exported as probabilities),
 * {@code valence_arousal} (after tanh), {@code embedding} (after ReLU).
 */
public final class FacebehaviourNet {
  /** Side of the input in pixels. */
  public static final int SIDE = 112;

  private FacebehaviourNet() {}

  /**
   * The sizes of a compact network.
   *
   * @param stem channels of the first convolution, which halves the picture
   * @param widths channels of each stage; every stage halves the map
   * @param blocks residual blocks of each stage
   * @param embedding values of the embedding
   * @param dropout part of the values that is dropped before the embedding and before the heads
   * @param squeezeExcite whether each block weighs its channels
   * @param smooth whether stages after the first halve the map by the means of 2 x 2 values behind
   *     their first convolution, rather than by its stride
   */
  public record Size(
      int stem,
      List<Integer> widths,
      List<Integer> blocks,
      int embedding,
      double dropout,
      boolean squeezeExcite,
      boolean smooth) {
    /** Copies and checks the lists. */
    public Size {
      widths = List.copyOf(widths);
      blocks = List.copyOf(blocks);
      if (widths.isEmpty() || widths.size() != blocks.size()) {
        throw new IllegalArgumentException(
            "a network needs as many widths as numbers of blocks, got %s and %s"
                .formatted(widths, blocks));
      }
    }

    /**
     * Makes a size whose stages halve the map by a stride.
     *
     * @param stem channels of the first convolution, which halves the picture
     * @param widths channels of each stage; every stage halves the map
     * @param blocks residual blocks of each stage
     * @param embedding values of the embedding
     * @param dropout part of the values that is dropped before the embedding and before the heads
     * @param squeezeExcite whether each block weighs its channels
     */
    public Size(
        int stem,
        List<Integer> widths,
        List<Integer> blocks,
        int embedding,
        double dropout,
        boolean squeezeExcite) {
      this(stem, widths, blocks, embedding, dropout, squeezeExcite, false);
    }

    /**
     * Returns the size of our compact network: 1.11 M parameters, 88 million multiply-accumulates.
     * Most of them are at 14 and 7 pixels, where a multiply-accumulate costs least time.
     *
     * @return stem 16, one block of 32 channels, two of 72, two of 168, embedding 256, dropout .3
     */
    public static Size compact() {
      return new Size(16, List.of(32, 72, 168), List.of(1, 2, 2), 256, .3, false);
    }

    /**
     * Returns the size of the compact network, smooth: the same parameters, a third more
     * operations.
     *
     * @return 1.11 M parameters, 116 million multiply-accumulates
     */
    public static Size compactSmooth() {
      return new Size(16, List.of(32, 72, 168), List.of(1, 2, 2), 256, .3, false, true);
    }

    /**
     * Returns the size of a network near the limits of 2 M parameters and 200 million
     * multiply-accumulates: wider late stages, and squeeze-and-excitation in every block.
     *
     * @return stem 24, two blocks each of 48, 104 and 208 channels, embedding 256, dropout .3
     */
    public static Size compactWide() {
      return new Size(24, List.of(48, 104, 208), List.of(2, 2, 2), 256, .3, true);
    }

    /**
     * Returns the same with another dropout.
     *
     * @param rate 0 to below 1
     * @return the size
     */
    public Size withDropout(double rate) {
      return new Size(stem, widths, blocks, embedding, rate, squeezeExcite, smooth);
    }
  }

  /** The compact networks that are trained by one recipe. */
  public enum Variant {
    /** {@link FacebehaviourNet#compact}, the least of them. */
    COMPACT("facebehaviour-compact", Size.compact()),
    /** {@link FacebehaviourNet#compactSmooth}. */
    SMOOTH("facebehaviour-compact-smooth", Size.compactSmooth()),
    /** {@link FacebehaviourNet#compactWide}, which is bundled. */
    WIDE("facebehaviour-compact-wide", Size.compactWide());

    private final String network;
    private final Size size;

    Variant(String network, Size size) {
      this.network = network;
      this.size = size;
    }

    /**
     * Returns the network.
     *
     * @param dropout part of the features dropped in training, 0 to below 1
     * @return the network
     */
    public NetworkSpec network(double dropout) {
      return of(network, size.withDropout(dropout));
    }

    /** Returns the name in lower case, which commands take too. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Our compact network.
   *
   * @return the network {@code facebehaviour-compact}
   */
  public static NetworkSpec compact() {
    return of(Variant.COMPACT.network, Variant.COMPACT.size);
  }

  /**
   * The compact network, less sensitive to where the face lies in the crop: a convolution with a
   * stride keeps one in four of its values and the mean keeps something of all (Zhang 2019, Making
   * Convolutional Networks Shift-Invariant Again, section 3.2, with the rectangular filter of two
   * values). It has the parameters of {@link #compact} and can begin with its weights.
   *
   * @return the network {@code facebehaviour-compact-smooth}
   */
  public static NetworkSpec compactSmooth() {
    return of(Variant.SMOOTH.network, Variant.SMOOTH.size);
  }

  /**
   * A compact network near the limits of 2 M parameters and 200 million multiply-accumulates.
   *
   * @return the network {@code facebehaviour-compact-wide}
   */
  public static NetworkSpec compactWide() {
    return of(Variant.WIDE.network, Variant.WIDE.size);
  }

  /**
   * The paper's network as its text describes it (section 3 and Fig. 2): residual units of 1 x 1, 3
   * x 3, 1 x 1 convolutions with batch normalisation, where only 1 x 1 convolutions have stride 2,
   * so that the first convolution keeps the 112 pixels and a pool halves them: ResNet-50 with 56
   * pixels in its first stage. The text names neither the stem nor the length of the shared layer;
   * ours are 3 x 3 with 64 channels, and 256 as in our compact network. Table 11 states 23.1 M
   * parameters and 3.8 GFLOPs, in which a multiply-accumulate counts as one.
   *
   * @return the network {@code facebehaviour-paper}
   */
  public static NetworkSpec paper() {
    NetworkBuilder b = NetworkSpec.builder("facebehaviour-paper", FeatureShape.map(3, SIDE, SIDE));
    String stem =
        b.activated("stem", Convolution.plain(64, 3, 1), Activation.RELU, NetworkSpec.INPUT);
    String pooled = b.add("stem.pool", new Pooling(Pooling.Kind.MAXIMUM, 3, 2, 1), stem);
    String last = Bottlenecks.resNet50(b, pooled, true).get(3);
    return multiTask(b, last, Size.compact().embedding(), 0).build();
  }

  /**
   * A residual network of basic blocks (He et al. 2016, Deep Residual Learning, section 3.3); where
   * a block halves the map, its shortcut takes means of 2 x 2 pixels before the projection (He et
   * al. 2019, Bag of Tricks, section 4.1, ResNet-D).
   *
   * @param name name of the network
   * @param size its size
   * @return the network
   */
  public static NetworkSpec of(String name, Size size) {
    NetworkBuilder b = NetworkSpec.builder(name, FeatureShape.map(3, SIDE, SIDE));
    String x =
        b.activated(
            "stem", Convolution.plain(size.stem(), 3, 2), Activation.RELU, NetworkSpec.INPUT);
    int channels = size.stem();
    for (int stage = 0; stage < size.widths().size(); stage++) {
      int width = size.widths().get(stage);
      for (int block = 0; block < size.blocks().get(stage); block++) {
        x =
            basicBlock(
                b,
                "stage%d.block%d".formatted(stage + 1, block + 1),
                x,
                channels,
                width,
                block == 0 ? 2 : 1,
                size.squeezeExcite(),
                size.smooth() && stage > 0);
        channels = width;
      }
    }
    return multiTask(b, x, size.embedding(), size.dropout()).build();
  }

  static String basicBlock(
      NetworkBuilder b,
      String name,
      String from,
      int channels,
      int width,
      int stride,
      boolean squeezeExcite,
      boolean smooth) {
    boolean averaged = smooth && stride > 1;
    Convolution first = Convolution.plain(width, 3, averaged ? 1 : stride);
    String inner = b.activated(name + ".conv1", first, Activation.RELU, from);
    if (averaged) {
      inner = b.add(name + ".conv1.pool", new Pooling(Pooling.Kind.MEAN, stride, stride, 0), inner);
    }
    String outer = b.normalised(name + ".conv2", Convolution.plain(width, 3, 1), inner);
    if (squeezeExcite) {
      outer = b.excited(name + ".excite", width, Math.max(8, width / 8), Activation.RELU, outer);
    }
    String shortcut = from;
    if (stride > 1) {
      shortcut = b.add(name + ".pool", new Pooling(Pooling.Kind.MEAN, stride, stride, 0), shortcut);
    }
    if (stride > 1 || channels != width) {
      shortcut = b.normalised(name + ".shortcut", Convolution.plain(width, 1, 1), shortcut);
    }
    return b.add(name, Activation.RELU, b.add(name + ".sum", Combination.ADD, outer, shortcut));
  }

  /** Adds the embedding of a map, the three heads, and the names of the outputs. */
  private static NetworkBuilder multiTask(
      NetworkBuilder b, String map, int values, double dropout) {
    String features = b.add("features", new Flattening(), b.add("pool", new GlobalMean(), map));
    String dropped = b.add("features.drop", new Dropping(dropout), features);
    String normalised =
        b.add(
            "embedding.bn",
            new BatchNormalisation(),
            b.add("embedding", new FullyConnected(values, true), dropped));
    String embedding = b.add("embedding.act", Activation.RELU, normalised);
    String read = b.add("embedding.drop", new Dropping(dropout), embedding);
    return heads(b, read).output("embedding", embedding, NetworkOutput.Function.NONE);
  }

  /** Adds the heads: expressions, all units, and valence and arousal in -1 to 1. */
  static NetworkBuilder heads(NetworkBuilder b, String read) {
    String expression = b.add("expression.fc", new FullyConnected(Expression.COUNT, true), read);
    String units = b.add("action_units.fc", new FullyConnected(ActionUnit.COUNT, true), read);
    String affect =
        b.add(
            "valence_arousal.tanh",
            Activation.TANH,
            b.add("valence_arousal.fc", new FullyConnected(2, true), read));
    return b.output("expression", expression, NetworkOutput.Function.SOFTMAX)
        .output("action_units", units, NetworkOutput.Function.SIGMOID)
        .output("valence_arousal", affect, NetworkOutput.Function.NONE);
  }
}
