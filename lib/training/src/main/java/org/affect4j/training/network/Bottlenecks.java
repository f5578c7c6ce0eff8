package org.affect4j.training.network;

import java.util.ArrayList;
import java.util.List;

/** The four stages of ResNet-50 (He et al. 2016, table 1). */
final class Bottlenecks {
  private static final int[] BLOCKS = {3, 4, 6, 3};
  private static final int[] WIDTHS = {64, 128, 256, 512};
  private static final int EXPANSION = 4;

  private Bottlenecks() {}

  /**
   * Adds the stem of the published network, 7 x 7 pixels and a pool, and the stages after it.
   *
   * @return the last node of each stage
   */
  static List<String> resNet50(NetworkBuilder b) {
    String stem =
        b.activated("stem", Convolution.plain(64, 7, 2), Activation.RELU, NetworkSpec.INPUT);
    String pooled = b.add("stem.pool", new Pooling(Pooling.Kind.MAXIMUM, 3, 2, 1), stem);
    return resNet50(b, pooled, false);
  }

  /**
   * Adds the stages after the stem and its pool, which has 64 channels.
   *
   * @param strideFirst whether the first 1 x 1 convolution of a stage halves the map, as in the
   *     paper; otherwise the 3 x 3 one does, as in most published code
   * @return the last node of each stage
   */
  static List<String> resNet50(NetworkBuilder b, String from, boolean strideFirst) {
    List<String> stages = new ArrayList<>();
    String x = from;
    for (int stage = 0; stage < BLOCKS.length; stage++) {
      for (int block = 0; block < BLOCKS[stage]; block++) {
        int stride = block == 0 && stage > 0 ? 2 : 1;
        x =
            bottleneck(
                b,
                "stage%d.block%d".formatted(stage + 1, block + 1),
                x,
                WIDTHS[stage],
                stride,
                strideFirst,
                block == 0);
      }
      stages.add(x);
    }
    return stages;
  }

  /**
   * A 1 x 1 convolution with a stride is written as one of every second pixel, which is the same:
   * the backward pass of the former, with 512 channels or more, ended the process in oneDNN
   * (PyTorch 2.7.1, SIGFPE in est_eff_1x1).
   */
  private static String bottleneck(
      NetworkBuilder b,
      String name,
      String from,
      int width,
      int stride,
      boolean strideFirst,
      boolean project) {
    int out = width * EXPANSION;
    String halved =
        stride == 1
            ? from
            : b.add(name + ".pixels", new Pooling(Pooling.Kind.MAXIMUM, 1, stride, 0), from);
    String x =
        b.activated(
            name + ".conv1",
            Convolution.plain(width, 1, 1),
            Activation.RELU,
            strideFirst ? halved : from);
    x =
        b.activated(
            name + ".conv2",
            Convolution.plain(width, 3, strideFirst ? 1 : stride),
            Activation.RELU,
            x);
    x = b.silent(name + ".conv3", Convolution.plain(out, 1, 1), x);
    String shortcut =
        project ? b.normalised(name + ".shortcut", Convolution.plain(out, 1, 1), halved) : from;
    return b.add(name, Activation.RELU, b.add(name + ".sum", Combination.ADD, x, shortcut));
  }
}
