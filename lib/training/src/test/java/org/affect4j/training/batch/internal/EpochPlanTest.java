package org.affect4j.training.batch.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.affect4j.training.MadeUpCrops;
import org.affect4j.training.batch.Augmentation;
import org.affect4j.training.batch.BatchSource;
import org.affect4j.training.batch.CropSet;
import org.affect4j.training.batch.FaceBatch;
import org.affect4j.training.batch.TeacherLabels;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EpochPlanTest {
  @TempDir Path folder;
  private BatchSource large;
  private BatchSource small;
  private BatchSource twice;

  @BeforeEach
  void write() throws IOException {
    large = source("large", 43, 1);
    small = source("small", 10, 1);
    twice = source("twice", 11, 2);
  }

  private BatchSource source(String name, int count, double passes) throws IOException {
    return new BatchSource(
        MadeUpCrops.expressions(folder, name, count), passes, Augmentation.coarse());
  }

  @Test
  void anEpochEndsAllSetsTogether() {
    EpochPlan plan = new EpochPlan(List.of(large, small, twice), 15, 7);
    assertEquals(5, plan.steps());
    for (int s = 0; s < 3; s++) {
      int[] shown = new int[plan.sources().get(s).set().size()];
      int least = Integer.MAX_VALUE;
      int most = 0;
      for (int step = 0; step < plan.steps(); step++) {
        int[] faces = plan.faces(s, 0, step);
        least = Math.min(least, faces.length);
        most = Math.max(most, faces.length);
        for (int face : faces) {
          shown[face]++;
        }
      }
      int passes = s == 2 ? 2 : 1;
      assertTrue(Arrays.stream(shown).allMatch(n -> n == passes), Arrays.toString(shown));
      assertTrue(most - least <= 1);
    }
    assertFalse(Arrays.equals(plan.faces(0, 0, 0), plan.faces(0, 1, 0)));
  }

  @Test
  void aBatchDependsOnItsPlaceAlone() {
    EpochPlan plan = new EpochPlan(List.of(large, small), 12, 7);
    int[] first = plan.faces(0, 3, 2);
    plan.faces(0, 9, 1);
    assertArrayEquals(first, plan.faces(0, 3, 2));
    assertArrayEquals(first, new EpochPlan(List.of(large, small), 12, 7).faces(0, 3, 2));
    assertFalse(Arrays.equals(first, new EpochPlan(List.of(large, small), 12, 8).faces(0, 3, 2)));
  }

  @Test
  void loadersOfOneSeedMakeTheSameBatches() {
    BatchLoader one = new BatchLoader(new EpochPlan(List.of(large, small), 12, 7), 16, 7);
    BatchLoader other = new BatchLoader(new EpochPlan(List.of(large, small), 12, 7), 16, 7);
    other.load(0, 0);
    FaceBatch a = one.load(1, 2);
    FaceBatch b = other.load(1, 2);
    assertEquals(a.pixels(), b.pixels());
    assertArrayEquals(a.expressions(), b.expressions());
    assertEquals(a.names(), b.names());
    assertEquals(a.size() * 16 * 16 * 3 * Float.BYTES, a.pixels().remaining());
    assertFalse(a.pixels().equals(one.load(1, 3).pixels()));
  }

  @Test
  void mixingSharesLabelsAndForgetsWhatOneSideLacks() throws IOException {
    Augmentation mixing = Augmentation.none().withMixup(1);
    BatchSource expressions =
        new BatchSource(MadeUpCrops.expressions(folder, "e", 8), 1, mixing, .5);
    BatchSource units =
        new BatchSource(
            MadeUpCrops.write(
                folder, "u", 8, i -> i == 0 ? MadeUpCrops.expression(0) : MadeUpCrops.units(i)),
            1,
            mixing);
    FaceBatch batch =
        new BatchLoader(new EpochPlan(List.of(expressions, units), 16, 1), 16, 1).load(0, 0);
    int shared = 0;
    for (int face = 0; face < 8; face++) {
      float sum = 0;
      for (int k = 0; k < 7; k++) {
        float share = batch.expressions()[face * FaceBatch.CLASSES + k];
        sum += share;
        shared += share > 0 && share < .5 ? 1 : 0;
      }
      assertEquals(.5, sum, 1e-6);
    }
    assertTrue(shared > 0, "no face was mixed");
    // The face without units takes them from its partner, and its expression is lost.
    long unknown =
        java.util.stream.IntStream.range(8, 16)
            .filter(i -> Float.isNaN(batch.units()[i * 17]))
            .count();
    assertEquals(2, unknown);
    for (int i = 8 * FaceBatch.CLASSES; i < 16 * FaceBatch.CLASSES; i++) {
      assertEquals(0, batch.expressions()[i]);
    }
  }

  @Test
  void aTeacherHasASayInTheLabelsThatThereAre() throws IOException {
    CropSet set =
        MadeUpCrops.write(
            folder, "t", 4, i -> i == 0 ? MadeUpCrops.units(i) : MadeUpCrops.expression(i));
    double[][] says = new double[4][7];
    Arrays.stream(says).forEach(row -> row[6] = 1);
    BatchSource source =
        new BatchSource(set, 1, Augmentation.none(), .5)
            .taughtBy(new TeacherLabels("a network", says, .4));
    FaceBatch batch = new BatchLoader(new EpochPlan(List.of(source), 4, 1), 16, 1).load(0, 0);
    for (int face = 0; face < 4; face++) {
      int from = face * FaceBatch.CLASSES;
      float[] shares = Arrays.copyOfRange(batch.expressions(), from, from + 7);
      float[] expected = new float[7];
      int label = Integer.parseInt(batch.names().get(face).replaceAll("\\D", ""));
      if (label > 0) {
        expected[label % 7] = .3f;
        expected[6] += .2f;
      }
      assertArrayEquals(expected, shares, 1e-6f, batch.names().get(face));
    }
    TeacherLabels ofThree = new TeacherLabels("a network", Arrays.copyOf(says, 3), .4);
    assertThrows(IllegalArgumentException.class, () -> source.taughtBy(ofThree));
    // Votes are the whole label; a network after them decides .4: .5 (.6 votes + .4 network).
    double[][] votes = new double[4][7];
    Arrays.stream(votes).forEach(row -> row[5] = 1);
    float[] both = new float[7];
    new BatchSource(set, 1, Augmentation.none(), .5)
        .taughtBy(new TeacherLabels("votes", votes, 1))
        .taughtBy(new TeacherLabels("a network", says, .4))
        .putExpressions(1, both, 0);
    assertArrayEquals(new float[] {0, 0, 0, 0, 0, .3f, .2f}, both, 1e-6f);
    // A network that does not know contempt leaves its share of the votes as it is.
    double[][] withContempt = new double[4][8];
    Arrays.stream(withContempt).forEach(row -> row[5] = row[7] = .5);
    float[] eight = new float[8];
    new BatchSource(set, 1, Augmentation.none(), 1)
        .taughtBy(new TeacherLabels("votes", withContempt, 1))
        .taughtBy(new TeacherLabels("a network", says, .4))
        .putExpressions(1, eight, 0);
    assertArrayEquals(new float[] {0, 0, 0, 0, 0, .3f, .2f, .5f}, eight, 1e-6f);
    assertThrows(
        IllegalArgumentException.class, () -> new TeacherLabels("n", new double[1][7], .4));
    assertThrows(IllegalArgumentException.class, () -> new TeacherLabels("n", says, 1.4));
  }

  @Test
  void refusesPlansThatCannotBe() {
    assertThrows(IllegalArgumentException.class, () -> new EpochPlan(List.of(), 4, 1));
    assertThrows(IllegalArgumentException.class, () -> new EpochPlan(List.of(large), 44, 1));
    IllegalArgumentException tooRare =
        assertThrows(
            IllegalArgumentException.class, () -> new EpochPlan(List.of(large, small), 3, 1));
    assertTrue(tooRare.getMessage().contains("small"), tooRare.getMessage());
    assertThrows(
        IllegalArgumentException.class, () -> new BatchSource(large.set(), 0, Augmentation.none()));
    assertThrows(
        IndexOutOfBoundsException.class, () -> new EpochPlan(List.of(large), 10, 1).faces(0, 0, 4));
  }
}
