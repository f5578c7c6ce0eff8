package org.affect4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.affect4j.Bundled;
import org.affect4j.table.FaceTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Options of videos where the module that reads videos is not on the class path. */
class VideoArgumentsTest {
  @Test
  void aVideoWithoutItsModuleIsARowThatNamesIt(@TempDir Path folder) throws IOException {
    Path video = Files.writeString(folder.resolve("clip.mp4"), "any");
    Path csv = folder.resolve("faces.csv");
    String photo = Bundled.path("data/portraits/001.jpg").toString();
    CommandRun run =
        CommandRun.of("analyze", video.toString(), photo, "--every=2", "-o", csv.toString());
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("note: videos are read by the module"), run.out());
    FaceTable rows = FaceTable.read(csv);
    assertEquals(List.of("unreadable", "ok"), rows.texts("status"));
    assertTrue(rows.text(0, "reason").orElseThrow().contains("org.affect4j:affect4j-video"));
  }

  @Test
  void wrongOptionsAreWrongUsage(@TempDir Path folder) {
    String photo = Bundled.path("data/portraits/001.jpg").toString();
    String csv = folder.resolve("faces.csv").toString();
    for (String wrong :
        List.of(
            "--smooth=median", "--smooth=mean:4", "--faces=0", "--baseline=mode", "--every=x")) {
      CommandRun run = CommandRun.of("analyze", photo, wrong, "-o", csv);
      assertEquals(2, run.code(), wrong);
      assertTrue(run.err().contains(wrong.substring(0, wrong.indexOf('='))), run.err());
    }
    assertEquals(1, CommandRun.of("analyze", photo, "--from=3", "--to=2", "-o", csv).code());
    assertFalse(Files.exists(Path.of(csv)));
  }
}
