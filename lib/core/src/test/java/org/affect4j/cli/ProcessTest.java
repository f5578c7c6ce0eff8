package org.affect4j.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.affect4j.Bundled;
import org.affect4j.table.FaceTable;
import org.affect4j.table.Provenance;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The command line as a process of its own: signals, pipes and locales. */
@EnabledOnOs(OS.LINUX)
@Timeout(180)
@Tag("slow")
class ProcessTest {
  private static final int PHOTOS = 6;
  private static final String PORTRAITS = Bundled.path("data/portraits").toString();

  private static Process start(Path err, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                // A test may run where Ctrl-C is ignored, which a process inherits.
                "env",
                "--default-signal=INT",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "org.affect4j.cli.Main"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(err.toFile());
    builder.environment().put("LC_ALL", "C.UTF-8");
    return builder.start();
  }

  private static int end(Process process) throws InterruptedException {
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), "the process ends");
    return process.exitValue();
  }

  @Test
  void aSignalEndsARunAfterAWholeRow(@TempDir Path folder) throws Exception {
    Path csv = folder.resolve("faces.csv");
    Path err = folder.resolve("err.txt");
    List<String> options =
        new ArrayList<>(List.of("analyze", "--threads=1", "--magnify", "-o", csv.toString()));
    for (int i = 0; i < PHOTOS; i++) {
      options.add("%s/%03d.jpg".formatted(PORTRAITS, i));
    }
    String[] command = options.toArray(String[]::new);
    int header = String.join(",", Bundled.columns(0)).length() + 1;
    long size = header;
    for (String signal : List.of("INT", "TERM")) {
      Process process = start(err, command);
      while (process.isAlive() && (!Files.exists(csv) || Files.size(csv) <= size)) {
        Thread.sleep(5);
      }
      new ProcessBuilder("kill", "-" + signal, "" + process.pid()).start().waitFor();
      assertEquals(signal.equals("INT") ? 130 : 143, end(process), Files.readString(err));
      byte[] bytes = Files.readAllBytes(csv);
      assertEquals('\n', bytes[bytes.length - 1]);
      assertTrue(bytes.length > size && FaceTable.read(csv).size() < PHOTOS);
      assertFalse(Provenance.beside(csv).orElseThrow().ended().length() > 0);
      size = bytes.length;
    }
    assertEquals(0, end(start(err, command)), Files.readString(err));
    Path whole = folder.resolve("whole.csv");
    command[4] = whole.toString();
    assertEquals(0, end(start(err, command)), Files.readString(err));
    assertArrayEquals(Files.readAllBytes(whole), Files.readAllBytes(csv));
  }

  @Test
  void rowsGoToStandardOutputUntilNobodyReads(@TempDir Path folder) throws Exception {
    Path err = folder.resolve("err.txt");
    String photo = PORTRAITS + "/001.jpg";
    Process one = start(err, "analyze", photo, "-o", "-");
    String out = new String(one.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, end(one), Files.readString(err));
    assertEquals(
        List.of(String.join(",", Bundled.columns(0)), photo),
        out.lines().map(line -> line.startsWith("input") ? line : line.split(",")[0]).toList());
    assertTrue(Files.readString(err).contains("1 inputs: 1 with faces"), Files.readString(err));
    Process head = start(err, "analyze", PORTRAITS, "--threads", "1", "-o", "-");
    try (BufferedReader in = head.inputReader()) {
      in.readLine();
      assertTrue(in.readLine().startsWith(PORTRAITS));
    }
    assertEquals(141, end(head));
    assertFalse(Files.readString(err).contains("affect4j:"), Files.readString(err));
  }

  @Test
  void whereNamesWouldBeHarmedItRefuses(@TempDir Path folder) throws Exception {
    for (String locale : new String[] {"C", "POSIX"}) {
      ProcessBuilder builder =
          new ProcessBuilder(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-cp",
              System.getProperty("java.class.path"),
              "org.affect4j.cli.Main",
              "analyze",
              PORTRAITS,
              "-o",
              folder.resolve("x.csv").toString());
      builder.environment().put("LC_ALL", locale);
      Process process = builder.redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(1, end(process));
      assertTrue(said.contains("LC_ALL=C.UTF-8"), said);
      assertFalse(Files.exists(folder.resolve("x.csv")));
    }
  }
}
