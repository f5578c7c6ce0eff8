package org.affect4j.learn;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.affect4j.metric.ConfusionCounts;
import org.affect4j.metric.LabelScorer;
import org.affect4j.table.FaceTable;
import org.tribuo.Model;
import org.tribuo.ONNXExportable;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.libsvm.LibSVMClassificationModel;
import org.tribuo.classification.sgd.linear.LinearSGDModel;
import org.tribuo.common.nearest.KNNModel;
import org.tribuo.common.tree.TreeModel;
import org.tribuo.common.xgboost.XGBoostModel;
import org.tribuo.ensemble.WeightedEnsembleModel;
import org.tribuo.protos.core.ModelProto;
import org.tribuo.protos.core.WeightedEnsembleModelProto;
import org.tribuo.util.onnx.ONNXContext;
import org.tribuo.util.onnx.ONNXOperators;
import org.tribuo.util.onnx.ONNXPlaceholder;

/**
 * A classifier that was trained on features of faces: compound expressions, or any other label.
 *
 * <p>Features are standardised by the mean and deviation of the training faces; that belongs to the
 * prototype and to what it saves and exports. Immutable; safe for several threads.
 */
public final class FeatureClassifier {
  private static final String FORMAT = "affect4j-prototype-1";
  private static final String DESCRIPTION_ENTRY = "prototype.json";
  private static final String MODEL_ENTRY = "model.pb";

  /** The classes whose data a saved prototype may hold; none of them runs what it reads. */
  private static final Set<String> KNOWN_MODELS =
      Set.of(
          LinearSGDModel.class.getName(),
          LibSVMClassificationModel.class.getName(),
          KNNModel.class.getName(),
          TreeModel.class.getName(),
          WeightedEnsembleModel.class.getName(),
          XGBoostModel.class.getName());

  private final Description description;
  private final TrainedModel<Label> trained;

  /** What a saved prototype says of itself. */
  private record Description(
      String format,
      ClassifierKind classifier,
      List<String> columns,
      List<String> classes,
      double[] means,
      double[] factors) {
    /** Whether nothing is missing in what was read. */
    boolean isComplete() {
      return FORMAT.equals(format)
          && Stream.of(classifier, columns, classes, means, factors).noneMatch(Objects::isNull)
          && Stream.concat(columns.stream(), classes.stream()).noneMatch(Objects::isNull)
          && means.length == columns.size()
          && factors.length == columns.size();
    }
  }

  private FeatureClassifier(Description description, TrainedModel<Label> trained) {
    this.description = description;
    this.trained = trained;
  }

  /**
   * Trains a classifier.
   *
   * @param classifier which
   * @param data faces of two classes or more
   * @param seed of the random numbers
   * @return the trained prototype; its classes are those that occur in the data
   * @throws IllegalArgumentException if there are faces of fewer than two classes
   * @throws IllegalStateException if the classifier's native library cannot be loaded
   */
  public static FeatureClassifier train(
      ClassifierKind classifier, LabelledFeatures data, long seed) {
    Map<String, Integer> counts = data.counts();
    List<String> classes = data.classes().stream().filter(c -> counts.get(c) > 0).toList();
    if (classes.size() < 2) {
      throw new IllegalArgumentException(
          "a classifier needs faces of two classes or more, got faces of " + classes);
    }
    int rarest = classes.stream().mapToInt(counts::get).min().orElseThrow();
    TrainedModel<Label> model;
    try {
      model =
          TrainedModel.train(
              classifier.trainer(data.columns().size(), rarest, seed),
              new LabelFactory(),
              data,
              data.labels().stream().map(Label::new).toList(),
              "classes " + classes,
              seed,
              Map.of("faces-of-the-rarest-class", rarest));
    } catch (LinkageError e) {
      throw new IllegalStateException(withoutLibrary(classifier), e);
    }
    Standardisation standard = model.standardisation();
    return new FeatureClassifier(
        new Description(
            FORMAT, classifier, data.columns(), classes, standard.means(), standard.factors()),
        model);
  }

