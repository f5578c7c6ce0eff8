package org.affect4j.training;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.affect4j.face.Landmarks;
import org.affect4j.face.PixelBox;

/** Pictures of a drawn face with a spot at each landmark, and of stripes without a face. */
public final class MadeUpFaces {
  /** Columns of a table of faces. */
  public static final String HEADER =
      "file,box_x,box_y,box_width,box_height,eye_left_x,eye_left_y,eye_right_x,eye_right_y,"
          + "nose_x,nose_y,mouth_left_x,mouth_left_y,mouth_right_x,mouth_right_y\n";

  /** Colours of the spots, in the order of the landmarks. */
  public static final Color[] SPOTS = {
    Color.RED, Color.GREEN, Color.BLUE, Color.CYAN, Color.MAGENTA
  };

  private static final double[] POINTS = {70, 90, 130, 92, 103, 120, 78, 150, 126, 148};

  private MadeUpFaces() {}

  /** The face's box in a picture of 200 x 240 pixels. */
  public static PixelBox box() {
    return new PixelBox(40, 40, 120, 150);
  }

  /** Its landmarks. */
  public static Landmarks landmarks() {
    return Landmarks.of(POINTS);
  }

  /** A face with a spot of 17 pixels at each landmark. */
  public static BufferedImage picture(boolean transparent) {
    BufferedImage image =
        new BufferedImage(
            200, 240, transparent ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D g = image.createGraphics();
    g.setColor(new Color(150, 150, 150));
    if (transparent) {
      g.fillOval(30, 20, 140, 200);
    } else {
      g.fillRect(0, 0, 200, 240);
    }
    for (int i = 0; i < SPOTS.length; i++) {
      g.setColor(SPOTS[i]);
      g.fillRect((int) POINTS[2 * i] - 8, (int) POINTS[2 * i + 1] - 8, 17, 17);
    }
    g.dispose();
    return image;
  }

  /** The row of a table. */
  public static String row(String file) {
    StringBuilder row = new StringBuilder(file).append(",40,40,120,150");
    for (double p : POINTS) {
      row.append(String.format(Locale.ROOT, ",%.1f", p));
    }
    return row.append('\n').toString();
  }

  /** A folder with faces and their table. */
  public static Path faces(Path folder, int count, boolean transparent) throws IOException {
    Files.createDirectories(folder);
    StringBuilder table = new StringBuilder(HEADER);
    for (int i = 0; i < count; i++) {
      BufferedImage image = picture(transparent);
      image.setRGB(0, 0, 0xFF000000 | i);
      ImageIO.write(image, "png", folder.resolve(i + ".png").toFile());
      table.append(row(i + ".png"));
    }
    Files.writeString(folder.resolve("labels.csv"), table);
    return folder;
  }

  /** A folder with dark stripes. */
  public static Path backgrounds(Path folder, int count) throws IOException {
    Files.createDirectories(folder);
    for (int i = 0; i < count; i++) {
      BufferedImage image = new BufferedImage(160, 120, BufferedImage.TYPE_3BYTE_BGR);
      for (int y = 0; y < 120; y++) {
        for (int x = 0; x < 160; x++) {
          image.setRGB(x, y, (x * (i + 1) & 63) << 16 | (y & 31) << 8 | i);
        }
      }
      ImageIO.write(image, "png", folder.resolve(i + ".png").toFile());
    }
    return folder;
  }
}
