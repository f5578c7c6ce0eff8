package org.affect4j.learn;

import com.oracle.labs.mlrg.olcut.provenance.Provenance;
import com.oracle.labs.mlrg.olcut.provenance.ProvenanceUtil;
import com.oracle.labs.mlrg.olcut.provenance.primitives.IntProvenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.LongProvenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.StringProvenance;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import libsvm.svm;
import org.affect4j.table.FaceColumns;
import org.affect4j.table.FaceTable;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.Output;
import org.tribuo.OutputFactory;
import org.tribuo.Prediction;
import org.tribuo.Trainer;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/**
 * A model of Tribuo and the standardisation of the features that it reads.
 *
 * @param columns what the features are
 * @param names what Tribuo calls them
 */
record TrainedModel<T extends Output<T>>(
    List<String> columns, List<String> names, Standardisation standardisation, Model<T> model) {
  /**
   * Tribuo tells every step at level INFO, on standard error, and LibSVM on standard output; kept
   * so that the logger stays quiet.
   */
  private static final Logger TRIBUO = quiet();

  /** Checks that numbers by position, as ONNX takes them, and by name, as Tribuo, are the same. */
  TrainedModel {
    for (int i = 0; i < names.size(); i++) {
      if (model.getFeatureIDMap().getID(names.get(i)) != i) {
        throw new IllegalArgumentException(
            "the model's feature %d is not '%s'".formatted(i, names.get(i)));
      }
    }
  }

  private static Logger quiet() {
    Logger logger = Logger.getLogger("org.tribuo");
    if (logger.getLevel() == null) {
      logger.setLevel(Level.WARNING);
    }
    svm.svm_set_print_string_function(logger::finest);
    return logger;
  }

  static <T extends Output<T>> TrainedModel<T> of(
      List<String> columns, Standardisation standardisation, Model<T> model) {
    return new TrainedModel<>(columns, names(columns), standardisation, model);
  }

  /** Names that sort, as Tribuo sorts them, in the order of the columns. */
  private static List<String> names(List<String> columns) {
    return IntStream.range(0, columns.size())
        .mapToObj(i -> String.format(Locale.ROOT, "%05d:%s", i, columns.get(i)))
        .toList();
  }

  /**
   * Trains a model.
   *
   * @param trainer which
   * @param factory of the outputs
   * @param data faces to learn from
   * @param outputs what is to be learned of each face
   * @param what they are, in words
   * @param seed of the random numbers, for the record
   * @param more further entries of the record
   */
  static <T extends Output<T>> TrainedModel<T> train(
      Trainer<T> trainer,
      OutputFactory<T> factory,
      LabelledFeatures data,
      List<T> outputs,
      String what,
      long seed,
      Map<String, Integer> more) {
    TRIBUO.finest(() -> "training on " + data);
    List<String> columns = data.columns();
    double[][] values = complete(data.features(), columns);
    Standardisation standard = Standardisation.of(values);
    MutableDataset<T> dataset =
        new MutableDataset<>(
            new SimpleDataSourceProvenance(
                "affect4j features: %d faces, %d columns, %s"
                    .formatted(data.size(), columns.size(), what),
                factory),
            factory);
    String[] names = names(columns).toArray(String[]::new);
    for (int i = 0; i < values.length; i++) {
      dataset.add(new ArrayExample<>(outputs.get(i), names, standard.apply(values[i])));
    }
    Map<String, Provenance> run = new HashMap<>();
    run.put("features-sha256", new StringProvenance("features-sha256", data.features().checksum()));
    run.put("faces", new IntProvenance("faces", data.size()));
    run.put("seed", new LongProvenance("seed", seed));
    more.forEach((name, value) -> run.put(name, new IntProvenance(name, value)));
    return of(columns, standard, trainer.train(dataset, run));
  }

  /** Asks the model about one face, whose numbers are in the order of the columns. */
  Prediction<T> predict(T unknown, double[] features) {
    if (features.length != names.size()) {
      throw new IllegalArgumentException(
          "expected %d features, got %d".formatted(names.size(), features.length));
    }
    return model.predict(
        new ArrayExample<>(unknown, names.toArray(String[]::new), standardisation.apply(features)));
  }

  /** The numbers that a model reads, in its order; none may be missing. */
  static double[][] complete(FaceTable features, List<String> columns) {
    double[][] values = features.values(columns);
    for (int row = 0; row < values.length; row++) {
      for (int c = 0; c < columns.size(); c++) {
        if (!Double.isFinite(values[row][c])) {
          throw new IllegalArgumentException(
              "row %d ('%s') has no number in column '%s'; keep the rows that hold a face (FaceTable.faces)"
                  .formatted(
                      row, features.text(row, FaceColumns.INPUT).orElse(""), columns.get(c)));
        }
      }
    }
    return values;
  }

  /** Tribuo's record of how the model came about. */
  String provenance() {
    return ProvenanceUtil.formattedProvenanceString(model.getProvenance());
  }
}
