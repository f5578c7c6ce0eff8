package org.affect4j.training.network;

import java.util.ArrayList;
import java.util.List;
import org.affect4j.model.PriorSpec;

/**
 * The last layers of RetinaFace-style detectors: box, class and landmark offsets of every prior.
 */
final class DetectorHeads {
  private static final double DEVIATION = .01;

  /** Logits of a face probability of about 1 %: most priors are background from the start. */
  private static final double BACKGROUND_LOGIT = 2.2;

  private DetectorHeads() {}

  /** Adds heads that read one map for each level of the priors, finest first. */
  static NetworkSpec build(NetworkBuilder b, List<String> maps, PriorSpec priors) {
    List<String> boxes = new ArrayList<>();
    List<String> classes = new ArrayList<>();
    List<String> landmarks = new ArrayList<>();
    for (int level = 0; level < maps.size(); level++) {
      int each = priors.minimumSizes().get(level).size();
      String name = "level%d.".formatted(level + 1);
      String map = maps.get(level);
      boxes.add(rows(b, name + "loc", map, head(each * 4).withBias(0.0), 4));
      classes.add(
          rows(
              b,
              name + "conf",
              map,
              head(each * 2).withBias(BACKGROUND_LOGIT, -BACKGROUND_LOGIT),
              2));
      landmarks.add(rows(b, name + "landms", map, head(each * 10).withBias(0.0), 10));
    }
    return b.output("loc", join(b, "loc.all", boxes), NetworkOutput.Function.NONE)
        .output("conf", join(b, "conf.all", classes), NetworkOutput.Function.SOFTMAX)
        .output("landms", join(b, "landms.all", landmarks), NetworkOutput.Function.NONE)
        .build();
  }

  private static Convolution head(int channels) {
    return Convolution.plain(channels, 1, 1).withDeviation(DEVIATION);
  }

  private static String rows(
      NetworkBuilder b, String name, String map, Convolution convolution, int values) {
    return b.add(name + ".rows", new PriorRows(values), b.add(name, convolution, map));
  }

  private static String join(NetworkBuilder b, String name, List<String> rows) {
    return b.add(name, Combination.JOIN, rows.toArray(String[]::new));
  }
}
