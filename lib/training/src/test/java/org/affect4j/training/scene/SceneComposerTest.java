package org.affect4j.training.scene;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.affect4j.detect.FaceDetector;
import org.affect4j.face.Detection;
import org.affect4j.face.Landmarks;
import org.affect4j.image.FaceImage;
import org.affect4j.training.MadeUpFaces;
import org.affect4j.training.loss.internal.PriorTargets.LabelledFace;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SceneComposerTest {
  /** Finds a face in pictures of one size. */
  private static final FaceDetector DETECTOR =
      new FaceDetector() {
        @Override
        public List<Detection> detect(FaceImage photo) {
          return detect(photo, .8);
        }

        @Override
        public List<Detection> detect(FaceImage photo, double scoreThreshold) {
          return photo.width() == 200
              ? List.of(new Detection(MadeUpFaces.box(), .95, MadeUpFaces.landmarks()))
              : List.of();
        }

        @Override
        public void close() {}
      };

  @TempDir Path folder;
  private SourceReader reader;
  private SceneSources sources;

  @BeforeEach
  void read() throws IOException {
    reader = new SourceReader(DETECTOR, true, (done, total) -> {});
    sources =
        reader.read(
            new SourceReader.Places(
                List.of(MadeUpFaces.faces(folder.resolve("faces"), 3, false)),
                List.of(MadeUpFaces.faces(folder.resolve("heads"), 3, true)),
                List.of(MadeUpFaces.backgrounds(folder.resolve("backgrounds"), 3)),
                List.of()));
  }

  @Test
  @Tag("slow")
  void aSceneDependsOnSeedEpochAndIndexAlone() {
    SceneComposer a = new SceneComposer(sources, SceneOptions.training(160));
    SceneComposer b = new SceneComposer(sources, SceneOptions.training(160));
    for (int i = 0; i < 12; i++) {
      b.compose(9, 9, i);
      Scene scene = a.compose(1, 2, i);
      Scene same = b.compose(1, 2, i);
      assertEquals(scene.image(), same.image());
      assertEquals(scene.faces(), same.faces());
    }
    FaceImage image = a.compose(1, 2, 3).image();
    assertNotEquals(image, a.compose(2, 2, 3).image());
    assertNotEquals(image, a.compose(1, 3, 3).image());
    assertNotEquals(image, a.compose(1, 2, 4).image());
  }

  @Tag("slow")
  @Test
  void sizesAndCountsAreAsAsked() {
    SceneOptions options = SceneOptions.training(160);
    SceneComposer composer = new SceneComposer(sources, options);
    SceneComposer empty = new SceneComposer(sources, options.faceless(true));
    int empties = 0;
    int crowds = 0;
    int hidden = 0;
    for (int i = 0; i < 200; i++) {
      List<LabelledFace> faces = composer.compose(4, 0, i).faces();
      empties += faces.isEmpty() ? 1 : 0;
      crowds += faces.size() > 8 ? 1 : 0;
      for (LabelledFace face : faces) {
        hidden += face.counts() ? 0 : 1;
        if (face.counts()) {
          assertTrue(face.box().size() >= .9 * options.smallest(), face.toString());
          // Bounds of a turned ellipse, and changed proportions, add to the size.
          assertTrue(face.box().size() <= 1.2 * options.largest(), face.toString());
        }
      }
      assertTrue(empty.compose(4, 0, i % 20).faces().isEmpty());
    }
    assertTrue(empties > 12 && empties < 60, empties + " scenes without faces");
    assertTrue(crowds > 10, crowds + " crowds");
    assertTrue(hidden > 10, hidden + " faces that do not count");
  }

  @Tag("slow")
  @Test
  void closeUpsFillTheSceneAndCount() {
    SceneComposer composer =
        new SceneComposer(sources, new SceneOptions(96, 8, 90, 0, 0, false, 1, .3));
    int counted = 0;
    int beyond = 0;
    int tilted = 0;
    for (int i = 0; i < 60; i++) {
      List<LabelledFace> faces = composer.compose(4, 0, i).faces();
      assertEquals(1, faces.size());
      LabelledFace face = faces.get(0);
      counted += face.counts() ? 1 : 0;
      beyond += face.box().height() > 96 ? 1 : 0;
      Landmarks points = face.landmarks().orElseThrow();
      double dy = points.eyeRight().y() - points.eyeLeft().y();
      tilted += Math.abs(dy) > .5 * points.interocularDistance() ? 1 : 0;
      // Turned faces have bounds of another height.
      assertTrue(face.box().height() > .5 * 96 && face.box().height() < 1.5 * 96, face.toString());
    }
    assertTrue(counted > 45, counted + " of 60 count");
    assertTrue(beyond > 10 && tilted > 3, beyond + " are larger than the scene, " + tilted);
    SceneOptions usual = SceneOptions.training(96);
    assertEquals(
        new SceneComposer(sources, usual).compose(1, 0, 5).image(),
        new SceneComposer(sources, usual.withCloseUps(0, 0)).compose(1, 0, 5).image());
    assertThrows(IllegalArgumentException.class, () -> usual.withCloseUps(.8, 0));
    assertThrows(IllegalArgumentException.class, () -> usual.withCloseUps(0, 1.5));
  }

  @Test
  void texturesAreOfManyColoursAndEachIsAnother() {
    Set<Integer> first = new HashSet<>();
    for (int seed = 0; seed < 12; seed++) {
      BufferedImage texture = Textures.draw(48, new SplittableRandom(seed));
      int[] pixels = texture.getRGB(0, 0, 48, 48, null, 0, 48);
      assertTrue(Arrays.stream(pixels).distinct().count() > 8, "seed " + seed);
      first.add(Arrays.hashCode(pixels));
    }
    assertEquals(12, first.size());
  }

  @Test
  void brokenInputsAreCounted() throws IOException {
    Path faces = folder.resolve("faces");
    Files.writeString(faces.resolve("broken.png"), "no picture");
    Files.writeString(
        faces.resolve("labels.csv"),
        MadeUpFaces.HEADER
            + MadeUpFaces.row("0.png")
            + MadeUpFaces.row("broken.png")
            + MadeUpFaces.row("missing.png")
            + "1.png,x,,,,,,,,,,,,,\n");
    Path backgrounds = folder.resolve("backgrounds");
    Files.writeString(backgrounds.resolve("broken.jpg"), "no picture");
    Files.copy(faces.resolve("2.png"), backgrounds.resolve("face.png"));
    SceneSources read =
        reader.read(
            new SourceReader.Places(List.of(faces), List.of(), List.of(backgrounds), List.of()));
    assertEquals(1, read.faces().size());
    assertEquals(3, read.backgrounds().size());
    assertEquals(
        List.of(
            "background cannot be read",
            "background seems to hold a face",
            "labelled picture is not there",
            "picture of a face cannot be read",
            "row of a table has no box or landmarks that can be read"),
        List.copyOf(reader.skipped().keySet()));
    assertEquals(List.of(1, 1, 1, 1, 1), List.copyOf(reader.skipped().values()));
  }

  @Test
  void withoutATableTheDetectorFindsTheFaces() throws IOException {
    Path faces = folder.resolve("faces");
    Files.delete(faces.resolve("labels.csv"));
    SceneSources read =
        reader.read(
            new SourceReader.Places(
                List.of(faces), List.of(), List.of(folder.resolve("backgrounds")), List.of()));
    assertEquals(3, read.faces().size());
    assertEquals(MadeUpFaces.box().size(), read.faces().get(0).box().size(), 1e-9);
  }

  @Tag("slow")
  @Test
  void missingPlacesAndPartsAreSaid() {
    SourceReader.Places none =
        new SourceReader.Places(
            List.of(folder.resolve("nowhere")), List.of(), List.of(), List.of());
    assertThrows(IOException.class, () -> reader.read(none));
    SourceReader.Places noBackground =
        new SourceReader.Places(List.of(folder.resolve("faces")), List.of(), List.of(), List.of());
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> reader.read(noBackground));
    assertTrue(e.getMessage().contains("background"), e.getMessage());
  }

  @Test
  @Tag("slow")
  void thePartsShareNoPicture() {
    SceneSources.Parts parts = sources.split(.34, 5);
    assertEquals(2, parts.training().faces().size());
    assertEquals(1, parts.validation().faces().size());
    assertFalse(parts.training().faces().contains(parts.validation().faces().get(0)));
    assertNotEquals(parts.training().key(), parts.validation().key());
    assertEquals(parts.training().key(), sources.split(.34, 5).training().key());
  }
}
