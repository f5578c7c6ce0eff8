package org.affect4j.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.affect4j.Golden;
import org.affect4j.face.Detection;
import org.affect4j.face.Landmarks;
import org.affect4j.face.PixelBox;
import org.junit.jupiter.api.Test;

class NonMaximumSuppressionTest {
  private static final Landmarks POINTS = Landmarks.of(0, 0, 1, 0, .5, .5, 0, 1, 1, 1);

  @Test
  void keepsWhatNumpyKeepsWhateverTheOrder() throws Exception {
    JsonObject golden = Golden.read("nms");
    double[] scores = Golden.doubles(golden.get("scores"));
    List<Detection> all = new ArrayList<>();
    for (int i = 0; i < scores.length; i++) {
      double[] b = Golden.doubles(golden.getAsJsonArray("boxes").get(i));
      all.add(new Detection(PixelBox.ofCorners(b[0], b[1], b[2], b[3]), scores[i], POINTS));
    }
    List<Detection> expected =
        Arrays.stream(Golden.doubles(golden.get("keep"))).mapToObj(i -> all.get((int) i)).toList();
    List<Detection> shuffled = new ArrayList<>(all);
    Collections.shuffle(shuffled, new Random(3));
    double threshold = golden.get("threshold").getAsDouble();
    assertEquals(expected, NonMaximumSuppression.keep(shuffled, threshold));
  }

  @Test
  void equalScoresComeFromLeftToRight() {
    Detection left = new Detection(new PixelBox(0, 0, 10, 10), .9, POINTS);
    Detection right = new Detection(new PixelBox(100, 0, 10, 10), .9, POINTS);
    assertEquals(List.of(left, right), NonMaximumSuppression.keep(List.of(right, left), .4));
  }

  @Test
  void aFaceIsTheWeightedMeanOfWhatOverlapsIt() {
    Detection best = new Detection(new PixelBox(0, 0, 10, 10), .9, POINTS);
    Detection near = new Detection(new PixelBox(2, 0, 10, 10), .6, POINTS.moved(1, 2, 0));
    Detection far = new Detection(new PixelBox(8, 0, 10, 10), .9, POINTS.moved(1, 8, 0));
    Detection mean = NonMaximumSuppression.vote(best, List.of(best, near, far));
    assertEquals(.9, mean.score());
    assertEquals(2 * .6 / 1.5, mean.box().x(), 1e-12);
    assertEquals(.5 + 2 * .6 / 1.5, mean.landmarks().nose().x(), 1e-12);
    assertEquals(10, mean.box().width(), 1e-12);
  }
}
