package org.affect4j.analysis;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.affect4j.table.AnalyzedInput.Status;
import org.affect4j.table.FaceColumns;
import org.affect4j.table.FaceOutput;
import org.affect4j.table.FaceTable;
import org.affect4j.table.FaceTableBuilder;
import org.affect4j.table.InputName;
import org.affect4j.table.Provenance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows of inputs that come bit by bit, among others that come at once. */
class ClipRowsTest {
  private static final List<Path> INPUTS =
      List.of(Path.of("a-2"), Path.of("b.mp4"), Path.of("c.mp4"), Path.of("d-0"), Path.of("e.mp4"));

  @TempDir Path folder;

  /** Three blocks of two frames each; the second frame of the last block may be damaged. */
  private static final class Clips implements CsvRun.Clips<Path> {
    private final Path damaged;
    private final int blocks;

    Clips(String damaged, int blocks) {
      this.damaged = Path.of(damaged);
      this.blocks = blocks;
    }

    @Override
    public boolean holds(Path input) {
      return input.toString().endsWith(".mp4");
    }

    @Override
    public void read(Path input, String name, FaceOutput out, ProgressListener listener)
        throws IOException {
      out.begin(name, Map.of("start_s", "1.5"));
      for (int block = 0; block < 3; block++) {
        if (block == blocks) {
          throw new IOException("ended");
        }
        FaceTableBuilder rows = new FaceTableBuilder("rows", List.of());
        for (int frame = 2 * block; frame < 2 * block + 2; frame++) {
          Status status = input.equals(damaged) && frame == 5 ? Status.PARTIAL : Status.NO_FACE;
          rows.set(FaceColumns.INPUT, name).set(FaceColumns.FRAME, frame);
          rows.set(FaceColumns.STATUS, status.label()).add();
        }
        out.add(rows.build());
        listener.video(name, 2 * block + 2, 6, 0);
      }
      out.end();
    }
  }

  private static CsvRun<Path> run(String damaged, int blocks, Map<String, String> videos) {
    Map<String, String> settings = new HashMap<>(KilledRun.SETTINGS);
    videos.forEach((name, value) -> settings.put(Provenance.OF_VIDEOS + name, value));
    return new CsvRun<>(
        2,
        InputName::of,
        InputName::place,
        FaceColumns.analysis(0),
        settings,
        KilledRun.run(KilledRun.SETTINGS).rows(),
        new Clips(damaged, blocks));
  }

  private static FolderAnalysis.Summary run(Path csv, String damaged) throws IOException {
    return run(damaged, 9, Map.of("every", "1"))
        .run(INPUTS, CsvOutput.continuing(csv), ProgressListener.silent());
  }

  @Test
  void rowsStandInTheOrderOfTheInputsAndAreCounted() throws IOException {
    Path csv = folder.resolve("rows.csv");
    FolderAnalysis.Summary summary = run(csv, "c.mp4");
    List<String> expected = new ArrayList<>(List.of("a-2", "a-2"));
    for (String input : List.of("b.mp4", "c.mp4", "d-0", "e.mp4")) {
      for (int i = 0; i < (input.equals("d-0") ? 1 : 6); i++) {
        expected.add(input);
      }
    }
    FaceTable rows = FaceTable.read(csv);
    assertEquals(expected, rows.texts(FaceColumns.INPUT));
    assertEquals(3, summary.videos());
    assertEquals(18, summary.frames());
    assertEquals(Map.of(Status.OK, 1, Status.NO_FACE, 3, Status.PARTIAL, 1), summary.counts());
    Provenance made = Provenance.beside(csv).orElseThrow();
    assertEquals(Map.of("ok", 1, "no_face", 3, "partial", 1), made.inputs());
    assertEquals(Map.of("start_s", "1.5"), made.videos().get("c.mp4"));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    run("c.mp4", 9, Map.of()).run(INPUTS, CsvOutput.stream(out), ProgressListener.silent());
    assertArrayEquals(Files.readAllBytes(csv), out.toByteArray());
  }

  @Test
  void whatEndsWithinAClipIsBegunAnew() throws IOException {
    Path whole = folder.resolve("whole.csv");
    run(whole, "");
    for (int blocks = 0; blocks < 3; blocks++) {
      Path csv = folder.resolve("rows" + blocks + ".csv");
      CsvRun<Path> ended = run("", blocks, Map.of("every", "1"));
      assertThrows(
          IOException.class,
          () -> ended.run(INPUTS, CsvOutput.continuing(csv), ProgressListener.silent()));
      assertEquals(2 * blocks + 2, FaceTable.read(csv).size());
      run(csv, "");
      assertArrayEquals(Files.readAllBytes(whole), Files.readAllBytes(csv));
    }
  }

  @Test
  void aDamagedClipIsReadAgainInItsPlace() throws IOException {
    Path whole = folder.resolve("whole.csv");
    run(whole, "");
    Path csv = folder.resolve("rows.csv");
    run(csv, "c.mp4");
    byte[] bytes = Files.readAllBytes(csv);
    assertEquals(4, run(csv, "c.mp4").kept());
    assertArrayEquals(bytes, Files.readAllBytes(csv));
    assertEquals(1, run(csv, "").videos());
    assertArrayEquals(Files.readAllBytes(whole), Files.readAllBytes(csv));
  }

  @Test
  void settingsOfVideosCountWhereThereAreVideos() throws IOException {
    Path csv = folder.resolve("rows.csv");
    List<Path> photos = List.of(Path.of("a-2"));
    run("", 9, Map.of()).run(photos, CsvOutput.continuing(csv), ProgressListener.silent());
    run(csv, "");
    run("", 9, Map.of()).run(photos, CsvOutput.continuing(csv), ProgressListener.silent());
    CsvRun<Path> other = run("", 9, Map.of("every", "2"));
    IOException e =
        assertThrows(
            IOException.class,
            () -> other.run(INPUTS, CsvOutput.continuing(csv), ProgressListener.silent()));
    assertTrue(
        e.getMessage().contains("now {video every=2}, then {video every=1}"), e.getMessage());
  }
}
