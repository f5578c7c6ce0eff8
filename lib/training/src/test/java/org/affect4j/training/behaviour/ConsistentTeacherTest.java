package org.affect4j.training.behaviour;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.affect4j.face.Expression;
import org.affect4j.training.MadeUpCrops;
import org.affect4j.training.batch.Augmentation;
import org.affect4j.training.batch.BatchSource;
import org.affect4j.training.batch.CropSet;
import org.affect4j.training.batch.FaceBatch;
import org.affect4j.training.network.BehaviourHeads;
import org.affect4j.training.network.FacebehaviourNet;
import org.affect4j.training.network.NetworkSpec;
import org.affect4j.training.network.NetworkWeights;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsistentTeacherTest {
  private static final NetworkSpec NETWORK = FacebehaviourNet.compact();
  private static final NetworkWeights ONE = NetworkWeights.initial(NETWORK, 1);
  private static final NetworkWeights OTHER = NetworkWeights.initial(NETWORK, 2);

  @TempDir Path folder;

  private static BehaviourTask task(CropSet... sets) {
    return new BehaviourTask(
        Arrays.stream(sets).map(set -> new BatchSource(set, 1, Augmentation.none(), .5)).toList(),
        List.of(),
        Optional.empty(),
        14,
        MadeUpCrops.SIDE,
        BehaviourHeads.standard(),
        MadeUpCrops.losses(LossWeights.expressions(), 0),
        1);
  }

  /** Labels of the first batch, by name of the face. */
  private static float[] label(FaceBatch batch, String name) {
    int at = batch.names().indexOf(name) * FaceBatch.CLASSES;
    assertTrue(at >= 0, batch.names().toString());
    return Arrays.copyOfRange(batch.expressions(), at, at + Expression.COUNT);
  }

  @Test
  @Tag("slow")
  void photosAreReadAsTheyAreShownAndLabelsKeepTheirWeight() throws IOException {
    CropSet photos = MadeUpCrops.expressions(folder, "photos", 7);
    CropSet units =
        MadeUpCrops.write(
            folder, "units", 7, i -> MadeUpCrops.units(i).withExpression(Expression.FEAR));
    double[][] one = Predictions.of(NETWORK, ONE, photos, MadeUpCrops.SIDE).expressions();
    double[][] other = Predictions.of(NETWORK, OTHER, photos, MadeUpCrops.SIDE).expressions();
    try (ConsistentTeacher teacher = new ConsistentTeacher("two", List.of(ONE, OTHER), 1, .8)) {
      BehaviourTask taught = task(photos, units).taughtBy(teacher);
      FaceBatch batch = taught.load(0, 0);
      for (int i = 0; i < photos.size(); i++) {
        float[] label = label(batch, "photos: photos" + i);
        for (int k = 0; k < Expression.COUNT; k++) {
          double hard = k == photos.labels(i).expression().orElseThrow().ordinal() ? 1 : 0;
          assertEquals(
              .5 * (.2 * hard + .8 * (one[i][k] + other[i][k]) / 2), label[k], 1e-5, "face " + i);
        }
        float[] untouched = new float[Expression.COUNT];
        untouched[Expression.FEAR.ordinal()] = .5f;
        assertArrayEquals(untouched, label(batch, "units: units" + i));
      }
      assertTrue(taught.settings().get("teacher").contains("deciding 0.8"));
    }
  }

  @Tag("slow")
  @Test
  void viewsAreMirroredAndShifted() throws IOException {
    CropSet photos = MadeUpCrops.expressions(folder, "photos", 14);
    FaceBatch batch = task(photos).load(0, 0);
    int side = batch.side();
    float[] pixels = new float[batch.size() * side * side * 3];
    batch.pixels().asFloatBuffer().get(pixels);
    // .03 of 16 pixels is half a pixel: the second view, at the golden angle, is only mirrored.
    float[] mirrored = new float[pixels.length];
    for (int row = 0; row < batch.size() * side; row++) {
      for (int x = 0; x < side * 3; x++) {
        mirrored[row * side * 3 + x] = pixels[row * side * 3 + (side - 1 - x / 3) * 3 + x % 3];
      }
    }
    ByteBuffer buffer = ByteBuffer.allocateDirect(4 * pixels.length).order(ByteOrder.nativeOrder());
    buffer.asFloatBuffer().put(mirrored);
    FaceBatch turned =
        new FaceBatch(
            batch.size(),
            side,
            buffer,
            batch.expressions(),
            batch.units(),
            batch.affect(),
            batch.weakUnits(),
            batch.names());
    try (ConsistentTeacher single = new ConsistentTeacher("one", List.of(ONE), 1, 1);
        ConsistentTeacher both = new ConsistentTeacher("one", List.of(ONE), 2, 1)) {
      float[] asItIs = single.teach(batch).expressions();
      float[] inTheMirror = single.teach(turned).expressions();
      float[] mean = both.teach(batch).expressions();
      for (int i = 0; i < mean.length; i++) {
        assertEquals((asItIs[i] + inTheMirror[i]) / 2, mean[i], 1e-5);
      }
    }
  }

  @Test
  void numbersOutsideTheirRangeAreRefused() {
    for (double share : new double[] {-.1, 1.1, Double.NaN}) {
      assertThrows(
          IllegalArgumentException.class, () -> new ConsistentTeacher("t", List.of(ONE), 1, share));
    }
    assertThrows(
        IllegalArgumentException.class, () -> new ConsistentTeacher("t", List.of(ONE), 0, .5));
    assertThrows(
        IllegalArgumentException.class, () -> new ConsistentTeacher("t", List.of(), 1, .5));
  }
}
