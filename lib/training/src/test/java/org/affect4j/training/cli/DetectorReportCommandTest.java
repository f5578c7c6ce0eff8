package org.affect4j.training.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.affect4j.Bundled;
import org.affect4j.dataset.LabelFile;
import org.affect4j.training.MadeUpFaces;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.Table;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.types.Array;
import us.hebi.matlab.mat.types.Cell;
import us.hebi.matlab.mat.types.Matrix;

class DetectorReportCommandTest extends CommandRunner {
  @TempDir Path folder;

  private String place(String name) {
    return folder.resolve(name).toString();
  }

  /** The faces are five spots on a plate, which no detector takes for one. */
  @Tag("slow")
  @Test
  void sameSeedGivesTheSameReport() throws IOException {
    String[] common = {
      "detector-report",
      "--faces",
      MadeUpFaces.faces(folder.resolve("faces"), 3, false).toString(),
      "--backgrounds",
      MadeUpFaces.backgrounds(folder.resolve("backgrounds"), 3).toString(),
      "--lookalikes",
      MadeUpFaces.backgrounds(folder.resolve("lookalikes"), 2).toString(),
      "--count",
      "100",
      "--seed",
      "4",
      "-o"
    };
    String[] once = Stream.concat(Stream.of(common), Stream.of(place("a"))).toArray(String[]::new);
    assertEquals(0, run(once), err.toString());
    String[] more = {place("b"), "--failures", "2"};
    String[] again = Stream.concat(Stream.of(common), Stream.of(more)).toArray(String[]::new);
    assertEquals(0, run(again), err.toString());
    List<String> report = Files.readAllLines(folder.resolve("a/report.csv"));
    assertEquals(report, Files.readAllLines(folder.resolve("b/report.csv")));
    assertEquals("detector,images,size,measure,value,low,high,count", report.get(0));
    assertTrue(
        report.stream().anyMatch(l -> l.startsWith("detector-v2,photos,24-150,recall,")),
        report.toString());
    assertTrue(
        report.stream().anyMatch(l -> l.startsWith("detector-v2,small photos,8-12,recall,")),
        report.toString());
    assertTrue(
        report.stream()
            .anyMatch(l -> l.startsWith("detector-v2,look-alikes,,false_positives_per_100,")),
        report.toString());
    assertTrue(out.toString().contains("threshold"), out.toString());
    try (Stream<Path> files = Files.list(folder.resolve("b/failures/detector-v2/photos"))) {
      assertEquals(2, files.count());
    }
  }

  /** A rendered group under a photo's name, its faces easy save one that is hard alone. */
  @Test
  void widerFaceIsMeasuredByItsRule() throws IOException {
    Path root = folder.resolve("wider");
    Path photos = Files.createDirectories(root.resolve("WIDER_val/images/0--Parade"));
    Files.copy(Bundled.path("data/groups/00.jpg"), photos.resolve("0_Parade_a_0_1.jpg"));
    Table truth = LabelFile.read(Bundled.path("data/groups/labels.csv"));
    List<String> lines = new ArrayList<>(List.of("0--Parade/0_Parade_a_0_1.jpg", ""));
    for (Row row : truth) {
      if (row.getString("file").equals("00.jpg")) {
        lines.add(
            Stream.of("box_x", "box_y", "box_width", "box_height")
                .map(row::getString)
                .collect(Collectors.joining(" ", "", " 0 0 0 0 0 0")));
      }
    }
    int faces = lines.size() - 2;
    lines.set(1, String.valueOf(faces));
    Path lists = Files.createDirectories(root.resolve("wider_face_split"));
    Files.write(lists.resolve("wider_face_val_bbx_gt.txt"), lines);
    String[] arguments = {"detector-report", "--wider", root.toString(), "-o", place("out")};
    assertEquals(1, run(arguments));
    assertTrue(err.toString().contains("wider_easy_val.mat"), err.toString());
    for (String part : List.of("easy", "medium", "hard")) {
      int members = part.equals("hard") ? faces : faces - 1;
      Matrix numbers = Mat5.newMatrix(members, 1);
      for (int i = 0; i < members; i++) {
        numbers.setInt(i, i + 1);
      }
      Mat5.writeToFile(
          Mat5.newMatFile()
              .addArray("file_list", cell(cell(Mat5.newString("0_Parade_a_0_1"))))
              .addArray("gt_list", cell(cell(numbers))),
          lists.resolve("wider_%s_val.mat".formatted(part)).toFile());
    }
    assertEquals(0, run(arguments), err.toString());
    assertEquals(
        List.of(
            "detector,images,size,measure,value,low,high,count",
            "detector-v2,wider easy,,average_precision,1.0000,,," + (faces - 1),
            "detector-v2,wider medium,,average_precision,1.0000,,," + (faces - 1),
            "detector-v2,wider hard,,average_precision,1.0000,,," + faces),
        Files.readAllLines(folder.resolve("out/report.csv")));
    assertTrue(err.toString().contains("1 validation photos"), err.toString());
    assertEquals(2, run(with(arguments, "--faces", "x")));
    assertTrue(err.toString().contains("on WIDER FACE alone"), err.toString());
  }

  private static Cell cell(Array value) {
    return Mat5.newCell(1, 1).set(0, value);
  }

  @Test
  void wrongUsageIsSaid() {
    assertEquals(2, run("detector-report", "--heads", "x", "-o", place("out")));
    assertTrue(err.toString().contains("give --backgrounds"), err.toString());
    assertEquals(2, run("detector-report", "--backgrounds", "x", "-o", place("out")));
    assertTrue(err.toString().contains("at least one of --faces and --heads"), err.toString());
    assertEquals(
        2,
        run("detector-report", "--heads", "x", "--backgrounds", "x", "--count", "9", "-o", "out"));
    assertTrue(err.toString().contains("needs a --count of 100"), err.toString());
  }
}