  private static String withoutLibrary(ClassifierKind classifier) {
    return classifier.label()
        + " cannot run here: its native library needs x86-64, and libgomp on Linux; choose another classifier";
  }

  /**
   * Returns the kind of classifier.
   *
   * @return which
   */
  public ClassifierKind classifier() {
    return description.classifier;
  }

  /**
   * Returns the features that the prototype reads.
   *
   * @return names of columns, unmodifiable
   */
  public List<String> columns() {
    return description.columns;
  }

  /**
   * Returns the classes that the prototype tells apart.
   *
   * @return unmodifiable list
   */
  public List<String> classes() {
    return description.classes;
  }

  /**
   * Scores the classes for one face. Logistic regression and XGBoost give probabilities, nearest
   * neighbours and random forest shares of votes, support-vector machines counts of won duels.
   *
   * @param features numbers in the order of {@link #columns()}
   * @return one score per class, in the order of {@link #classes()}; the highest wins
   * @throws IllegalArgumentException if there are more or fewer numbers
   */
  public double[] scores(double[] features) {
    Map<String, Label> scores =
        trained.predict(LabelFactory.UNKNOWN_LABEL, features).getOutputScores();
    return description.classes.stream().mapToDouble(c -> scores.get(c).getScore()).toArray();
  }

  /**
   * Predicts the class of each face; among equal scores the first of {@link #classes()}.
   *
   * @param features has at least {@link #columns()}
   * @return one class per row
   * @throws IllegalArgumentException if a column, or a number in it, is missing
   */
  public List<String> predict(FaceTable features) {
    return Arrays.stream(TrainedModel.complete(features, description.columns))
        .map(row -> description.classes.get(LabelScorer.best(scores(row))))
        .toList();
  }

  /**
   * Predicts labelled faces and counts what was taken for what.
   *
   * @param data faces that were not learned from
   * @return the counts over the classes of the data and of the prototype
   */
  public ConfusionCounts test(LabelledFeatures data) {
    List<String> all =
        Stream.concat(data.classes().stream(), classes().stream()).distinct().toList();
    return ConfusionCounts.of(all, data.labels(), predict(data.features()));
  }

  /**
   * Returns Tribuo's record of how this prototype came about: data with checksum, trainer with all
   * settings, seed, time, versions.
   *
   * @return text of several lines
   */
  public String provenance() {
    return trained.provenance();
  }

