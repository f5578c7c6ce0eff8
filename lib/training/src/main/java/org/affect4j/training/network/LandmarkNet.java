package org.affect4j.training.network;

/**
 * A network that looks at one aligned face again and says where its five landmarks lie: a cascade's
 * second stage (Sun et al. 2013, Deep Convolutional Network Cascade for Facial Point Detection,
 * section 3; Zhang et al. 2016, MTCNN, section II.A). The map is not averaged before the last
 * layers, as positions are asked for.
 *
 * <p>Input {@code [batch, 3, 64, 64]}, RGB in -1 to 1. Output {@code offsets [batch, 10]} as in
 * {@code LandmarkFrame}.
 */
public final class LandmarkNet {
  /** Side of the input in pixels. */
  public static final int SIDE = 64;

  private static final int HIDDEN = 128;
  private static final int OFFSETS = 10;

  private LandmarkNet() {}

  /**
   * The network that refines the landmarks of our detectors: residual stages of 24, 48 and 96
   * channels.
   *
   * @return the network {@code landmarks-compact}
   */
  public static NetworkSpec compact() {
    NetworkBuilder b = NetworkSpec.builder("landmarks-compact", FeatureShape.map(3, SIDE, SIDE));
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
            "offsets",
            b.add("offsets", new FullyConnected(OFFSETS, true), read),
            NetworkOutput.Function.NONE)
        .build();
  }
}
