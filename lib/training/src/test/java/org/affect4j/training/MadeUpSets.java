package org.affect4j.training;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.Expression;

/** Folders laid out as the sets of a behaviour training are, with patterns for faces. */
public final class MadeUpSets {
  private static final List<String> CLASSES =
      List.of("angry", "disgust", "fear", "happy", "sad", "surprise", "neutral");

  private MadeUpSets() {}

  /** FER2013 with two photos to train with and one of PublicTest for each expression. */
  public static Path fer(Path root) throws IOException {
    int number = 0;
    for (String label : CLASSES) {
      Files.createDirectories(root.resolve(label));
      for (String name : List.of("Training", "Training", "PublicTest")) {
        write(root.resolve(label + "/" + name + "_" + number + ".png"), 48, number);
        number++;
      }
    }
    return root;
  }

  /** Rendered faces of as many persons: expressions in turn, all units strong or none. */
  public static Path rendered(Path root, int count) throws IOException {
    Files.createDirectories(root);
    StringBuilder rows = new StringBuilder("file,expression,person");
    ActionUnit.ALL.forEach(unit -> rows.append(',').append(unit.column()));
    rows.append('\n');
    for (int i = 0; i < count; i++) {
      write(root.resolve(i + ".png"), 112, i);
      String strength = i % 2 == 0 ? "0.8" : "0.1";
      rows.append(i)
          .append(".png,")
          .append(Expression.ALL.get(i % Expression.COUNT).label())
          .append(',')
          .append(i)
          .append(',')
          .append(ActionUnit.ALL.stream().map(u -> strength).collect(Collectors.joining(",")))
          .append('\n');
    }
    Files.writeString(root.resolve("labels.csv"), rows);
    return root;
  }

  private static void write(Path file, int side, int number) throws IOException {
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < side * side; i++) {
      image.getRaster().setSample(i % side, i / side, 0, (i * (number + 3) >> 2) & 255);
    }
    ImageIO.write(image, "png", file.toFile());
  }
}
