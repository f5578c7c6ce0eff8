package org.affect4j;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.affect4j.face.Landmarks;
import org.affect4j.model.BehaviourOutputs;
import org.affect4j.model.ModelEntry;
import org.affect4j.model.ModelPair;
import org.affect4j.model.ModelStore;
import org.affect4j.table.FaceColumns;

/** The rendered samples that the project ships, with their exact labels. */
public final class Bundled {
  private Bundled() {}

  /** One labelled face: file, expression and landmarks. */
  public record Truth(Path file, String expression, Landmarks landmarks) {}

  /**
   * Returns a folder of the project.
   *
   * @param relative such as {@code "data/portraits"}
   * @return its path
   */
  public static Path path(String relative) {
    return Path.of(System.getProperty("affect4j.root")).resolve(relative);
  }

  /**
   * Returns the columns of what the bundled network in single precision reads.
   *
   * @param embeddingLength 0 to leave the embedding out
   * @return their names
   */
  public static List<String> columns(int embeddingLength) {
    ModelEntry network = ModelStore.bundled().catalog().entry(ModelPair.FLOAT32.behaviour());
    return FaceColumns.analysis(BehaviourOutputs.vocabulary(network), embeddingLength);
  }

  /**
   * Reads the labels of portraits or groups.
   *
   * @param folder {@code "portraits"} or {@code "groups"}
   * @return one entry per face
   */
  public static List<Truth> truth(String folder) {
    try {
      Path directory = path("data/" + folder);
      List<String> lines = Files.readAllLines(directory.resolve("labels.csv"));
      List<String> names = List.of(lines.get(0).split(","));
      List<Truth> all = new ArrayList<>();
      for (String line : lines.subList(1, lines.size())) {
        String[] cells = line.split(",");
        Map<String, String> row = new LinkedHashMap<>();
        for (int i = 0; i < cells.length; i++) {
          row.put(names.get(i), cells[i]);
        }
        double[] xy = new double[10];
        for (int i = 0; i < 10; i++) {
          xy[i] =
              Double.parseDouble(row.get(Landmarks.NAMES.get(i / 2) + (i % 2 == 0 ? "_x" : "_y")));
        }
        all.add(
            new Truth(directory.resolve(row.get("file")), row.get("expression"), Landmarks.of(xy)));
      }
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
