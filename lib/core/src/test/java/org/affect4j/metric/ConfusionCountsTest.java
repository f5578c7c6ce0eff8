package org.affect4j.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfusionCountsTest {
  @Test
  void agreesWithScikitLearn() throws IOException {
    for (JsonElement element : Golden.read("classification").getAsJsonArray("cases")) {
      JsonObject expected = element.getAsJsonObject();
      int classes = expected.get("classes").getAsInt();
      ConfusionCounts actual =
          ConfusionCounts.of(
              IntStream.range(0, classes).mapToObj(String::valueOf).toList(),
              Golden.ints(expected.get("truth")),
              Golden.ints(expected.get("prediction")));
      double[][] confusion = Golden.matrix(expected.get("confusion"));
      double[] f1 = Golden.doubles(expected.get("f1_per_class"));
      double[] recall = Golden.doubles(expected.get("recall_per_class"));
      for (int c = 0; c < classes; c++) {
        for (int p = 0; p < classes; p++) {
          assertEquals(confusion[c][p], actual.count(c, p));
        }
        assertEquals(f1[c], actual.f1(c), Golden.TOLERANCE);
        assertEquals(recall[c], actual.recall(c), Golden.TOLERANCE);
      }
      assertEquals(expected.get("accuracy").getAsDouble(), actual.accuracy(), Golden.TOLERANCE);
      assertEquals(expected.get("macro_f1").getAsDouble(), actual.macroF1(), Golden.TOLERANCE);
      assertEquals(
          expected.get("uar_present_classes").getAsDouble(),
          actual.unweightedAverageRecall(),
          Golden.TOLERANCE);
    }
  }

  @Test
  void namesTheEmptyClass(@TempDir Path folder) throws IOException {
    ConfusionCounts counts =
        ConfusionCounts.of(
            List.of("anger", "fear", "joy"),
            List.of("anger", "anger", "joy"),
            List.of("anger", "joy", "joy"));
    assertEquals(List.of("fear"), counts.absentClasses());
    assertEquals(.75, counts.unweightedAverageRecall());
    assertEquals((2 / 3. + 0 + 2 / 3.) / 3, counts.macroF1(), Golden.TOLERANCE);
    assertTrue(counts.table().doubleColumn("recall").isMissing(1));
    assertTrue(counts.toString().contains("never in the truth"), counts::toString);
    Path csv = folder.resolve("classes.csv");
    counts.saveCsv(csv);
    assertEquals("class,support,predicted,precision,recall,f1", Files.readAllLines(csv).get(0));
    assertTrue(Files.readAllLines(csv).get(1).contains("0.6666666666666666"));
    assertThrows(IOException.class, () -> counts.saveCsv(folder.resolve("no/such/folder.csv")));
  }

  @Test
  void countsCannotBeChangedFromOutside() {
    List<String> labels = new ArrayList<>(List.of("a", "b"));
    int[] truth = {0, 0, 0, 1, 1, 1, 1, 1, 1, 1};
    int[] prediction = {0, 1, 1, 0, 0, 0, 1, 1, 1, 1};
    ConfusionCounts counts = ConfusionCounts.of(labels, truth, prediction);
    labels.set(0, "c");
    truth[0] = 1;
    counts.counts()[1][1] = 9;
    assertArrayEquals(new long[][] {{1, 2}, {3, 4}}, counts.counts());
    assertEquals(List.of("a", "b"), counts.labels());
    assertEquals(10, counts.total());
  }

  @Test
  void refusesUnknownNamesAndRepeatedLabels() {
    assertTrue(
        assertThrows(
                IllegalArgumentException.class,
                () -> ConfusionCounts.of(List.of("a"), List.of("b"), List.of("a")))
            .getMessage()
            .contains("truth of sample 0 is 'b', expected one of [a]"));
    assertThrows(
        IllegalArgumentException.class,
        () -> ConfusionCounts.of(List.of("a"), new int[] {-1}, new int[] {0}));
    assertThrows(
        IllegalArgumentException.class,
        () -> ConfusionCounts.of(List.of("a", "a"), new int[0], new int[0]));
    assertTrue(Double.isNaN(ConfusionCounts.of(List.of("a"), new int[0], new int[0]).macroF1()));
  }
}
