package org.affect4j.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.affect4j.Bundled;
import org.affect4j.House;
import org.affect4j.analysis.AnalyzerOptions;
import org.affect4j.analysis.CsvOutput;
import org.affect4j.analysis.FaceAnalyzer;
import org.affect4j.analysis.FolderAnalysis;
import org.affect4j.analysis.ProgressListener;
import org.affect4j.model.ModelPair;
import org.affect4j.table.FaceColumns;
import org.affect4j.table.FaceParts;
import org.affect4j.table.FaceTable;
import org.affect4j.table.FaceTableBuilder;
import org.affect4j.table.PartFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetTest {
  private static final List<String> COLUMNS =
      Stream.concat(FaceColumns.analysis(0).stream(), Stream.of("au12_mean15")).toList();
  private static final Map<String, String> SETTINGS = Map.of("model", "one");

  @TempDir Path folder;

  /** Frames of a clip; in every seventh one nobody. */
  private static FaceTable frames(String clip, int from, int to) {
    FaceTableBuilder rows = new FaceTableBuilder("affect4j", COLUMNS);
    for (int frame = from; frame < to; frame++) {
      rows.set(FaceColumns.INPUT, clip).set(FaceColumns.FRAME, frame);
      rows.set(FaceColumns.TIMESTAMP, frame / 30.);
      rows.set(FaceColumns.STATUS, frame % 7 == 0 ? "no_face" : "ok");
      if (frame % 7 != 0) {
        rows.set(FaceColumns.FACE, frame % 2).set("au12", frame / 1e3).set("au12_mean15", 1 / 3.);
        rows.set(FaceColumns.EXPRESSION, "happiness");
      }
      rows.add();
    }
    return rows.build();
  }

  private static List<List<String>> cells(FaceTable rows) {
    List<List<String>> cells = new ArrayList<>(List.of(rows.columns()));
    List<List<String>> columns = rows.columns().stream().map(rows::texts).toList();
    IntStream.range(0, rows.size())
        .forEach(row -> cells.add(columns.stream().map(c -> c.get(row)).toList()));
    return cells;
  }

  private FaceParts open(String name, boolean overwriting, Map<String, String> settings)
      throws IOException {
    Path output = folder.resolve(name);
    return FaceParts.open(
        output, PartFormat.of(output).orElseThrow(), overwriting, COLUMNS, settings);
  }

  /** Writes what is not there yet; a clip may be cut off in its middle. */
  private Set<String> write(String name, boolean interrupted) throws IOException {
    Set<String> asked = Set.of("a.mp4", "b.mp4", "photo.jpg");
    try (FaceParts out = open(name, false, SETTINGS)) {
      Set<String> done = out.takeUp(n -> n, asked);
      if (!done.contains("a.mp4")) {
        out.begin("a.mp4", Map.of("codec", "h264"));
        out.add(frames("a.mp4", 0, 100));
        out.add(frames("a.mp4", 100, 150));
        out.end();
      }
      if (!done.contains("photo.jpg")) {
        out.append(frames("photo.jpg", 0, 1));
      }
      out.begin("b.mp4", Map.of());
      out.add(frames("b.mp4", 0, 90));
      if (!interrupted) {
        out.end();
        out.finish();
      }
      return done;
    }
  }

  @Test
  void aRunThatIsTakenUpGivesTheSameRows() throws IOException {
    assertEquals(Set.of(), write("whole.parquet", false));
    FaceTable whole = FaceTable.read(folder.resolve("whole.parquet"));
    assertEquals(
        cells(frames("a.mp4", 0, 150).append(frames("photo.jpg", 0, 1), frames("b.mp4", 0, 90))),
        cells(whole));
    write("cut.parquet", true);
    FaceTable before = FaceTable.read(folder.resolve("cut.parquet"));
    assertEquals(151, before.size(), "b.mp4 has not ended");
    assertEquals(Set.of("a.mp4", "photo.jpg"), write("cut.parquet", false));
    assertEquals(cells(whole), cells(FaceTable.read(folder.resolve("cut.parquet"))));
    try (Stream<Path> files = Files.list(folder.resolve("cut.parquet"))) {
      assertTrue(files.allMatch(f -> f.getFileName().toString().matches("part-\\d{5}.parquet")));
    }
    assertTrue(
        Files.readString(folder.resolve("cut.parquet.provenance.json")).contains("\"ok\": 2"));
  }

  @Test
  void rowsInAnotherSettingAreRefused() throws IOException {
    write("rows.parquet", false);
    assertTrue(
        assertThrows(IOException.class, () -> open("rows.parquet", false, Map.of("model", "two")))
            .getMessage()
            .contains("other models or options"));
    try (FaceParts out = open("rows.parquet", true, Map.of("model", "two"))) {
      assertEquals(Set.of(), out.takeUp(n -> n, Set.of("a.mp4")));
    }
    Path file = Files.writeString(folder.resolve("file.parquet"), "text");
    assertThrows(IOException.class, () -> open("file.parquet", false, SETTINGS));
    assertTrue(
        assertThrows(IOException.class, () -> FaceTable.read(file))
            .getMessage()
            .contains("no whole Parquet file"));
  }

  @Test
  void photosAreWrittenAsIntoACsv() throws IOException {
    List<Path> photos =
        List.of(Bundled.path("data/portraits/000.jpg"), Bundled.path("data/portraits/001.jpg"));
    Path parquet = folder.resolve("faces.parquet");
    Path csv = folder.resolve("faces.csv");
    try (FaceAnalyzer analyzer =
        FaceAnalyzer.load(AnalyzerOptions.defaults().withModels(ModelPair.INT8))) {
      for (Path output : List.of(parquet, csv, parquet)) {
        FolderAnalysis.Summary done =
            FolderAnalysis.ofPhotos()
                .run(
                    analyzer,
                    FolderAnalysis.inputs(photos),
                    CsvOutput.continuing(output),
                    ProgressListener.silent());
        assertTrue(done.toString().length() > 0);
      }
    }
    FaceTable exact = FaceTable.read(parquet);
    FaceTable rounded = FaceTable.read(csv);
    assertEquals(rounded.columns(), exact.columns());
    assertEquals(rounded.texts("expression"), exact.texts("expression"));
    assertEquals(2, exact.size());
    for (int row = 0; row < 2; row++) {
      assertEquals(
          rounded.number(row, "au12").orElseThrow(), exact.number(row, "au12").orElseThrow(), 1e-4);
    }
  }

  @Test
  void everyPackageHasItsFloor() {
    House house = new House("org.affect4j.parquet", List.of(""));
    house.everyPackageHasItsFloor();
    house.internalsOfOthersAreLeftAloneBy("");
  }
}
