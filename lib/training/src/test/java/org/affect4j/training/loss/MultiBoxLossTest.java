package org.affect4j.training.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.affect4j.detect.PriorBoxes;
import org.affect4j.face.Landmarks;
import org.affect4j.face.PixelBox;
import org.affect4j.face.Point;
import org.affect4j.model.PriorSpec;
import org.affect4j.training.loss.internal.PriorTargets;
import org.affect4j.training.loss.internal.PriorTargets.LabelledFace;
import org.affect4j.training.loss.internal.PriorTargets.Overlap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MultiBoxLossTest {
  private static final PriorSpec SPEC =
      new PriorSpec(List.of(16, 32), List.of(List.of(16, 24), List.of(48)), .1, .2);
  private static final int WIDTH = 64;
  private static final int HEIGHT = 48;
  private static final PixelBox BOX = new PixelBox(17, 14, 20, 22);
  private static final Landmarks POINTS = Landmarks.of(22, 20, 31, 21, 27, 26, 23, 31, 30, 30);

  private static PriorTargets targets(LabelledFace... faces) {
    return PriorTargets.match(List.of(faces), SPEC, WIDTH, HEIGHT, new Overlap(.5, .3));
  }

  private static LabelledFace face(PixelBox box, Landmarks points) {
    return new LabelledFace(box, Optional.ofNullable(points), true);
  }

  @Test
  void offsetsAreThoseThatTheDetectorDecodes() {
    PriorTargets targets = targets(face(BOX, POINTS));
    PriorBoxes priors = new PriorBoxes(SPEC, WIDTH, HEIGHT);
    int[] faces =
        IntStream.range(0, priors.count())
            .filter(p -> targets.classes()[p] == PriorTargets.FACE)
            .toArray();
    assertTrue(faces.length > 0);
    for (int p : faces) {
      PixelBox box = priors.decodeBox(p, targets.boxes());
      assertEquals(BOX.x(), box.x(), 1e-4);
      assertEquals(BOX.y(), box.y(), 1e-4);
      assertEquals(BOX.width(), box.width(), 1e-4);
      assertEquals(BOX.height(), box.height(), 1e-4);
      List<Point> points = priors.decodeLandmarks(p, targets.landmarks()).points();
      for (int k = 0; k < 5; k++) {
        assertEquals(POINTS.points().get(k).x(), points.get(k).x(), 1e-4);
        assertEquals(POINTS.points().get(k).y(), points.get(k).y(), 1e-4);
      }
    }
  }

  @Test
  void everyPriorHasTheClassOfItsOverlap() {
    int[] classes = targets(face(BOX, null)).classes();
    PriorBoxes priors = new PriorBoxes(SPEC, WIDTH, HEIGHT);
    for (int p = 0; p < priors.count(); p++) {
      double iou = priors.box(p).intersectionOverUnion(BOX);
      int expected =
          iou >= .5
              ? PriorTargets.FACE
              : iou >= .3 ? PriorTargets.IGNORED : PriorTargets.BACKGROUND;
      assertEquals(expected, classes[p], "prior " + p + " overlaps by " + iou);
    }
  }

  @Test
  void faceThatNoPriorFitsTakesTheBestOne() {
    int[] classes = targets(face(new PixelBox(30, 20, 6, 5), null)).classes();
    assertEquals(1, Arrays.stream(classes).filter(c -> c == PriorTargets.FACE).count());
  }

  @Test
  void faceThatDoesNotCountIsIgnored() {
    int[] classes = targets(new LabelledFace(BOX, Optional.of(POINTS), false)).classes();
    assertTrue(Arrays.stream(classes).noneMatch(c -> c == PriorTargets.FACE));
    assertTrue(Arrays.stream(classes).anyMatch(c -> c == PriorTargets.IGNORED));
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(doubles = {1, .2})
  void isTheSumOfItsParts(double bend) {
    List<PriorTargets> targets =
        List.of(
            targets(face(BOX, POINTS)),
            targets(face(BOX, POINTS), face(new PixelBox(40, 4, 16, 15), null)),
            targets());
    int priors = targets.get(0).classes().length;
    MultiBoxLoss loss = new MultiBoxLoss(3, 2, 2, .6, bend);
    double[] boxes = normal(3 * priors * 4, 1);
    double[] classes = normal(3 * priors * 2, 2);
    double[] landmarks = normal(3 * priors * 10, 3);
    double n = 0;
    double m = 0;
    double ce = 0;
    double box = 0;
    double points = 0;
    for (int b = 0; b < 3; b++) {
      PriorTargets t = targets.get(b);
      int faces = 0;
      double[] background = new double[priors];
      for (int p = 0; p < priors; p++) {
        double d = classes[(b * priors + p) * 2 + 1] - classes[(b * priors + p) * 2];
        if (t.classes()[p] == PriorTargets.FACE) {
          faces++;
          ce += Math.log1p(Math.exp(-d));
          for (int k = 0; k < 4; k++) {
            box += smooth(boxes[(b * priors + p) * 4 + k] - t.boxes()[p * 4 + k], 1);
          }
          if (t.hasLandmarks()[p]) {
            m++;
            for (int k = 0; k < 10; k++) {
              points +=
                  smooth(landmarks[(b * priors + p) * 10 + k] - t.landmarks()[p * 10 + k], bend);
            }
          }
        } else if (t.classes()[p] == PriorTargets.BACKGROUND) {
          background[p] = Math.log1p(Math.exp(d));
        }
      }
      Arrays.sort(background);
      for (int i = 0; i < Math.max(2, 3 * faces); i++) {
        ce += background[priors - 1 - i];
      }
      n += faces;
    }
    try (NDManager manager = NDManager.newBaseManager()) {
      MultiBoxLoss.Parts parts =
          loss.of(
              floats(manager, boxes, 4),
              floats(manager, classes, 2),
              floats(manager, landmarks, 10),
              targets);
      assertEquals(ce / n, parts.classes().getFloat(), 1e-5);
      assertEquals(box / n, parts.boxes().getFloat(), 1e-4);
      assertEquals(points / m, parts.landmarks().getFloat(), 1e-4);
      assertEquals(ce / n + 2 * box / n + .6 * points / m, parts.total().getFloat(), 1e-4);
      assertEquals(new Shape(), parts.total().getShape());
    }
    Shape boxShape = new Shape(3, priors, 4);
    Shape classShape = new Shape(3, priors, 2);
    Shape pointShape = new Shape(3, priors, 10);
    Gradients.check(
        classes,
        classShape,
        x ->
            loss.of(
                    x.getManager().create(boxes, boxShape),
                    x,
                    x.getManager().create(landmarks, pointShape),
                    targets)
                .total());
    Gradients.check(
        boxes,
        boxShape,
        x ->
            loss.of(
                    x,
                    x.getManager().create(classes, classShape),
                    x.getManager().create(landmarks, pointShape),
                    targets)
                .total());
    Gradients.check(
        landmarks,
        pointShape,
        x ->
            loss.of(
                    x.getManager().create(boxes, boxShape),
                    x.getManager().create(classes, classShape),
                    x,
                    targets)
                .total());
  }

  private static double[] normal(int count, long seed) {
    return new Random(seed).ints(count, -2000, 2000).mapToDouble(i -> i / 1000.0).toArray();
  }

  private static NDArray floats(NDManager manager, double[] values, int width) {
    float[] f = new float[values.length];
    for (int i = 0; i < f.length; i++) {
      f[i] = (float) values[i];
    }
    return manager.create(f, new Shape(3, values.length / 3 / width, width));
  }

  private static double smooth(double x, double bend) {
    return Math.abs(x) < bend ? x * x / 2 / bend : Math.abs(x) - bend / 2;
  }

  @Test
  void lossOfLandmarksTurnsLinearSomewhere() {
    assertThrows(IllegalArgumentException.class, () -> new MultiBoxLoss(7, 10, 2, 1, 0));
  }

  @Test
  void overlapsAreOrdered() {
    assertThrows(IllegalArgumentException.class, () -> new Overlap(.3, .5));
  }
}
