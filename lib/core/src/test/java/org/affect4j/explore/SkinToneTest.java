package org.affect4j.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.affect4j.dataset.AffectDataset;
import org.affect4j.dataset.RenderedFaces;
import org.affect4j.image.FaceAligner;
import org.affect4j.image.FaceImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SkinToneTest {
  @Test
  void isMeasuredOnTheCheeksAndNotOnGreyPhotos(@TempDir Path root) throws IOException {
    assertTrue(Double.isNaN(SkinTone.typologyAngle(FaceImage.plain(50, 50, 120))));
    BufferedImage skin = new BufferedImage(40, 40, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 1600; i++) {
      // sRGB (220, 170, 140) is L* 73.6, a* 14.5, b* 22.0: by the definition an angle of 47.
      skin.setRGB(i % 40, i / 40, 0xDCAA8C);
    }
    assertEquals(47, SkinTone.typologyAngle(FaceImage.of(skin)), 1);
    Files.writeString(root.resolve("labels.csv"), "file,category,person\nskin.png,anger,1\n");
    ImageIO.write(skin, "png", root.resolve("skin.png").toFile());
    AffectDataset dataset = RenderedFaces.load(root);
    assertEquals(
        List.of("light"),
        SkinTone.groups(dataset, dataset.table(), new FaceAligner(), p -> Optional.empty())
            .asList());
  }
}
