package org.affect4j.training.network;

import java.util.ArrayList;
import java.util.List;
import org.affect4j.image.PixelLayout;

/**
 * The single-stage face detector RetinaFace (Deng et al. 2020, section 3; Behaviour4All, section
 * 3): a backbone, a feature pyramid of the strides 8, 16, 32 (Lin et al. 2017), a context head per
 * level (SSH, Najibi et al. 2017, section 3.3), and 1 x 1 convolutions to class, box and landmarks
 * of every prior of {@code PriorSpec.standard()}. The paper has five levels; the published
 * small-face code, whose prior boxes the library uses, has three.
 *
 * <p>Input {@code [batch, 3, height, width]}, BGR minus mean. Outputs {@code loc [batch, priors,
 * 4]}, {@code conf [batch, priors, 2]} (logits; exported as probabilities), {@code landms [batch,
 * priors, 10]}.
 */
public final class RetinaFaceNet {
  /** Side of the input for which sizes are stated, in pixels. */
  public static final int SIDE = 320;

  private static final double LEAK = .1;

  /** What all detectors of this package are shown: blue, green, red without their means. */
  public static final PixelLayout PIXELS =
      new PixelLayout(PixelLayout.Order.BGR, 104, 117, 123, 1, PixelLayout.Storage.FLOAT_PLANES);

  private RetinaFaceNet() {}

  /**
   * RetinaFace on MobileNet with a quarter of its channels (Howard et al. 2017): depthwise
   * separable convolutions, pyramid of 64 channels, leaky ReLU.
   *
   * @return the network {@code retinaface-mobilenet025}
   */
  public static NetworkSpec mobileNet025() {
    NetworkBuilder b =
        NetworkSpec.builder("retinaface-mobilenet025", FeatureShape.map(3, SIDE, SIDE));
    Activation leaky = Activation.leakyRelu(LEAK);
    String x = b.activated("stem", Convolution.plain(8, 3, 2), leaky, NetworkSpec.INPUT);
    int[] widths = {16, 32, 32, 64, 64, 128, 128, 128, 128, 128, 128, 256, 256};
    int[] strides = {1, 2, 1, 2, 1, 2, 1, 1, 1, 1, 1, 2, 1};
    int channels = 8;
    List<String> maps = new ArrayList<>();
    for (int i = 0; i < widths.length; i++) {
      String name = "block" + (i + 1);
      String depth =
          b.activated(
              name + ".depthwise", Convolution.depthwise(channels, 3, strides[i]), leaky, x);
      x = b.activated(name + ".pointwise", Convolution.plain(widths[i], 1, 1), leaky, depth);
      channels = widths[i];
      if (i + 1 == widths.length || (strides[i + 1] == 2 && widths[i] >= 64)) {
        maps.add(x);
      }
    }
    return pyramid(b, maps, 64, leaky);
  }

  /**
   * RetinaFace on ResNet-50 (He et al. 2016) with a pyramid of 256 channels.
   *
   * @return the network {@code retinaface-resnet50}
   */
  public static NetworkSpec resNet50() {
    NetworkBuilder b = NetworkSpec.builder("retinaface-resnet50", FeatureShape.map(3, SIDE, SIDE));
    return pyramid(b, Bottlenecks.resNet50(b).subList(1, 4), 256, Activation.RELU);
  }

  private static NetworkSpec pyramid(
      NetworkBuilder b, List<String> maps, int width, Activation activation) {
    Convolution lateral = Convolution.plain(width, 1, 1);
    Convolution merge = Convolution.plain(width, 3, 1);
    String fine = b.activated("lateral1", lateral, activation, maps.get(0));
    String middle = b.activated("lateral2", lateral, activation, maps.get(1));
    String coarse = b.activated("lateral3", lateral, activation, maps.get(2));
    middle = b.activated("merge2", merge, activation, down(b, "down2", coarse, middle));
    fine = b.activated("merge1", merge, activation, down(b, "down1", middle, fine));
    List<String> contexts = new ArrayList<>();
    for (String map : List.of(fine, middle, coarse)) {
      contexts.add(context(b, "context" + (contexts.size() + 1), map, width, activation));
    }
    return DetectorHeads.build(b, contexts);
  }

  /** One step down the pyramid: the coarse map, twice as large, plus the fine one. */
  static String down(NetworkBuilder b, String name, String coarse, String fine) {
    return b.add(
        name, Combination.ADD, fine, b.add(name + ".large", new Enlarging(), coarse, fine));
  }

  /** Three branches that see 3, 5 and 7 pixels; the larger two share their first convolution. */
  private static String context(
      NetworkBuilder b, String name, String from, int width, Activation activation) {
    Convolution quarter = Convolution.plain(width / 4, 3, 1);
    String near = b.normalised(name + ".conv3", Convolution.plain(width / 2, 3, 1), from);
    String shared = b.activated(name + ".shared", quarter, activation, from);
    String middle = b.normalised(name + ".conv5", quarter, shared);
    String far =
        b.normalised(
            name + ".conv7", quarter, b.activated(name + ".inner7", quarter, activation, shared));
    return b.add(name, Activation.RELU, b.add(name + ".join", Combination.JOIN, near, middle, far));
  }
}
