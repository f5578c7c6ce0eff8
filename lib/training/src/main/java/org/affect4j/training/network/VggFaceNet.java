package org.affect4j.training.network;

import java.util.ArrayList;
import java.util.List;
import org.affect4j.face.Expression;

/**
 * Multi-task networks on VGG-FACE: 13 convolutions and five pools, then two fully connected layers
 * of 4096 units with dropout .5, and linear heads. Input {@code [batch, 3, 96, 96]}, RGB in -1 to
 * 1.
 */
public final class VggFaceNet {
  /** Side of the input in pixels. */
  public static final int SIDE = 96;

  /** Action units that Aff-Wild2 annotates in its first form. */
  static final int AFF_WILD2_UNITS = 8;

  private static final int[][] STAGES = {
    {64, 64}, {128, 128}, {256, 256, 256}, {512, 512, 512}, {512, 512, 512}
  };
  private static final int HIDDEN = 4096;
  private static final double DROPOUT = .5;

  private VggFaceNet() {}

  /**
   * FaceBehaviorNet (Face Behavior a la carte, Fig. 1 and section 4.1): valence and arousal
   * (linear, without tanh), 7 expressions, 17 units. The embedding is the second fully connected
   * layer.
   *
   * @return the network {@code facebehaviornet-vggface}
   */
  public static NetworkSpec faceBehaviorNet() {
    return build("facebehaviornet-vggface", 17, "fc7.act");
  }

  /**
   * MT-VGG (the unified framework, section VI.A.1): the same with the eight units of Aff-Wild2. The
   * embedding is the first fully connected layer, which the recurrent networks of that paper read.
   *
   * @return the network {@code mt-vgg}
   */
  public static NetworkSpec mtVgg() {
    return build("mt-vgg", AFF_WILD2_UNITS, "fc6.act");
  }

  private static NetworkSpec build(String name, int units, String embedding) {
    NetworkBuilder b = NetworkSpec.builder(name, FeatureShape.map(3, SIDE, SIDE));
    String x = b.add("features", new Flattening(), pools(b, "", NetworkSpec.INPUT).get(4));
    x = hidden(b, "fc7", hidden(b, "fc6", x));
    return heads(b, x, units).output("embedding", embedding, NetworkOutput.Function.NONE).build();
  }

  /**
   * Adds the convolutions and pools.
   *
   * @param stream what the names of the nodes begin with
   * @return the five pools
   */
  static List<String> pools(NetworkBuilder b, String stream, String from) {
    String x = from;
    List<String> pools = new ArrayList<>();
    for (int stage = 0; stage < STAGES.length; stage++) {
      for (int i = 0; i < STAGES[stage].length; i++) {
        String conv = "%sconv%d_%d".formatted(stream, stage + 1, i + 1);
        x =
            b.add(
                conv + ".act",
                Activation.RELU,
                b.add(conv, Convolution.plain(STAGES[stage][i], 3, 1).withBias(0.0), x));
      }
      x = b.add(stream + "pool" + (stage + 1), new Pooling(Pooling.Kind.MAXIMUM, 2, 2, 0), x);
      pools.add(x);
    }
    return pools;
  }

  /** Adds one of the fully connected layers, its ReLU and its dropout. */
  static String hidden(NetworkBuilder b, String name, String from) {
    String x =
        b.add(name + ".act", Activation.RELU, b.add(name, new FullyConnected(HIDDEN, true), from));
    return b.add(name + ".drop", new Dropping(DROPOUT), x);
  }

  /** Adds the linear heads: 7 expressions, some units, valence and arousal. */
  static NetworkBuilder heads(NetworkBuilder b, String x, int units) {
    String expression = b.add("expression.fc", new FullyConnected(Expression.COUNT, true), x);
    String actionUnits = b.add("action_units.fc", new FullyConnected(units, true), x);
    String affect = b.add("valence_arousal.fc", new FullyConnected(2, true), x);
    return b.output("expression", expression, NetworkOutput.Function.SOFTMAX)
        .output("action_units", actionUnits, NetworkOutput.Function.SIGMOID)
        .output("valence_arousal", affect, NetworkOutput.Function.NONE);
  }
}