  /**
   * Saves the prototype: a zip archive of a description in JSON and of the model in Tribuo's
   * protocol-buffer format.
   *
   * @param file where to write, replacing the file; its folder must exist
   * @throws IOException if the file cannot be written
   */
  public void save(Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry(DESCRIPTION_ENTRY));
      zip.write(new Gson().toJson(description).getBytes(StandardCharsets.UTF_8));
      zip.putNextEntry(new ZipEntry(MODEL_ENTRY));
      zip.write(trained.model().serialize().toByteArray());
      zip.closeEntry();
    }
  }

  /**
   * Loads a prototype. Java's deserialisation is never used, and only the kinds of model of {@link
   * ClassifierKind} are read. The data of {@link ClassifierKind#XGBOOST} is read by its native
   * library, which trusts what it reads.
   *
   * @param file written by {@link #save}
   * @return the prototype
   * @throws IOException if the file cannot be read, or is no prototype
   */
  public static FeatureClassifier load(Path file) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      Description description =
          new Gson()
              .fromJson(
                  new String(entry(zip, DESCRIPTION_ENTRY), StandardCharsets.UTF_8),
                  Description.class);
      if (description == null || !description.isComplete()) {
        throw new IOException(file + " is no prototype of the format " + FORMAT);
      }
      ModelProto proto = ModelProto.parseFrom(entry(zip, MODEL_ENTRY));
      checkKnown(proto, file);
      Model<Label> model = model(proto, description.classifier);
      if (!model.getOutputIDInfo().getDomain().stream()
          .map(Label::getLabel)
          .allMatch(description.classes::contains)) {
        throw new IOException(file + " is no prototype: its model knows other classes");
      }
      Standardisation standard = new Standardisation(description.means, description.factors);
      return new FeatureClassifier(
          immutable(description), TrainedModel.of(description.columns, standard, model));
    } catch (ZipException
        | JsonParseException
        | InvalidProtocolBufferException
        | IllegalArgumentException
        | IllegalStateException
        | ClassCastException e) {
      throw new IOException(file + " is no prototype: " + e.getMessage(), e);
    }
  }

  private static Model<Label> model(ModelProto proto, ClassifierKind classifier)
      throws IOException {
    try {
      return Model.deserialize(proto).castModel(Label.class);
    } catch (LinkageError e) {
      throw new IOException(withoutLibrary(classifier), e);
    }
  }

  private static Description immutable(Description d) {
    return new Description(
        d.format, d.classifier, List.copyOf(d.columns), List.copyOf(d.classes), d.means, d.factors);
  }

  private static byte[] entry(ZipFile zip, String name) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw new ZipException("it holds no " + name);
    }
    try (InputStream in = zip.getInputStream(entry)) {
      return in.readAllBytes();
    }
  }

  private static void checkKnown(ModelProto proto, Path file) throws IOException {
    if (!KNOWN_MODELS.contains(proto.getClassName())) {
      throw new IOException(
          "%s holds a model of the kind '%s', which is not read"
              .formatted(file, proto.getClassName()));
    }
    if (proto.getClassName().equals(WeightedEnsembleModel.class.getName())) {
      WeightedEnsembleModelProto ensemble =
          proto.getSerializedData().unpack(WeightedEnsembleModelProto.class);
      for (ModelProto member : ensemble.getModelsList()) {
        checkKnown(member, file);
      }
    }
  }

  /**
   * Writes the prototype as an ONNX model for {@link OnnxClassifier} or any other runtime: input
   * {@code input}, float numbers {@code [faces, features]} in the order of {@link #columns()} as
   * they come from the feature table, standardised inside; output {@code output}, the scores {@code
   * [faces, classes]}. Columns and classes are named in the metadata.
   *
   * <p>The network computes in single precision. Where a support-vector machine is undecided
   * between two classes, a vote may turn.
   *
   * @param file where to write, replacing the file; its folder must exist
   * @throws IOException if the file cannot be written
   * @throws UnsupportedOperationException if this kind of classifier has no ONNX form, see {@link
   *     ClassifierKind#exportsToOnnx()}
   */
  public void exportOnnx(Path file) throws IOException {
    Model<Label> model = trained.model();
    if (!(classifier().exportsToOnnx() && model instanceof ONNXExportable exportable)) {
      throw new UnsupportedOperationException(
          "Tribuo has no ONNX form of %s; train logistic-regression, linear-svm or rbf-svm to export"
              .formatted(classifier().label()));
    }
    ONNXContext onnx = new ONNXContext();
    onnx.setName("affect4j-prototype");
    ONNXPlaceholder input = onnx.floatInput(columns().size());
    ONNXPlaceholder output = onnx.floatOutput(description.classes.size());
    exportable
        .writeONNXGraph(
            input
                .apply(ONNXOperators.SUB, onnx.array("means", description.means))
                .apply(ONNXOperators.MUL, onnx.array("factors", description.factors)))
        .assignTo(output);
    List<String> order =
        IntStream.range(0, description.classes.size())
            .mapToObj(i -> model.getOutputIDInfo().getOutput(i).getLabel())
            .toList();
    byte[] proto = ONNXExportable.buildModel(onnx, "org.affect4j", 1, model).toByteArray();
    Files.write(file, OnnxClassifier.described(proto, description.columns, order));
  }

  @Override
  public String toString() {
    return "%s on %d features for %s"
        .formatted(classifier().label(), columns().size(), description.classes);
  }
}
