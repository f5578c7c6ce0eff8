package org.affect4j.training.tune;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.affect4j.image.FaceAligner;
import org.affect4j.image.FaceImage;
import org.affect4j.model.ModelEntry;
import org.affect4j.model.ModelException;
import org.affect4j.model.ModelStore;
import org.affect4j.table.FaceTable;
import org.affect4j.training.export.internal.EmbeddingTail;

/**
 * A behaviour network whose last layers can be learned anew: it gives the features that these
 * layers read, once for all trainings. Thread-safe; close it to free native memory.
 */
public final class TunableNetwork implements AutoCloseable {
  private static final String PLAIN = "pooled";
  private static final String MIRRORED = "mirrored";

  private final ModelEntry entry;
  private final EmbeddingTail tail;
  private final CropNetwork trunk;

  private TunableNetwork(ModelEntry entry, EmbeddingTail tail, CropNetwork trunk) {
    this.entry = entry;
    this.tail = tail;
    this.trunk = trunk;
  }

  /**
   * Opens a catalogued network.
   *
   * @param store where the model is
   * @param name the model's name, such as {@code "behaviour-v6"}
   * @param threads threads for one run, 1 or more
   * @return the network, to be closed
   * @throws ModelException if the model is missing or altered, or does not end in layers that can
   *     be learned anew
   */
  public static TunableNetwork open(ModelStore store, String name, int threads) {
    ModelEntry entry = store.catalog().entry(name);
    entry.requireSide();
    EmbeddingTail tail;
    try {
      tail = EmbeddingTail.of(store.read(name));
    } catch (IllegalArgumentException e) {
      throw new ModelException("model '" + name + "': " + e.getMessage(), e);
    }
    Map<String, String> output =
        Map.of(tail.pooled(), "[batch, %d] pooled features".formatted(tail.pooledWidth()));
    return new TunableNetwork(
        entry,
        tail,
        CropNetwork.open(
            CropNetwork.entry(entry, name + " without its last layers", output),
            tail.trunk(),
            threads));
  }

  /**
   * Returns the catalogue's entry of the whole network.
   *
   * @return name, checksum and origin
   */
  public ModelEntry entry() {
    return entry;
  }

  /**
   * Returns the aligner that cuts faces as this network wants them.
   *
   * @return aligner of the network's input size
   */
  public FaceAligner aligner() {
    return new FaceAligner(entry.requireSide());
  }

  EmbeddingTail tail() {
    return tail;
  }

  CropNetwork trunk() {
    return trunk;
  }

  /**
   * Reads aligned crops.
   *
   * @param names name of each crop, all different
   * @param crops aligned faces as from {@link #aligner()}; other sizes are scaled
   * @return one row per crop: the embedding of the network as it is ({@code e000 …}), the pooled
   *     features ({@code pooled000 …}), and those of the mirror image ({@code mirrored000 …})
   * @throws IllegalArgumentException if the numbers of names and crops differ, or a name repeats
   */
  public FaceTable features(List<String> names, List<FaceImage> crops) {
    if (names.size() != crops.size()) {
      throw new IllegalArgumentException(
          "%d crops need as many names, got %d".formatted(crops.size(), names.size()));
    }
    List<String> columns = new ArrayList<>();
    IntStream.range(0, tail.embeddingWidth()).forEach(i -> columns.add(column("e", i)));
    columns.addAll(columns(PLAIN, tail.pooledWidth()));
    columns.addAll(columns(MIRRORED, tail.pooledWidth()));
    CropNetwork.Views views = trunk.run(crops)[0];
    float[] weights = tail.weights();
    float[] bias = tail.bias();
    double[][] rows = new double[crops.size()][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] =
          Stream.of(
                  embedding(views.plain()[i], weights, bias),
                  doubles(views.plain()[i]),
                  doubles(views.mirrored()[i]))
              .flatMapToDouble(Arrays::stream)
              .toArray();
    }
    return FaceTable.ofNumbers(names, columns, rows);
  }

  private static String column(String group, int number) {
    return String.format(Locale.ROOT, "%s%03d", group, number);
  }

  private static List<String> columns(String group, int width) {
    return IntStream.range(0, width).mapToObj(i -> column(group, i)).toList();
  }

  private static double[] doubles(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
  }

  private static double[] embedding(float[] pooled, float[] weights, float[] bias) {
    double[] values = new double[bias.length];
    for (int e = 0; e < values.length; e++) {
      double sum = bias[e];
      for (int i = 0; i < pooled.length; i++) {
        sum += (double) weights[e * pooled.length + i] * pooled[i];
      }
      values[e] = Math.max(0, sum);
    }
    return values;
  }

  /**
   * Takes the numbers that the last layers read out of a table.
   *
   * @return one row per face, then one row per mirror image
   * @throws IllegalArgumentException if the table has not these columns
   */
  static float[][] pooled(FaceTable features, int width) {
    int faces = features.size();
    float[][] rows = new float[2 * faces][width];
    int view = 0;
    for (String group : List.of(PLAIN, MIRRORED)) {
      List<String> columns = columns(group, width);
      if (!features.columns().containsAll(columns)) {
        throw new IllegalArgumentException(
            "fine-tuning reads %d columns %s, %s … of TunableNetwork.features; these features have others: %s"
                .formatted(
                    width,
                    columns.get(0),
                    columns.get(1),
                    features.featureColumns().stream().limit(3).toList()));
      }
      double[][] values = features.values(columns);
      for (int i = 0; i < faces; i++) {
        for (int c = 0; c < width; c++) {
          rows[view * faces + i][c] = (float) values[i][c];
        }
      }
      view++;
    }
    return rows;
  }

  @Override
  public void close() {
    trunk.close();
  }
}
