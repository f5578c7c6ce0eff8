package org.affect4j.training.scene;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.affect4j.dataset.AffectDataset;
import org.affect4j.dataset.WiderFace;
import org.affect4j.image.FaceImage;
import org.affect4j.training.MadeUpWider;
import org.affect4j.training.loss.internal.PriorTargets.LabelledFace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhotoScenesTest {
  private static final SceneOptions OPTIONS = new SceneOptions(64, 8, 60, 0, 0, false);

  /** The face is the only bright place of its photo: boxes lie where the light is. */
  @Test
  void boxesGoWhereTheirPixelsGo(@TempDir Path root) throws IOException {
    AffectDataset wider = WiderFace.load(MadeUpWider.photo(root));
    PhotoScenes scenes = new PhotoScenes(wider, "train", 1, OPTIONS);
    int whole = 0;
    for (int i = 0; i < 40; i++) {
      Scene scene = scenes.compose(3, 0, i);
      FaceImage image = scene.image();
      for (LabelledFace face : scene.faces()) {
        boolean inside =
            face.box().x() > 2
                && face.box().y() > 2
                && face.box().right() < 62
                && face.box().bottom() < 62;
        if (inside && face.counts()) {
          whole++;
          double[] middle = middle(image);
          assertEquals(face.box().x() + face.box().width() / 2, middle[0], 1.5, "scene " + i);
          assertEquals(face.box().y() + face.box().height() / 2, middle[1], 1.5, "scene " + i);
          assertTrue(face.landmarks().isEmpty());
        }
      }
    }
    assertTrue(whole >= 3, whole + " whole faces");
    assertEquals(scenes.compose(3, 0, 7).image(), scenes.compose(3, 0, 7).image());
  }

  /** Centre of the light. */
  private static double[] middle(FaceImage image) {
    double sum = 0;
    double x = 0;
    double y = 0;
    for (int i = 0; i < 64 * 64; i++) {
      int green = image.rgb(i % 64, i / 64) >> 8 & 255;
      if (green > 110) {
        sum++;
        x += i % 64;
        y += i / 64;
      }
    }
    return new double[] {x / sum, y / sum};
  }

  @Test
  void photosGiveTheirShare(@TempDir Path root) throws IOException {
    AffectDataset wider = WiderFace.load(MadeUpWider.photo(root));
    PhotoScenes scenes = new PhotoScenes(wider, "train", .25, OPTIONS);
    assertEquals(250, IntStream.range(0, 1000).filter(i -> scenes.gives(1, 0, i)).count(), 50);
    assertTrue(scenes.toString().startsWith("1 photos of WIDER FACE"), scenes.toString());
    assertThrows(IllegalArgumentException.class, () -> new PhotoScenes(wider, "train", 0, OPTIONS));
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> new PhotoScenes(wider, "validation", 1, OPTIONS));
    assertTrue(e.getMessage().contains("'validation'"), e.getMessage());
  }
}
