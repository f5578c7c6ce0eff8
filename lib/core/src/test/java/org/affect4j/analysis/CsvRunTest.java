package org.affect4j.analysis;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.affect4j.table.AnalyzedInput.Status;
import org.affect4j.table.FaceColumns;
import org.affect4j.table.FaceTable;
import org.affect4j.table.Provenance;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvRunTest {
  private static final CsvRun<Path> RUN = KilledRun.run(KilledRun.SETTINGS);

  private static FolderAnalysis.Summary run(Path csv, List<Path> inputs) throws IOException {
    return RUN.run(inputs, CsvOutput.continuing(csv), ProgressListener.silent());
  }

  /** Inputs with their faces, as {@code NAME-FACES#FACE}. */
  private static List<String> rows(Path csv) throws IOException {
    return Files.readAllLines(csv).stream()
        .skip(1)
        .map(line -> line.split(",", -1))
        .map(cells -> cells[0] + "#" + cells[3])
        .toList();
  }

  private static List<String> expected(List<Path> inputs) {
    List<String> rows = new ArrayList<>();
    for (Path input : inputs) {
      int faces = Integer.parseInt(input.toString().substring(input.toString().length() - 1));
      for (int i = 0; i < Math.max(faces, 1); i++) {
        rows.add(input + "#" + (faces == 0 ? "" : i));
      }
    }
    return rows;
  }

  private static List<Path> both(List<Path> one, List<Path> other) {
    List<Path> all = new ArrayList<>(one);
    all.addAll(other);
    return all;
  }

  @Test
  void rowsOfOtherInputsStay(@TempDir Path folder) throws IOException {
    List<Path> one = KilledRun.inputs("a", 4);
    List<Path> other = KilledRun.inputs("b", 4);
    Path csv = folder.resolve("all.csv");
    run(csv, one);
    FolderAnalysis.Summary summary = run(csv, other);
    assertEquals(expected(both(one, other)), rows(csv));
    assertEquals(4, summary.inputs());
    assertEquals(0, summary.kept());
    byte[] bytes = Files.readAllBytes(csv);
    assertEquals(8, run(csv, both(other, one)).kept());
    assertArrayEquals(bytes, Files.readAllBytes(csv));
    Provenance made = Provenance.beside(csv).orElseThrow();
    assertEquals(Map.of("ok", 6, "no_face", 2), made.inputs());
    assertFalse(made.ended().isEmpty());
    try (var files = Files.list(folder)) {
      assertEquals(2, files.count(), "nothing else is left");
    }
  }

  /** What a killed run leaves at any moment, gone on with by other inputs and by the same ones. */
  @Test
  void aKillAtAnyByteLosesAndDoublesNothing(@TempDir Path folder) throws IOException {
    List<Path> one = KilledRun.inputs("a", 4);
    List<Path> other = KilledRun.inputs("b", 2);
    Path csv = folder.resolve("all.csv");
    List<Long> ends = new ArrayList<>(List.of(0L));
    RUN.run(one, CsvOutput.continuing(csv), (done, total) -> ends.add(csv.toFile().length()));
    byte[] whole = Files.readAllBytes(csv);
    ends.add(1, (long) String.join(",", FaceColumns.analysis(0)).length() + 1);
    Path beside = folder.resolve("all.csv.provenance.json");
    String running =
        Files.readString(beside).replaceAll("\"ended\": \"[^\"]*\"", "\"ended\": \"\"");
    Path lock = folder.resolve("all.csv.lock");
    for (int write = 1; write < ends.size(); write++) {
      long start = ends.get(write - 1);
      long end = ends.get(write);
      for (long at : new long[] {start, start + 1, (start + end) / 2, end - 1, end}) {
        Files.write(csv, Arrays.copyOf(whole, (int) at));
        Files.writeString(beside, running);
        Files.writeString(lock, "%020d %020d\n".formatted(start, end));
        run(csv, other);
        boolean written = at == end;
        // The header is the first write.
        List<Path> there = one.subList(0, Math.max(0, written ? write - 1 : write - 2));
        assertEquals(expected(both(there, other)), rows(csv), "killed at byte " + at);
        assertFalse(Files.exists(lock));
        run(csv, one);
        List<Path> rest = one.subList(there.size(), one.size());
        assertEquals(expected(both(both(there, other), rest)), rows(csv));
      }
    }
  }

  /** Files of an earlier version, or copied without what lies beside them. */
  @Test
  void whereNothingIsKnownTheLastInputIsReadAgain(@TempDir Path folder) throws IOException {
    List<Path> inputs = KilledRun.inputs("a", 4);
    Path whole = folder.resolve("whole.csv");
    run(whole, inputs);
    byte[] bytes = Files.readAllBytes(whole);
    for (int at = 0; at <= bytes.length; at += at < bytes.length - 5 ? 17 : 1) {
      Path csv = Files.write(folder.resolve("cut.csv"), Arrays.copyOf(bytes, at));
      Files.deleteIfExists(folder.resolve("cut.csv.provenance.json"));
      run(csv, inputs);
      assertArrayEquals(bytes, Files.readAllBytes(csv), "cut at byte " + at);
    }
  }

  @Tag("slow")
  @Test
  @Timeout(120)
  @DisabledOnOs(OS.WINDOWS)
  void killedProcessesLeaveWholeRows(@TempDir Path folder) throws Exception {
    Path csv = folder.resolve("all.csv");
    Random random = new Random(1);
    for (int i = 0; i < 6; i++) {
      long before = Files.exists(csv) ? Files.size(csv) : 0;
      Process process = start(csv, "a", 5_000);
      while (process.isAlive() && (!Files.exists(csv) || Files.size(csv) == before)) {
        Thread.sleep(5);
      }
      Thread.sleep(random.nextInt(40));
      process.destroyForcibly().waitFor();
      // Other inputs, and each time a part of those that were killed.
      run(csv, KilledRun.inputs("b", i));
    }
    List<String> rows = rows(csv);
    assertEquals(rows.size(), rows.stream().distinct().count(), "none twice");
    List<Path> there =
        rows.stream().map(r -> Path.of(r.substring(0, r.indexOf('#')))).distinct().toList();
    assertEquals(expected(there), rows, "each whole");
    assertTrue(there.containsAll(KilledRun.inputs("b", 5)));
  }

  private static Process start(Path csv, String prefix, int count) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            KilledRun.class.getName(),
            csv.toString(),
            prefix,
            String.valueOf(count))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  @Tag("slow")
  @Test
  @Timeout(60)
  void aSecondRunIsRefusedAtOnce(@TempDir Path folder) throws Exception {
    Path csv = folder.resolve("all.csv");
    CountDownLatch refused = new CountDownLatch(1);
    CsvRun<Path> slow =
        KilledRun.run(
            1,
            KilledRun.SETTINGS,
            (path, name) -> {
              try {
                assertTrue(refused.await(50, TimeUnit.SECONDS));
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              return KilledRun.rows(name, 1, Status.OK);
            });
    Thread first =
        new Thread(
            () -> {
              try {
                slow.run(
                    List.of(Path.of("first")),
                    CsvOutput.continuing(csv),
                    ProgressListener.silent());
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
    first.start();
    while (!Files.exists(csv) || Files.size(csv) == 0) {
      Thread.sleep(5);
    }
    Path other = folder.resolve(".").resolve("all.csv");
    for (CsvOutput output : List.of(CsvOutput.continuing(other), CsvOutput.overwriting(csv))) {
      IOException e =
          assertThrows(
              IOException.class,
              () -> RUN.run(KilledRun.inputs("b", 2), output, ProgressListener.silent()));
      assertTrue(e.getMessage().contains("another run is writing"), e.getMessage());
    }
    assertEquals(1, start(csv, "c", 2).waitFor(), "from another process, after refusals in this");
    refused.countDown();
    first.join();
    assertEquals(List.of("first#0"), rows(csv));
    assertFalse(Files.exists(folder.resolve("all.csv.lock")));
    assertEquals(0, start(csv, "c", 2).waitFor());
  }

  @Test
  void otherSettingsAreRefusedAndNamed(@TempDir Path folder) throws IOException {
    Path csv = folder.resolve("all.csv");
    List<Path> inputs = KilledRun.inputs("a", 3);
    run(csv, inputs);
    byte[] bytes = Files.readAllBytes(csv);
    CsvRun<Path> changed = KilledRun.run(Map.of("network", "two", "tiles", "true"));
    IOException e =
        assertThrows(
            IOException.class,
            () -> changed.run(inputs, CsvOutput.continuing(csv), ProgressListener.silent()));
    for (String part : List.of("network=two", "network=one", "tiles=true", "--overwrite")) {
      assertTrue(e.getMessage().contains(part), e.getMessage());
    }
    assertArrayEquals(bytes, Files.readAllBytes(csv));
    assertFalse(Files.exists(folder.resolve("all.csv.lock")));
    changed.run(inputs.subList(0, 2), CsvOutput.overwriting(csv), ProgressListener.silent());
    assertEquals(expected(inputs.subList(0, 2)), rows(csv));
    assertEquals("two", Provenance.beside(csv).orElseThrow().settings().get("network"));
    Path begun = folder.resolve("begun.csv");
    RUN.run(List.of(), CsvOutput.continuing(begun), ProgressListener.silent());
    changed.run(inputs, CsvOutput.continuing(begun), ProgressListener.silent());
    assertEquals(expected(inputs), rows(begun), "no row, so nothing that could differ");
    Path nowhere = folder.resolve("nowhere.csv");
    Files.createDirectory(nowhere);
    assertThrows(IOException.class, () -> run(nowhere, inputs));
    Path foreign = Files.writeString(folder.resolve("notes.csv"), "a,b\n1,2\n");
    assertThrows(
        IOException.class,
        () -> RUN.run(inputs, CsvOutput.overwriting(foreign), ProgressListener.silent()));
    assertThrows(IOException.class, () -> run(foreign, inputs));
    assertEquals("a,b\n1,2\n", Files.readString(foreign));
    assertFalse(Files.exists(folder.resolve("notes.csv.lock")));
  }

  @Test
  void aFileSavedByAnotherProgramIsReadAndContinued(@TempDir Path folder) throws IOException {
    Path csv = folder.resolve("faces.csv");
    String row = "a-1,,,0,ok" + ",".repeat(FaceColumns.analysis(0).size() - 5) + "1.5";
    Files.writeString(csv, String.join(",", FaceColumns.analysis(0)) + "\r\n" + row + "\r\n");
    assertEquals(1.5, FaceTable.read(csv).number(0, "roll_deg").orElseThrow());
    run(csv, List.of(Path.of("b-1"), Path.of("a-1")));
    assertEquals(
        List.of("b-1", "a-1"),
        FaceTable.read(csv).texts("input"),
        "the last input of a file without a record is read again");
  }

  @Test
  void aFileOfAnEarlierVersionIsContinuedWithItsColumns(@TempDir Path folder) throws IOException {
    Path csv = folder.resolve("old.csv");
    List<Path> inputs = KilledRun.inputs("a", 3);
    run(csv, inputs);
    List<String> old =
        Files.readAllLines(csv).stream()
            .map(line -> line.substring(0, line.lastIndexOf(',')))
            .toList();
    Files.writeString(csv, String.join("\n", old) + "\n");
    Files.delete(folder.resolve("old.csv.provenance.json"));
    FolderAnalysis.Summary summary = run(csv, KilledRun.inputs("b", 2));
    assertTrue(summary.notes().toString().contains("own columns"), summary.notes().toString());
    assertTrue(summary.notes().toString().contains("3 inputs are kept"), "" + summary.notes());
    assertEquals(3, Provenance.beside(csv).orElseThrow().unrecorded());
    assertEquals(expected(both(inputs, KilledRun.inputs("b", 2))), rows(csv));
    assertEquals(FaceColumns.analysis(0).size() - 1, FaceTable.read(csv).columns().size());
    assertEquals(6, FaceTable.read(csv).size());
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void namesAreComparedAsPlaces(@TempDir Path folder) throws IOException {
    Path photos = Files.createDirectory(folder.resolve("photos"));
    Files.createFile(photos.resolve("a-2"));
    Files.createSymbolicLink(folder.resolve("link"), photos);
    Path here = Path.of("").toAbsolutePath();
    Path csv = folder.resolve("all.csv");
    Path relative = here.relativize(photos.resolve("a-2"));
    run(csv, List.of(relative));
    for (Path same :
        List.of(
            Path.of(".").resolve(relative),
            photos.resolve("a-2"),
            photos.resolve("../photos/a-2"),
            folder.resolve("link/a-2"))) {
      assertEquals(1, run(csv, List.of(same)).kept(), same.toString());
    }
    assertEquals(expected(List.of(relative)), rows(csv), "as the user wrote it");
    Path twice = folder.resolve("twice.csv");
    run(twice, List.of(photos.resolve("a-2"), folder.resolve("link/a-2")));
    assertEquals(expected(List.of(photos.resolve("a-2"))), rows(twice));
  }

  @Test
  void namesFromAnotherFolderAreOtherInputs(@TempDir Path folder) throws IOException {
    Path csv = folder.resolve("all.csv");
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    run(csv, List.of(Path.of("a-1")));
    Path beside = folder.resolve("all.csv.provenance.json");
    String made =
        Files.readString(beside).replaceAll("\"folder\": \"[^\"]*\"", "\"folder\": \"elsewhere\"");
    Files.writeString(beside, made);
    run(csv, List.of(Path.of("a-1")));
    assertEquals(
        List.of("a-1#0", Path.of("a-1").toAbsolutePath() + "#0"),
        rows(csv),
        "two files, two names");
    assertEquals(2, run(csv, List.of(Path.of("a-1"), elsewhere.resolve("a-1"))).kept());
  }

  @ParameterizedTest
  @CsvSource({"UNREADABLE, 0", "PARTIAL, 0", "PARTIAL, 2"})
  void whatWasFaultyIsReadAgainInItsPlace(Status fault, int faces, @TempDir Path folder)
      throws IOException {
    Path csv = folder.resolve("all.csv");
    List<Path> inputs = KilledRun.inputs("a", 4);
    Path broken = inputs.get(2);
    CsvRun<Path> unlucky =
        KilledRun.run(
            1,
            KilledRun.SETTINGS,
            (path, name) ->
                path.equals(broken)
                    ? KilledRun.rows(name, faces, fault)
                    : RUN.rows().apply(path, name));
    unlucky.run(inputs, CsvOutput.continuing(csv), ProgressListener.silent());
    byte[] bytes = Files.readAllBytes(csv);
    List<Long> progress = new ArrayList<>();
    FolderAnalysis.Summary again =
        unlucky.run(inputs, CsvOutput.continuing(csv), (done, total) -> progress.add(done));
    assertArrayEquals(bytes, Files.readAllBytes(csv));
    assertEquals(3, again.kept());
    assertEquals(1, again.count(fault));
    assertEquals(List.of(4L), progress);
    // Killed before a mended table took the place of this one.
    Files.writeString(
        folder.resolve("all.csv.lock"), "%020d %020d\n".formatted(bytes.length, bytes.length - 3));
    Files.writeString(folder.resolve("all.csv.new"), "input");
    unlucky.run(inputs, CsvOutput.continuing(csv), ProgressListener.silent());
    assertArrayEquals(bytes, Files.readAllBytes(csv));
    assertFalse(Files.exists(folder.resolve("all.csv.new")));
    FolderAnalysis.Summary mended = run(csv, both(inputs, KilledRun.inputs("b", 1)));
    assertEquals(expected(both(inputs, KilledRun.inputs("b", 1))), rows(csv));
    assertEquals(1, mended.count(Status.OK));
    assertEquals(Map.of("ok", 3, "no_face", 2), Provenance.beside(csv).orElseThrow().inputs());
  }

  @Test
  void aStreamGetsTheSameBytes(@TempDir Path folder) throws IOException {
    Path csv = folder.resolve("all.csv");
    run(csv, KilledRun.inputs("a", 5));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    RUN.run(KilledRun.inputs("a", 5), CsvOutput.stream(out), ProgressListener.silent());
    assertArrayEquals(Files.readAllBytes(csv), out.toByteArray());
  }

  @Test
  void aLostRecordIsNoHindranceAndABrokenOneIsNamed(@TempDir Path folder) throws IOException {
    Path csv = folder.resolve("all.csv");
    run(csv, KilledRun.inputs("a", 3));
    Path beside = folder.resolve("all.csv.provenance.json");
    for (String text : List.of("", "[]", "{}", "{\"library\": 3", "null")) {
      Files.writeString(beside, text);
      IOException e = assertThrows(IOException.class, () -> run(csv, KilledRun.inputs("a", 3)));
      assertTrue(e.getMessage().contains("not the record of a run"), e.getMessage());
    }
    Files.move(csv, folder.resolve("moved.csv"), StandardCopyOption.ATOMIC_MOVE);
    run(csv, KilledRun.inputs("c", 2));
    assertEquals(expected(KilledRun.inputs("c", 2)), rows(csv), "the record was of another file");
  }
}
