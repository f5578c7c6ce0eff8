package org.affect4j.analysis;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import javax.imageio.ImageIO;
import org.affect4j.Bundled;
import org.affect4j.face.Landmarks68;
import org.affect4j.image.FaceImage;
import org.affect4j.table.FaceColumns;
import org.affect4j.table.FaceTable;
import org.affect4j.table.Provenance;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;

/** 68 landmarks from the photo to the table and back. */
class HeadPoseColumnsTest {
  private static final AnalyzerOptions OPTIONS = AnalyzerOptions.defaults().withThreads(1);

  private static FaceAnalyzer posing;

  @BeforeAll
  static void load() {
    posing = FaceAnalyzer.load(OPTIONS.withHeadPose(true));
  }

  @AfterAll
  static void close() {
    posing.close();
  }

  @Test
  void theFileHoldsWhatWasReadAndOtherColumnsStayAsTheyWere(@TempDir Path folder)
      throws IOException {
    Path photo = Files.copy(Bundled.path("data/portraits/000.jpg"), folder.resolve("a.jpg"));
    Path none = folder.resolve("b.png");
    ImageIO.write(FaceImage.plain(90, 90, 90).toBufferedImage(), "png", none.toFile());
    Path csv = folder.resolve("posed.csv");
    FolderAnalysis.ofPhotos().run(posing, List.of(photo, none), csv, ProgressListener.silent());
    FaceTable table = FaceTable.read(csv);
    List<String> columns = new ArrayList<>(Bundled.columns(0));
    columns.addAll(FaceColumns.headPose());
    assertEquals(columns, table.columns());
    assertEquals(140, FaceColumns.headPose().size());
    assertEquals(OptionalDouble.empty(), table.number(1, FaceColumns.YAW));
    assertEquals(Optional.empty(), table.landmarks68(1));

    FaceTable exact = posing.analyze(photo);
    for (String column : FaceColumns.headPose()) {
      double read = table.number(0, column).orElseThrow();
      assertEquals(exact.number(0, column).orElseThrow(), read, .051, column);
    }
    assertEquals(exact.detection(0).orElseThrow().landmarks68(), exact.landmarks68(0));

    Path plain = folder.resolve("plain.csv");
    try (FaceAnalyzer usual = FaceAnalyzer.load(OPTIONS)) {
      FolderAnalysis.ofPhotos().run(usual, List.of(photo), plain, ProgressListener.silent());
    }
    FaceTable before = FaceTable.read(plain);
    for (String column : FaceColumns.analysis(0)) {
      if (!column.equals(FaceColumns.ROLL)) {
        assertEquals(before.text(0, column), table.text(0, column), column);
      }
    }
    assertTrue(Provenance.beside(csv).orElseThrow().settings().containsKey("68 landmarks SHA-256"));
    assertEquals(
        null, Provenance.beside(plain).orElseThrow().settings().get("headPose"), "as before");
  }

  @Test
  void theBundledPortraitsAreReadAsTheyWereDrawn() throws IOException {
    Table labels = Table.read().csv(Bundled.path("data/portraits/labels.csv").toFile());
    int faces = 6;
    double[] errors = new double[4];
    for (int i = 0; i < faces; i++) {
      FaceTable read =
          FaceTable.of(
              posing.analyze(
                  FaceImage.read(Bundled.path("data/portraits/" + labels.getString(i, "file")))));
      Landmarks68 found = read.landmarks68(0).orElseThrow();
      double unit = read.landmarks(0).orElseThrow().interocularDistance();
      for (int p = 0; p < Landmarks68.COUNT; p++) {
        double x = labels.doubleColumn("p%02d_x".formatted(p)).get(i);
        double y = labels.doubleColumn("p%02d_y".formatted(p)).get(i);
        errors[0] +=
            Math.hypot(found.points().get(p).x() - x, found.points().get(p).y() - y)
                / unit
                / Landmarks68.COUNT;
      }
      errors[1] += Math.abs(angle(read, "yaw_deg") - labels.doubleColumn("yaw_deg").get(i));
      errors[2] += Math.abs(angle(read, "pitch_deg") - labels.doubleColumn("pitch_deg").get(i));
      errors[3] += Math.abs(angle(read, "roll_deg") + labels.doubleColumn("roll_deg").get(i));
    }
    assertTrue(errors[0] / faces < .1, "landmarks are off by " + errors[0] / faces);
    for (int i = 1; i < errors.length; i++) {
      assertTrue(errors[i] / faces < 5, "angle " + i + " is off by " + errors[i] / faces);
    }
  }

  private static double angle(FaceTable read, String column) {
    return read.number(0, column).orElseThrow();
  }

  @Test
  void aCropOfAnySizeHasItsLandmarksInItsOwnPixels() throws IOException {
    FaceImage photo = FaceImage.read(Bundled.path("data/portraits/001.jpg"));
    Landmarks68 large = of(photo);
    Landmarks68 small = of(photo.resized(photo.width() / 6, photo.height() / 6));
    double unit = large.five().interocularDistance();
    for (int i = 0; i < Landmarks68.COUNT; i++) {
      double away = small.moved(6, 2.5, 2.5).points().get(i).distanceTo(large.points().get(i));
      assertTrue(away < .4 * unit, "point " + i + " by " + away / unit);
    }
  }

  private static Landmarks68 of(FaceImage crop) {
    return posing.analyzeCrop(crop).detection().orElseThrow().landmarks68().orElseThrow();
  }

  @Test
  void facesAreCutOutByTheAffineTransformWhereANetworkWantsIt() throws IOException {
    FaceImage photo = FaceImage.read(Bundled.path("data/portraits/000.jpg"));
    double[] usual = posing.analyze(photo).get(0).behaviour().actionUnitProbabilities();
    try (FaceAnalyzer affine = FaceAnalyzer.load(OPTIONS.withAffine(true))) {
      double[] read = affine.analyze(photo).get(0).behaviour().actionUnitProbabilities();
      assertNotEquals(usual[0], read[0]);
      assertArrayEquals(usual, read, .3);
      assertEquals(Bundled.columns(0), affine.columns(false));
    }
  }
}
