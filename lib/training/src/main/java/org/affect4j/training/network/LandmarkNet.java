package org.affect4j.training.network;

/**
 * Networks that look at one aligned face again and say where its landmarks lie: a cascade's second
 * stage (Sun et al. 2013, Deep Convolutional Network Cascade for Facial Point Detection, section 3;
 * Zhang et al. 2016, MTCNN, section II.A). The map is not averaged before the last layers, as
 * positions are asked for.
 */
public final class LandmarkNet {
  /** Side of the input in pixels of the network for five landmarks. */
  public static final int SIDE = 64;

  /** Side of the input in pixels of the network for 68 landmarks. */
  public static final int SIDE_OF_68 = 80;

  private static final int HIDDEN = 128;

  private LandmarkNet() {}

  /**
   * The network that refines the landmarks of our detectors: residual stages of 24, 48 and 96
   * channels.
   *
   * <p>Input {@code [batch, 3, 64, 64]}, RGB in -1 to 1. Output {@code offsets [batch, 10]} as in
   * {@code LandmarkFrame}.
   *
   * @return the network {@code landmarks-compact}
   */
  public static NetworkSpec compact() {
    return network("landmarks-compact", SIDE, "offsets", 10);
  }

  /**
   * The network that finds 68 landmarks: the same stages on a larger crop.
   *
   * <p>Input {@code [batch, 3, 80, 80]}, RGB in -1 to 1. Output {@code points [batch, 136]}: x and
   * y of each point from the middle of the crop, in distances of the eyes of an aligned face.
   *
   * @return the network {@code landmarks-68-compact}
   */
  public static NetworkSpec sixtyEight() {
    return network("landmarks-68-compact", SIDE_OF_68, "points", 136);
  }

  private static NetworkSpec network(String title, int side, String output, int numbers) {
    NetworkBuilder b = NetworkSpec.builder(title, FeatureShape.map(3, side, side));
    String x = b.activated("stem", Convolution.plain(16, 3, 2), Activation.RELU, NetworkSpec.INPUT);
    int channels = 16;
    int[] widths = {24, 48, 96};
    int[] blocks = {1, 2, 2};
    for (int stage = 0; stage < widths.length; stage++) {
      for (int block = 0; block < blocks[stage]; block++) {
        String name = "stage%d.block%d".formatted(stage + 1, block + 1);
        x =
            FacebehaviourNet.basicBlock(
                b, name, x, channels, widths[stage], block == 0 ? 2 : 1, false, false);
        channels = widths[stage];
      }
    }
    String hidden =
        b.add("hidden", new FullyConnected(HIDDEN, true), b.add("flat", new Flattening(), x));
    String read =
        b.add("hidden.act", Activation.RELU, b.add("hidden.bn", new BatchNormalisation(), hidden));
    return b.output(
            output,
            b.add(output, new FullyConnected(numbers, true), read),
            NetworkOutput.Function.NONE)
        .build();
  }
}
