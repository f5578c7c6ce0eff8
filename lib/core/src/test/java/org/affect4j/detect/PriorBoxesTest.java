package org.affect4j.detect;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.gson.JsonObject;
import org.affect4j.Golden;
import org.affect4j.face.PixelBox;
import org.affect4j.face.Point;
import org.affect4j.model.PriorSpec;
import org.junit.jupiter.api.Test;

class PriorBoxesTest {
  @Test
  void layOutAndDecodingAreThoseOfNumpy() throws Exception {
    JsonObject golden = Golden.read("priors");
    int width = golden.get("image_width").getAsInt();
    int height = golden.get("image_height").getAsInt();
    PriorBoxes priors = new PriorBoxes(PriorSpec.standard(), width, height);
    assertEquals(golden.get("count").getAsInt(), priors.count());
    double[] index = Golden.doubles(golden.get("index"));
    float[] loc = new float[4 * priors.count()];
    float[] raw = new float[10 * priors.count()];
    for (int k = 0; k < index.length; k++) {
      int i = (int) index[k];
      System.arraycopy(Golden.floats(golden.get("loc")), 4 * k, loc, 4 * i, 4);
      System.arraycopy(Golden.floats(golden.get("landmarks_raw")), 10 * k, raw, 10 * i, 10);
    }
    for (int k = 0; k < index.length; k++) {
      int i = (int) index[k];
      double[] prior = Golden.doubles(golden.getAsJsonArray("prior").get(k));
      PixelBox box = priors.box(i);
      assertArrayEquals(
          prior,
          new double[] {
            (box.x() + box.width() / 2) / width,
            (box.y() + box.height() / 2) / height,
            box.width() / width,
            box.height() / height
          },
          1e-9);
      PixelBox decoded = priors.decodeBox(i, loc);
      assertArrayEquals(
          Golden.doubles(golden.getAsJsonArray("boxes").get(k)),
          new double[] {
            decoded.x() / width,
            decoded.y() / height,
            decoded.right() / width,
            decoded.bottom() / height
          },
          1e-6);
      double[] points = Golden.doubles(golden.getAsJsonArray("landmarks").get(k));
      int j = 0;
      for (Point p : priors.decodeLandmarks(i, raw).points()) {
        assertEquals(points[j++], p.x() / width, 1e-6);
        assertEquals(points[j++], p.y() / height, 1e-6);
      }
    }
    assertThrows(IndexOutOfBoundsException.class, () -> priors.box(priors.count()));
  }

  @Test
  void countsAreThoseOfTheModelCard() {
    assertEquals(12_600, new PriorBoxes(PriorSpec.standard(), 640, 480).count());
    assertEquals(4_200, new PriorBoxes(PriorSpec.standard(), 320, 320).count());
    // Deng et al. 2020: 102,300 at 640 x 640.
    assertEquals(102_300, new PriorBoxes(PriorSpec.fiveLevels(), 640, 640).count());
  }
}
