package org.affect4j.training.network;

import java.util.List;

/**
 * Our small face detector in the style of RetinaFace: dense 3 x 3 convolutions, residual steps of
 * one convolution, a three-level pyramid, one context convolution per level. Input and outputs are
 * those of {@link RetinaFaceNet}.
 */
public final class CompactDetector {
  private CompactDetector() {}

  /**
   * Channels and depth.
   *
   * @param stem2 channels at half the size
   * @param stem4 channels at a quarter
   * @param stride8 channels at stride 8
   * @param stride16 channels at stride 16
   * @param stride32 channels at stride 32
   * @param pyramid channels of the pyramid and the heads
   * @param steps residual steps at the strides 8, 16 and 32
   */
  public record Size(
      int stem2,
      int stem4,
      int stride8,
      int stride16,
      int stride32,
      int pyramid,
      List<Integer> steps) {
    /** Copies and checks the list. */
    public Size {
      steps = List.copyOf(steps);
      if (steps.size() != 3 || steps.stream().anyMatch(s -> s < 0)) {
        throw new IllegalArgumentException(
            "a detector has a number of steps for each of three strides, got " + steps);
      }
    }
  }

  /**
   * The network of the bundled detector: 420,240 parameters, 277 million multiply-accumulates at
   * 320 x 320.
   *
   * @return the network {@code detector-compact}
   */
  public static NetworkSpec standard() {
    return of("detector-compact", new Size(16, 32, 48, 64, 96, 48, List.of(2, 2, 1)));
  }

  /**
   * A smaller one, of at most 200 million multiply-accumulates at 320 x 320. Most is saved where
   * faces are few pixels wide: at strides 4 and 8.
   *
   * @return the network {@code detector-small}
   */
  public static NetworkSpec small() {
    return of("detector-small", new Size(16, 24, 40, 64, 96, 32, List.of(2, 2, 2)));
  }

  /**
   * A detector of any size.
   *
   * @param name name of the network
   * @param size its size
   * @return the network
   */
  public static NetworkSpec of(String name, Size size) {
    NetworkBuilder b =
        NetworkSpec.builder(name, FeatureShape.map(3, RetinaFaceNet.SIDE, RetinaFaceNet.SIDE));
    String x = conv(b, "stem2", size.stem2(), 3, 2, NetworkSpec.INPUT);
    x = conv(b, "stem4", size.stem4(), 3, 2, x);
    String fine = stage(b, "stride8", size.stride8(), size.steps().get(0), x);
    String middle = stage(b, "stride16", size.stride16(), size.steps().get(1), fine);
    String coarse = stage(b, "stride32", size.stride32(), size.steps().get(2), middle);
    int width = size.pyramid();
    String lateral1 = conv(b, "lateral1", width, 1, 1, fine);
    String lateral2 = conv(b, "lateral2", width, 1, 1, middle);
    String level3 = conv(b, "lateral3", width, 1, 1, coarse);
    String level2 =
        conv(b, "merge2", width, 3, 1, RetinaFaceNet.down(b, "down2", level3, lateral2));
    String level1 =
        conv(b, "merge1", width, 3, 1, RetinaFaceNet.down(b, "down1", level2, lateral1));
    return DetectorHeads.build(
        b,
        List.of(
            conv(b, "context1", width, 3, 1, level1),
            conv(b, "context2", width, 3, 1, level2),
            conv(b, "context3", width, 3, 1, level3)),
        RetinaFaceNet.Levels.THREE.priors());
  }

  private static String stage(NetworkBuilder b, String name, int width, int steps, String from) {
    String x = conv(b, name, width, 3, 2, from);
    for (int i = 1; i <= steps; i++) {
      String step = name + ".step" + i;
      String change = b.normalised(step + ".conv", Convolution.plain(width, 3, 1), x);
      x = b.add(step, Activation.RELU, b.add(step + ".sum", Combination.ADD, x, change));
    }
    return x;
  }

  private static String conv(
      NetworkBuilder b, String name, int width, int kernel, int stride, String from) {
    return b.activated(name, Convolution.plain(width, kernel, stride), Activation.RELU, from);
  }
}
