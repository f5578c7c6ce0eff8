package org.affect4j.training.network;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.affect4j.detect.PriorBoxes;
import org.affect4j.image.PixelLayout;
import org.affect4j.model.PriorSpec;

/**
 * The single-stage face detector RetinaFace (Deng et al. 2020, section 3; Behaviour4All, section
 * 3): a backbone, a feature pyramid (Lin et al. 2017), a context head per level (SSH, Najibi et al.
 * 2017, section 3.3), and 1 x 1 convolutions to class, box and landmarks of every prior. {@link
 * Levels} says of how many maps the pyramid is.
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

  /** The maps of the pyramid. */
  public enum Levels {
    /** Strides 8, 16, 32, as in the published code for small faces. */
    THREE(PriorSpec.standard(), ""),
    /**
     * Strides 4 to 64, as in the paper: four of the backbone, and one more by a 3 x 3 convolution
     * of stride 2 on the last of these.
     */
    FIVE(PriorSpec.fiveLevels(), "-five");

    private final PriorSpec priors;
    private final String suffix;

    Levels(PriorSpec priors, String suffix) {
      this.priors = priors;
      this.suffix = suffix;
    }

    /**
     * Returns the prior boxes that the network answers for.
     *
     * @return steps and sizes, one step per level
     */
    public PriorSpec priors() {
      return priors;
    }
  }

  /**
   * Returns the prior boxes that a detector answers for.
   *
   * @param detector a detector of this package
   * @return the layout of {@link Levels} with as many priors as the network gives boxes
   * @throws IllegalArgumentException if it is no detector with such a layout
   */
  public static PriorSpec priors(NetworkSpec detector) {
    FeatureShape input = detector.input();
    FeatureShape boxes = detector.shapes(input).get(detector.outputs().get(0).node());
    return Stream.of(Levels.values())
        .map(Levels::priors)
        .filter(
            priors ->
                input.isMap()
                    && boxes.equals(
                        FeatureShape.rows(
                            new PriorBoxes(priors, input.width(), input.height()).count(), 4)))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "network '%s' gives %s, boxes of no prior layout of three or five levels"
                        .formatted(detector.name(), boxes)));
  }

  /**
   * RetinaFace on MobileNet with three levels.
   *
   * @return {@link #mobileNet025(Levels)}, {@code retinaface-mobilenet025}
   */
  public static NetworkSpec mobileNet025() {
    return mobileNet025(Levels.THREE);
  }

  /**
   * RetinaFace on MobileNet with a quarter of its channels (Howard et al. 2017): depthwise
   * separable convolutions, pyramid of 64 channels, leaky ReLU.
   *
   * @param levels maps of the pyramid
   * @return the network {@code retinaface-mobilenet025} or {@code retinaface-mobilenet025-five}
   */
  public static NetworkSpec mobileNet025(Levels levels) {
    NetworkBuilder b =
        NetworkSpec.builder(
            "retinaface-mobilenet025" + levels.suffix, FeatureShape.map(3, SIDE, SIDE));
    int least = levels == Levels.FIVE ? 32 : 64;
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
      if (i + 1 == widths.length || (strides[i + 1] == 2 && widths[i] >= least)) {
        maps.add(x);
      }
    }
    return pyramid(b, maps, 64, leaky, levels);
  }

  /**
   * RetinaFace on ResNet-50 with three levels.
   *
   * @return {@link #resNet50(Levels)}, {@code retinaface-resnet50}
   */
  public static NetworkSpec resNet50() {
    return resNet50(Levels.THREE);
  }

  /**
   * RetinaFace on ResNet-50 (He et al. 2016) with a pyramid of 256 channels.
   *
   * @param levels maps of the pyramid
   * @return the network {@code retinaface-resnet50} or {@code retinaface-resnet50-five}
   */
  public static NetworkSpec resNet50(Levels levels) {
    NetworkBuilder b =
        NetworkSpec.builder("retinaface-resnet50" + levels.suffix, FeatureShape.map(3, SIDE, SIDE));
    List<String> stages = Bottlenecks.resNet50(b);
    List<String> maps = levels == Levels.FIVE ? stages : stages.subList(1, stages.size());
    return pyramid(b, maps, 256, Activation.RELU, levels);
  }

  private static NetworkSpec pyramid(
      NetworkBuilder b, List<String> maps, int width, Activation activation, Levels levels) {
    Convolution lateral = Convolution.plain(width, 1, 1);
    Convolution merge = Convolution.plain(width, 3, 1);
    List<String> pyramid = new ArrayList<>();
    for (String map : maps) {
      pyramid.add(b.activated("lateral" + (pyramid.size() + 1), lateral, activation, map));
    }
    for (int level = maps.size() - 1; level > 0; level--) {
      String sum = down(b, "down" + level, pyramid.get(level), pyramid.get(level - 1));
      pyramid.set(level - 1, b.activated("merge" + level, merge, activation, sum));
    }
    if (levels == Levels.FIVE) {
      String last = maps.get(maps.size() - 1);
      pyramid.add(b.activated("coarsest", Convolution.plain(width, 3, 2), activation, last));
    }
    List<String> contexts = new ArrayList<>();
    for (String map : pyramid) {
      contexts.add(context(b, "context" + (contexts.size() + 1), map, width, activation));
    }
    return DetectorHeads.build(b, contexts, levels.priors());
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
