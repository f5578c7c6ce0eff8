package org.affect4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.affect4j.analysis.AnalyzerOptions;
import org.affect4j.analysis.FaceAnalyzer;
import org.affect4j.analysis.FolderAnalysis;
import org.affect4j.detect.DetectorOptions;
import org.affect4j.face.Detection;
import org.affect4j.face.Face;
import org.affect4j.face.PixelBox;
import org.affect4j.image.DecodeOptions;
import org.affect4j.image.FaceImage;
import org.affect4j.table.AnalyzedInput;
import org.affect4j.table.AnalyzedInput.Status;
import org.affect4j.table.FaceTable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The small files with which faults were reported, and what is right for each. */
class SharedCasesTest {
  private static final FolderAnalysis ANALYSIS = FolderAnalysis.ofPhotos();

  private static FaceImage image(String file) throws IOException {
    return FaceImage.read(SharedFiles.path("cases/tiny").resolve(file));
  }

  @ParameterizedTest
  @CsvSource({
    "grey64-L.png, 64", "grey64-LA.png, 64", "grey64-tRNS.png, 64",
    "grey128-L.png, 128", "grey128-LA.png, 128", "grey128-tRNS.png, 128",
    "white-555.bmp, 255", "white-565.bmp, 255"
  })
  void coloursAreThoseOfTheFile(String file, int grey) throws IOException {
    FaceImage image = image(file);
    assertEquals(FaceImage.plain(8, 8, grey), image, "%06x".formatted(image.rgb(0, 0)));
  }

  /** As photos; on the command line an animated GIF is a video without {@code --stills}. */
  @ParameterizedTest
  @CsvSource({
    "orient6-8x4.jpg, 4, 8",
    "orient6-8x4.png, 4, 8",
    "orient6-8x4.webp, 4, 8",
    "orient-thumb-only.jpg, 205, 256",
    "offset-frame-16x16.gif, 16, 16"
  })
  void picturesAreUprightAndWhole(String file, int width, int height) throws IOException {
    FaceImage image = image(file);
    assertEquals(width + " x " + height, image.width() + " x " + image.height());
  }

  @ParameterizedTest
  @CsvSource({"none-011, 150, 98, 324, 442", "two-013, 111, 65, 422, 509"})
  void aFaceThatFillsThePhotoIsOneRow(
      String name, double x, double y, double width, double height) {
    Path folder = SharedFiles.path("cases/large");
    try (FaceAnalyzer analyzer = FaceAnalyzer.load()) {
      Face large = onlyFace(analyzer, folder.resolve(name + ".jpg"));
      Face half = onlyFace(analyzer, folder.resolve(name + "-320.png"));
      PixelBox box = large.detection().orElseThrow().box();
      PixelBox reported = new PixelBox(x, y, width, height);
      assertTrue(box.intersectionOverUnion(reported) > .8, box.toString());
      PixelBox ofHalf = half.detection().orElseThrow().moved(2, .5, .5).box();
      assertTrue(box.intersectionOverUnion(ofHalf) > .9, box + " and " + ofHalf);
      assertEquals(half.behaviour().expression(), large.behaviour().expression());
      assertEquals(
          half.behaviour().valenceArousal().valence(),
          large.behaviour().valenceArousal().valence(),
          .15);
    }
  }

  private static Face onlyFace(FaceAnalyzer analyzer, Path file) {
    AnalyzedInput input = ANALYSIS.analyze(analyzer, file);
    assertEquals(Status.OK, input.status(), input.reason());
    assertEquals(1, input.faces().size(), file.toString());
    return input.faces().get(0);
  }

  @Test
  void anUpsideDownFaceIsToldOrReadAsItIs() {
    Path turned = SharedFiles.path("cases/turned/012-180.jpg");
    Face upright;
    try (FaceAnalyzer analyzer = FaceAnalyzer.load()) {
      upright = onlyFace(analyzer, Bundled.path("data/portraits/012.jpg"));
      AnalyzedInput left = ANALYSIS.analyze(analyzer, turned);
      assertEquals(Status.NO_FACE, left.status());
      assertTrue(left.reason().contains("left out upside down: 1"), left.reason());
    }
    DetectorOptions any = DetectorOptions.defaults().withAnyRotation(true);
    try (FaceAnalyzer analyzer = FaceAnalyzer.load(AnalyzerOptions.defaults().withDetector(any))) {
      Face found = onlyFace(analyzer, turned);
      Detection detection = found.detection().orElseThrow();
      assertEquals(180, Math.abs(detection.landmarks().rollDegrees()), 5);
      assertEquals(upright.behaviour().expression(), found.behaviour().expression());
      assertEquals(
          upright.behaviour().valenceArousal().valence(),
          found.behaviour().valenceArousal().valence(),
          .05);
    }
  }

  @Tag("slow")
  @Test
  void aHugeWebPIsOneRow() throws IOException {
    Path file = SharedFiles.path("cases/huge/w-6000x4000.webp");
    // Two at a time have room in a gigabyte only if each tells beforehand what it takes.
    long bytes = FaceImage.bytesToRead(file, DecodeOptions.forAnalysis());
    assertTrue(bytes > 500L << 20 && bytes < 870L << 20, bytes + " bytes");
    try (FaceAnalyzer analyzer = FaceAnalyzer.load()) {
      FaceTable rows = ANALYSIS.run(analyzer, List.of(file, file), (done, total) -> {});
      assertEquals(2, rows.size());
      assertEquals(List.of("no_face", "no_face"), rows.texts("status"), rows.toString());
    }
  }
}
