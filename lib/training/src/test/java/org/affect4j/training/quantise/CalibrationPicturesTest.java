package org.affect4j.training.quantise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.affect4j.Bundled;
import org.affect4j.analysis.ProgressListener;
import org.affect4j.detect.DetectorOptions;
import org.affect4j.detect.RetinaFace;
import org.affect4j.model.ModelCatalog;
import org.affect4j.model.ModelPair;
import org.affect4j.model.ModelStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CalibrationPicturesTest {
  private static final Path DATA = Bundled.path("data");

  @Test
  void foldersTakeTurnsUntilOneIsUsedUp() throws IOException {
    List<Path> folders = List.of(DATA.resolve("groups"), DATA.resolve("portraits"));
    List<Path> chosen = CalibrationPictures.choose(folders, 30, 4);
    assertEquals(30, chosen.size());
    assertEquals(30, chosen.stream().distinct().count());
    assertEquals(8, chosen.stream().filter(p -> p.startsWith(folders.get(0))).count());
    assertEquals(chosen, CalibrationPictures.choose(folders, 30, 4));
    assertNotEquals(chosen, CalibrationPictures.choose(folders, 30, 5));
    assertEquals(44, CalibrationPictures.choose(folders, 999, 4).size());
  }

  @Test
  void wrongArgumentsAreRefused(@TempDir Path empty) {
    assertThrows(
        IllegalArgumentException.class, () -> CalibrationPictures.choose(List.of(DATA), 0, 1));
    assertThrows(IOException.class, () -> CalibrationPictures.choose(List.of(empty), 3, 1));
  }

  @Test
  void eachNetworkGetsWhatThePipelineWouldShowIt(@TempDir Path folder) throws IOException {
    ModelCatalog catalog = ModelStore.bundled().catalog();
    List<Path> pictures =
        List.of(DATA.resolve("groups/00.jpg"), DATA.resolve("compound/anger/00.jpg"));
    Path broken = Files.writeString(folder.resolve("broken.jpg"), "no picture");
    try (RetinaFace detector = RetinaFace.load(DetectorOptions.defaults(), ModelPair.FLOAT32, 1)) {
      List<CalibrationTensor> photos = new ArrayList<>();
      CalibrationPictures.tensors(
              pictures,
              catalog.entry(ModelPair.FLOAT32.detector()),
              32,
              detector,
              ProgressListener.silent())
          .forEach(photos::add);
      assertArrayEquals(new long[] {1, 3, 384, 640}, photos.get(0).shape());
      assertArrayEquals(new long[] {1, 3, 160, 160}, photos.get(2).shape());
      // Each once more as a mosaic of small copies.
      assertArrayEquals(new long[] {1, 3, 320, 320}, photos.get(1).shape());
      assertArrayEquals(new long[] {1, 3, 320, 320}, photos.get(3).shape());
      assertEquals(4, photos.size());

      List<CalibrationTensor> faces = new ArrayList<>();
      CalibrationPictures.tensors(
              pictures,
              catalog.entry(ModelPair.FLOAT32.behaviour()),
              1,
              detector,
              ProgressListener.silent())
          .forEach(faces::add);
      assertTrue(faces.size() > 3, "a group has several faces, got " + faces.size());
      faces.forEach(f -> assertArrayEquals(new long[] {1, 3, 112, 112}, f.shape()));

      UncheckedIOException failure =
          assertThrows(
              UncheckedIOException.class,
              () ->
                  CalibrationPictures.tensors(
                          List.of(broken),
                          catalog.entry(ModelPair.FLOAT32.detector()),
                          1,
                          detector,
                          ProgressListener.silent())
                      .iterator()
                      .hasNext());
      assertTrue(failure.getMessage().contains("broken.jpg"), failure.getMessage());
    }
  }
}
