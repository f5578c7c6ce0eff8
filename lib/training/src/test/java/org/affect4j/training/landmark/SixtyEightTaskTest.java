package org.affect4j.training.landmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.affect4j.face.HeadPose;
import org.affect4j.face.Landmarks68;
import org.affect4j.face.Point;
import org.affect4j.image.FaceAligner;
import org.affect4j.image.FaceImage;
import org.affect4j.training.batch.CropLabels;
import org.affect4j.training.batch.CropSet;
import org.affect4j.training.batch.LabelledCrop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SixtyEightTaskTest {
  private static final Path PORTRAITS =
      Path.of(System.getProperty("affect4j.root"), "data/portraits");

  /** Left of the image, then right. */
  private static final int[][] SIDES = {
    {0, 16}, {17, 26}, {21, 22}, {31, 35}, {36, 45}, {39, 42}, {48, 54}, {60, 64}, {59, 55},
    {67, 65}
  };

  /** Above, then below. */
  private static final int[][] HEIGHTS = {{37, 41}, {43, 47}, {27, 33}, {51, 57}, {19, 37}};

  @Test
  void theRendererTellsPoseAndPersons() throws IOException {
    List<RenderedTruth> faces = RenderedTruth.read(PORTRAITS);
    assertEquals(36, faces.size());
    RenderedTruth first = faces.get(0);
    assertEquals(new HeadPose(21, -5, -2), first.pose(), "clockwise here");
    assertEquals("0", first.person());
    assertTrue(first.all().five().errorAgainst(first.five()) < .15);
  }

  @Test
  void pointsChangePlacesInTheMirror() throws IOException {
    RenderedTruth face = RenderedTruth.read(PORTRAITS).get(0);
    FaceAligner aligner = new FaceAligner();
    float[] points = new float[136];
    for (int i = 0; i < 68; i++) {
      Point p = aligner.transform(face.five()).apply(face.all().points().get(i));
      points[2 * i] = (float) p.x();
      points[2 * i + 1] = (float) p.y();
    }
    LabelledCrop crop =
        new LabelledCrop(
            "a", FaceImage.plain(112, 112, 90), CropLabels.ofUnits(CropLabels.unknownUnits()));
    RenderedPoints set =
        new RenderedPoints(
            CropSet.of("drawn", Collections.nCopies(12, crop)), Collections.nCopies(12, points));
    SixtyEightTask task = new SixtyEightTask(new RenderedPoints.Parts(set, set), 12, 1);
    int mirrored = 0;
    for (int epoch = 0; epoch < 3; epoch++) {
      LandmarkBatch batch = task.load(epoch, 0);
      for (int i = 0; i < batch.size(); i++) {
        float[] xy = Arrays.copyOfRange(batch.offsets(), 136 * i, 136 * (i + 1));
        List<Point> seen =
            Landmarks68.of(IntStream.range(0, 136).mapToDouble(k -> xy[k]).toArray()).points();
        for (int[] pair : SIDES) {
          assertTrue(seen.get(pair[0]).x() < seen.get(pair[1]).x(), Arrays.toString(pair));
        }
        for (int[] pair : HEIGHTS) {
          assertTrue(seen.get(pair[0]).y() < seen.get(pair[1]).y(), Arrays.toString(pair));
        }
        // The head is turned to the right of the image.
        mirrored += HeadPose.of(new Landmarks68(seen)).yaw() < 0 ? 1 : 0;
      }
    }
    assertTrue(mirrored > 5 && mirrored < 31, mirrored + " of 36");
  }

  @Test
  void labelsWithoutPointsAreRefused(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("labels.csv"), "file,au01\na.jpg,0\n");
    IOException e = assertThrows(IOException.class, () -> RenderedTruth.read(folder));
    assertTrue(e.getMessage().contains("p00_x to p67_y"), e.getMessage());
  }
}
