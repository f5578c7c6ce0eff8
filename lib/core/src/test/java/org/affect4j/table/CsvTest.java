package org.affect4j.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.Table;
import tech.tablesaw.io.csv.CsvReadOptions;

class CsvTest {
  /** Names as disks have them. */
  static final List<String> NAMES =
      List.of(
          "plain.jpg",
          "a\"b.jpg",
          "\"quoted\"",
          "\"\"",
          "one, two.jpg",
          "line\nbreak.jpg",
          "carriage\rreturn.jpg",
          "both\r\n.jpg",
          "\n",
          "=1+2.jpg",
          "+1",
          "-1",
          "@x",
          "#1.jpg",
          "#",
          " blanks at the ends ",
          " ",
          "\ttab\t",
          "'apostrophe'",
          "a;b",
          "100%E9.jpg",
          "file:x",
          "back\\slash",
          "\u001b[31mred",
          "<b>bold</b>.jpg",
          "NA",
          "null",
          "😀👩‍👩‍👧.jpg",
          "caf\u00e9.jpg",
          "cafe\u0301.jpg",
          "\u202egpj.exe",
          "\u00a0\u2028\u0085",
          "\ufffd.jpg",
          "é".repeat(127) + "x",
          ("d".repeat(99) + "/").repeat(10) + "x.jpg");

  private static Path file(Path folder) throws IOException {
    FaceTableBuilder rows = new FaceTableBuilder("names", List.of());
    for (String name : NAMES) {
      rows.set(FaceColumns.INPUT, name);
      rows.set(FaceColumns.STATUS, "ok");
      rows.add();
    }
    Path csv = folder.resolve("names.csv");
    try (OutputStream out = Files.newOutputStream(csv);
        FaceStream stream = new FaceStream(out, csv, FaceColumns.analysis(0))) {
      stream.append(rows.build());
    }
    return csv;
  }

  @Test
  void everyNameComesBackAsItWas(@TempDir Path folder) throws IOException {
    Path csv = file(folder);
    assertEquals(NAMES, FaceTable.read(csv).texts("input"));
    Csv.Scanner scanner = new Csv.Scanner(new ByteArrayInputStream(Files.readAllBytes(csv)), 1);
    List<String> scanned = new ArrayList<>();
    while (scanner.next()) {
      assertTrue(scanner.whole());
      scanned.addAll(scanner.cells());
    }
    assertEquals("input", scanned.remove(0));
    assertEquals(NAMES, scanned);
    assertEquals(Files.size(csv), scanner.end());
  }

  @Test
  void filesOfAnEarlierVersionAreReadWithTheirColumns(@TempDir Path folder) throws IOException {
    List<String> columns = new ArrayList<>(FaceColumns.analysis(2));
    columns.remove("roll_deg");
    String row = "a.jpg,,,0,ok" + ",".repeat(columns.size() - 6) + ".25,.5";
    Path csv = Files.writeString(folder.resolve("old.csv"), Csv.line(columns) + row + "\n");
    assertEquals(columns, FaceTable.read(csv).columns());
    assertEquals(.5, FaceTable.read(csv).number(0, "e001").orElseThrow());
  }

  /** As anyone would read it. */
  @Test
  void tablesawReadsItWithoutOurHelp(@TempDir Path folder) throws IOException {
    Table table =
        Table.read()
            .usingOptions(
                CsvReadOptions.builder(file(folder).toFile())
                    .columnTypes(name -> ColumnType.STRING)
                    .missingValueIndicator("")
                    .maxCharsPerColumn(1 << 12));
    assertEquals(NAMES, table.stringColumn("input").asList());
  }

  @Test
  void pythonReadsIt(@TempDir Path folder) throws Exception {
    Path python = Path.of("/usr/bin/python3");
    Assumptions.assumeTrue(Files.isExecutable(python), "there is no python3 here");
    Process process =
        new ProcessBuilder(
                python.toString(),
                "-c",
                "import csv, sys\n"
                    + "for row in csv.DictReader(open(sys.argv[1], newline='', encoding='utf-8')):\n"
                    + "    sys.stdout.buffer.write(row['input'].encode() + b'\\0')",
                file(folder).toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    byte[] out = process.getInputStream().readAllBytes();
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    assertEquals(NAMES, List.of(new String(out, StandardCharsets.UTF_8).split("\0")));
  }

  @Test
  void onlyWhatNeedsQuotesHasThem() {
    assertEquals(
        "a b,,=1,\"#\",\"x,\"\"y\"\"\"\n", Csv.line(List.of("a b", "", "=1", "#", "x,\"y\"")));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void namesThatAreNoTextAreUris(@TempDir Path folder) throws Exception {
    Process process =
        new ProcessBuilder("sh", "-c", "touch \"$(printf 'caf\\351, \\042.jpg')\" 'caf%E9.jpg'")
            .directory(folder.toFile())
            .start();
    assertEquals(0, process.waitFor());
    List<String> names = new ArrayList<>();
    try (var files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        String name = InputName.of(file);
        names.add(name.substring(name.lastIndexOf('/') + 1));
        assertEquals(file, InputName.path(name));
        assertTrue(Files.exists(InputName.path(name)));
        assertEquals(file.toRealPath(), InputName.real(InputName.path(name)));
      }
    }
    assertTrue(names.contains("caf%E9.jpg"), "a name of ASCII letters: " + names);
    assertTrue(names.contains("caf%E9,%20%22.jpg"), "the byte E9: " + names);
    assertFalse(InputName.of(folder.resolve("caf%E9.jpg")).startsWith("file:"));
  }
}
