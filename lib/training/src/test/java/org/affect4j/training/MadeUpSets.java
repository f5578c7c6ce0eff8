package org.affect4j.training;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.AnnotatedExpression;
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

  /**
   * A list of one's own, {@code mine.csv}: photos of half as many persons, every other with one of
   * eight expressions, all with AU1, AU2 and AU4 and with valence and arousal; the last fifth to
   * test with.
   */
  public static Path list(Path root, int count) throws IOException {
    StringBuilder rows = new StringBuilder("file,person,split,expression,valence,arousal");
    rows.append(",au01,au02,au04\n");
    for (int i = 0; i < count; i++) {
      write(root.resolve(i + ".png"), 48, i);
      String shown = i % 2 == 0 ? AnnotatedExpression.values()[i / 2 % 8].label() : "";
      int active = i / 2 % 2 == 0 ? 1 : 0;
      rows.append(
              "%d.png,p%d,%s,%s".formatted(i, i / 2, i < count * 4 / 5 ? "train" : "test", shown))
          .append(i % 4 == 0 ? ",0.5,-0.2," : ",-0.5,0.2,")
          .append("%d,%d,%d%n".formatted(active, active, 1 - active));
    }
    return Files.writeString(root.resolve("mine.csv"), rows);
  }

  private static void write(Path file, int side, int number) throws IOException {
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < side * side; i++) {
      image.getRaster().setSample(i % side, i / side, 0, (i * (number + 3) >> 2) & 255);
    }
    ImageIO.write(image, "png", file.toFile());
  }
}
