package org.affect4j.training;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** WIDER FACE in small, to train with. */
public final class MadeUpWider {
  private MadeUpWider() {}

  /**
   * Writes one photo of 160 x 120 pixels, dark but for its one face, a bright plate of 30 x 36.
   *
   * @param root where
   * @return the root
   * @throws IOException if it cannot be written
   */
  public static Path photo(Path root) throws IOException {
    BufferedImage image = new BufferedImage(160, 120, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D g = image.createGraphics();
    g.setColor(new Color(230, 220, 210));
    g.fillRect(70, 50, 30, 36);
    g.dispose();
    Path photos = Files.createDirectories(root.resolve("WIDER_train/images/0--Parade"));
    ImageIO.write(image, "png", photos.resolve("0_Parade_a_0_1.jpg").toFile());
    Path lists = Files.createDirectories(root.resolve("wider_face_split"));
    Files.writeString(
        lists.resolve("wider_face_train_bbx_gt.txt"),
        "0--Parade/0_Parade_a_0_1.jpg\n1\n70 50 30 36 0 0 0 0 0 0 \n");
    return root;
  }
}
