package org.affect4j.table;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.Behaviour;
import org.affect4j.face.Detection;
import org.affect4j.face.Expression;
import org.affect4j.face.Face;
import org.affect4j.face.Landmarks;
import org.affect4j.face.PixelBox;
import org.affect4j.face.ValenceArousal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class FaceTableTest {
  private static Face face(int id, long seed) {
    Random random = new Random(seed);
    double[] p = random.doubles(Expression.COUNT).toArray();
    double sum = Arrays.stream(p).sum();
    for (int i = 0; i < p.length; i++) {
      p[i] /= sum;
    }
    Behaviour behaviour =
        new Behaviour(
            p,
            random.doubles(ActionUnit.COUNT).map(x -> x * x * 1e-5).toArray(),
            new ValenceArousal(random.nextDouble() - .5, random.nextDouble() - .5),
            new float[] {.123456789f, -1e-9f});
    Detection detection =
        new Detection(
            new PixelBox(721.6626, .1, 33.33333, 44.44444),
            .999987654,
            Landmarks.of(1.00001, 2, 30.3, 2.22222, 15, 20, 5, 30, 25, 31));
    return new Face(id, Optional.of(detection), behaviour);
  }

  @Test
  void someExpressionsOfMoreAreNoReading() {
    FaceTable table = FaceTable.of(List.of(face(0, 1)));
    FaceTable some =
        table.selectColumns(c -> !c.startsWith("p_") || c.equals("p_anger") || c.equals("p_fear"));
    assertTrue(some.behaviour(0).isEmpty());
    assertTrue(table.behaviour(0).isPresent());
  }

  @Test
  void aTableHoldsExactlyWhatWasRead() {
    List<Face> faces = List.of(face(0, 1), face(1, 2));
    FaceTable table = FaceTable.of(faces);
    assertEquals(2, table.size());
    for (int i = 0; i < 2; i++) {
      Face face = faces.get(i);
      Behaviour read = table.behaviour(i).orElseThrow();
      assertArrayEquals(
          face.behaviour().expressionProbabilities(), read.expressionProbabilities(), 1e-12);
      assertArrayEquals(
          face.behaviour().actionUnitProbabilities(), read.actionUnitProbabilities(), 1e-12);
      assertEquals(face.behaviour().valenceArousal(), read.valenceArousal());
      assertArrayEquals(face.behaviour().embedding(), read.embedding());
      assertEquals(face.detection(), table.detection(i));
    }
    assertEquals(FaceColumns.analysis(2), table.columns());
  }

  @Test
  void contemptStandsBesideTheExpressions(@TempDir Path folder) throws IOException {
    Face plain = face(0, 1);
    Face face = new Face(0, plain.detection(), plain.behaviour().withContempt(.25));
    FaceTable table = FaceTable.of(List.of(face));
    assertEquals(.25, table.number(0, "contempt").orElseThrow());
    assertEquals(Optional.of(face.behaviour()), table.behaviour(0));
    Path csv = folder.resolve("rows.csv");
    table.table().write().csv(csv.toFile());
    Behaviour read = FaceTable.read(csv).behaviour(0).orElseThrow();
    assertEquals(.25, read.contempt().orElseThrow());
    assertTrue(read.vocabulary().hasBasicClasses());
    assertThrows(IllegalArgumentException.class, () -> plain.behaviour().withContempt(1.5));
    assertEquals(OptionalDouble.empty(), plain.behaviour().contempt());
  }

  @Test
  void anInputWithoutAFaceIsARowWithoutReadings() {
    FaceTable table =
        FaceTable.ofInputs(
            List.of(
                AnalyzedInput.ofPhoto("a.jpg", List.of(face(0, 1))),
                AnalyzedInput.unreadable("b.jpg", "torn")));
    assertEquals(2, table.size());
    assertEquals(1, table.faces().size());
    assertEquals(1, table.behaviours().size());
    assertEquals(Optional.empty(), table.behaviour(1));
    assertEquals(Optional.of("torn"), table.text(1, "reason"));
    assertEquals(
        List.of("input", "face_id", "au01"), table.actionUnits().columnNames().subList(0, 3));
    assertEquals(Double.NaN, table.values(FeatureGroup.VALENCE_AROUSAL)[1][0]);
  }

  @Test
  void aKnownColumnOfAnotherTypeIsRefused() {
    Table wrong = Table.create("x", StringColumn.create("au01", "yes"));
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> FaceTable.of(wrong));
    assertEquals(true, e.getMessage().contains("au01") && e.getMessage().contains("DOUBLE"));
    FaceTableBuilder builder = new FaceTableBuilder("x", List.of("face_id"));
    assertThrows(IllegalArgumentException.class, () -> builder.set("face_id", 1.5));
    builder.set("input", "a");
    assertThrows(IllegalArgumentException.class, () -> builder.set("input", "b"));
  }

  @Test
  void aColumnThatComesLaterIsMissingBefore() {
    FaceTableBuilder builder = new FaceTableBuilder("x", List.of("input"));
    builder.set("input", "a").add();
    builder.set("input", "b").set("skin_tone", 3.5).add();
    FaceTable table = builder.build();
    assertEquals(true, table.number(0, "skin_tone").isEmpty());
    assertEquals(3.5, table.number(1, "skin_tone").orElseThrow());
  }

  @Test
  void filesHoldWhatPrintfWouldWrite() {
    FaceColumn column = FaceColumns.find("au12").orElseThrow();
    Random random = new Random(3);
    double[] odd = {0, -0.0, -1e-9, 1e-9, .00005, -.00005, .99995, 1, 1e-300, 12345.67895};
    double[] drawn = random.doubles(10_000, -2, 2).toArray();
    for (double value : DoubleStream.concat(Arrays.stream(odd), Arrays.stream(drawn)).toArray()) {
      assertEquals(String.format(Locale.ROOT, "%.4f", value), column.format(value));
    }
    assertEquals("0.0", FaceColumns.find("roll_deg").orElseThrow().format(-.04));
  }

  @Test
  void namesThatAreNoUtf8AreFoundInTheirFolder() {
    FaceTable table =
        FaceTable.ofNumbers(List.of("file:///photos/a%E9.jpg"), List.of("x"), new double[][] {{1}});
    assertEquals(1, table.relativeTo(Path.of("/photos")).size());
  }

  @Test
  void rowsComeInTheOrderAskedFor() {
    FaceTable table =
        FaceTable.ofNumbers(List.of("a", "b", "c"), List.of("x"), new double[][] {{1}, {2}, {3}});
    assertEquals(List.of("c", "a"), table.rows(2, 0).texts("input"));
    assertArrayEquals(new double[] {3, 1}, table.rows(2, 0).numbers("x"));
    assertEquals(0, table.rows().size());
    assertEquals(List.of("b"), table.filter(row -> row == 1).texts("input"));
  }

  private static FaceTable named(String... inputs) {
    FaceTableBuilder builder = new FaceTableBuilder("x", List.of("input"));
    for (String input : inputs) {
      String[] parts = input.split("#");
      builder.set("input", parts[0]);
      if (parts.length > 1) {
        builder.set("frame", Integer.parseInt(parts[1]));
      }
      builder.add();
    }
    return builder.build();
  }

  private static List<OptionalInt> found(int... rows) {
    return Arrays.stream(rows)
        .mapToObj(r -> r < 0 ? OptionalInt.empty() : OptionalInt.of(r))
        .toList();
  }

  @Test
  void rowsArePairedByPhotoAndFrame() {
    FaceNames photos = FaceNames.of(named("photos/a/1.jpg", "photos/b/1.jpg", "photos/c/2.png"));
    assertEquals(found(0, 1, 2, -1), photos.find(named("a/1.jpg", "b/1.png", "2.csv", "1.jpg")));
    // Two rows of the dataset share the bare name: it names neither of them.
    assertEquals(found(-1, -1), FaceNames.of(named("1.jpg")).find(named("x/1.png", "y/1.png")));
    FaceNames clip = FaceNames.of(named("clip.avi#0", "clip.avi#1"));
    assertEquals(found(0, 1, -1), clip.find(named("v/clip#1", "v/clip#2", "v/clip#3"), f -> f - 1));
  }

  @Test
  void ofSeveralFacesOfAPhotoTheClearestIsFound() {
    FaceTableBuilder builder = new FaceTableBuilder("x", List.of("input", "score"));
    builder.set("input", "a.jpg").set("score", .7).add();
    builder.set("input", "a.jpg").set("score", .9).add();
    FaceNames names = FaceNames.of(builder.build());
    assertEquals(found(1), names.find(named("a.jpg")));
    assertEquals(1, names.several());
    FaceNames.Pairs pairs = names.pair(FaceNames.of(named("a.jpg", "b.jpg")), 0);
    assertEquals(new FaceNames.Pairs(List.of(), 0, 1, 1), pairs);
  }
}
