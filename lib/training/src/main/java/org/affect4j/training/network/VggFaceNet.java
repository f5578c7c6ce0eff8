package org.affect4j.training.network;

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
  private static final int AFF_WILD2_UNITS = 8;

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
    String x = NetworkSpec.INPUT;
    for (int stage = 0; stage < STAGES.length; stage++) {
      for (int i = 0; i < STAGES[stage].length; i++) {
        String conv = "conv%d_%d".formatted(stage + 1, i + 1);
        x =
            b.add(
                conv + ".act",
                Activation.RELU,
                b.add(conv, Convolution.plain(STAGES[stage][i], 3, 1).withBias(0.0), x));
      }
      x = b.add("pool" + (stage + 1), new Pooling(Pooling.Kind.MAXIMUM, 2, 2, 0), x);
    }
    x = b.add("features", new Flattening(), x);
    for (String layer : new String[] {"fc6", "fc7"}) {
      x = b.add(layer + ".act", Activation.RELU, b.add(layer, new FullyConnected(HIDDEN, true), x));
      x = b.add(layer + ".drop", new Dropping(DROPOUT), x);
    }
    String expression = b.add("expression.fc", new FullyConnected(Expression.COUNT, true), x);
    String actionUnits = b.add("action_units.fc", new FullyConnected(units, true), x);
    String affect = b.add("valence_arousal.fc", new FullyConnected(2, true), x);
    return b.output("expression", expression, NetworkOutput.Function.SOFTMAX)
        .output("action_units", actionUnits, NetworkOutput.Function.SIGMOID)
        .output("valence_arousal", affect, NetworkOutput.Function.NONE)
        .output("embedding", embedding, NetworkOutput.Function.NONE)
        .build();
  }
}
