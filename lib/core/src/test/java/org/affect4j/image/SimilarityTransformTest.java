package org.affect4j.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.gson.JsonElement;
import java.util.List;
import org.affect4j.Golden;
import org.affect4j.face.Landmarks;
import org.affect4j.face.Point;
import org.junit.jupiter.api.Test;

class SimilarityTransformTest {
  @Test
  void fitsAsScikitImageDoes() throws Exception {
    var golden = Golden.read("similarity");
    FaceAligner aligner = new FaceAligner();
    assertEquals(Landmarks.of(Golden.doubles(golden.get("template"))), aligner.template());
    for (JsonElement e : golden.getAsJsonArray("cases")) {
      Landmarks source = Landmarks.of(Golden.doubles(e.getAsJsonObject().get("source")));
      double[] m = Golden.doubles(e.getAsJsonObject().get("matrix"));
      SimilarityTransform t = aligner.transform(source);
      assertEquals(m[0], t.a(), 1e-9);
      assertEquals(m[1], -t.b(), 1e-9);
      assertEquals(m[2], t.shiftX(), 1e-7);
      assertEquals(m[5], t.shiftY(), 1e-7);
      assertEquals(0, t.inverse().apply(t.apply(source.nose())).distanceTo(source.nose()), 1e-9);
    }
  }

  @Test
  void pointsThatCoincideAreRefused() {
    Point p = new Point(3, 4);
    assertThrows(
        IllegalArgumentException.class,
        () -> SimilarityTransform.fit(List.of(p, p), List.of(new Point(0, 0), new Point(1, 0))));
  }
}
