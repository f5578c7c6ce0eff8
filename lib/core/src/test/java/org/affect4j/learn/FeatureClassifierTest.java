package org.affect4j.learn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.affect4j.Bundled;
import org.affect4j.model.ModelException;
import org.affect4j.table.FaceTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tribuo.protos.core.ModelProto;

class FeatureClassifierTest {
  private static final LabelledFeatures TRAINING = Blobs.of(4, 0, 12);
  private static final LabelledFeatures TEST = Blobs.of(4, 100, 10);

  /** XGBoost is native code, which not every machine can load. */
  private static void assumeItRuns(ClassifierKind classifier) {
    if (classifier == ClassifierKind.XGBOOST) {
      try {
        FeatureClassifier.train(classifier, TRAINING, 1);
      } catch (IllegalStateException e) {
        assumeTrue(false, e.getMessage());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyClassifierLearnsSavesAndLoads(ClassifierKind classifier, @TempDir Path folder)
      throws IOException {
    assumeItRuns(classifier);
    FeatureClassifier prototype = FeatureClassifier.train(classifier, TRAINING, 7);
    assertEquals(4, prototype.classes().size());
    double accuracy = prototype.test(TEST).accuracy();
    assertTrue(accuracy > .8, classifier + " " + accuracy);
    assertEquals(
        prototype.predict(TEST.features()),
        FeatureClassifier.train(classifier, TRAINING, 7).predict(TEST.features()));
    assertTrue(prototype.provenance().contains(TRAINING.features().checksum()));
    assertTrue(prototype.provenance().contains("seed"));
    Path file = folder.resolve("saved.prototype");
    prototype.save(file);
    FeatureClassifier loaded = FeatureClassifier.load(file);
    assertEquals(classifier, loaded.classifier());
    assertEquals(prototype.columns(), loaded.columns());
    assertEquals(
        prototype.provenance().lines().sorted().toList(),
        loaded.provenance().lines().sorted().toList());
    for (int row = 0; row < TEST.size(); row++) {
      double[] face = TEST.values()[row];
      assertArrayEquals(prototype.scores(face), loaded.scores(face), 0);
    }
  }

  @ParameterizedTest
  @EnumSource
  void theOnnxFormAgreesOrIsRefused(ClassifierKind classifier, @TempDir Path folder)
      throws IOException {
    assumeItRuns(classifier);
    Path file = folder.resolve("prototype.onnx");
    for (int classes : new int[] {2, 4}) {
      LabelledFeatures test = Blobs.of(classes, 100, 10);
      FeatureClassifier prototype =
          FeatureClassifier.train(classifier, Blobs.of(classes, 0, 12), 7);
      if (!classifier.exportsToOnnx()) {
        UnsupportedOperationException e =
            assertThrows(UnsupportedOperationException.class, () -> prototype.exportOnnx(file));
        assertTrue(e.getMessage().contains(classifier.label()), e.getMessage());
        continue;
      }
      prototype.exportOnnx(file);
      try (OnnxClassifier onnx = OnnxClassifier.open(file)) {
        assertEquals(prototype.columns(), onnx.columns());
        double[][] scores = onnx.scores(test.features());
        for (int row = 0; row < test.size(); row++) {
          double[] expected = prototype.scores(test.values()[row]);
          for (int c = 0; c < classes; c++) {
            int same = prototype.classes().indexOf(onnx.classes().get(c));
            assertEquals(expected[same], scores[row][c], 1e-5, "row " + row);
          }
        }
        assertEquals(prototype.predict(test.features()), onnx.predict(test.features()));
      }
    }
  }

  @Test
  void columnsAreFoundByNameAndMissingOnesNamed() {
    FeatureClassifier prototype = FeatureClassifier.train(ClassifierKind.LINEAR_SVM, TRAINING, 1);
    FaceTable extra =
        FaceTable.ofNumbers(
                TEST.features().texts("input"), List.of("a"), new double[TEST.size()][1])
            .join(TEST.features());
    assertEquals(prototype.predict(TEST.features()), prototype.predict(extra));
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> prototype.predict(extra.selectColumns(c -> !c.equals("x7"))));
    assertTrue(e.getMessage().contains("'x7'"), e.getMessage());
    assertThrows(IllegalArgumentException.class, () -> prototype.scores(new double[3]));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            FeatureClassifier.train(
                ClassifierKind.LINEAR_SVM, TRAINING.withClasses(List.of("class 0")), 1));
  }

  @Test
  void foreignFilesAreRefused(@TempDir Path folder) throws IOException {
    Path text = Files.writeString(folder.resolve("a"), "no prototype");
    assertThrows(IOException.class, () -> FeatureClassifier.load(text));
    Path saved = folder.resolve("b");
    FeatureClassifier.train(ClassifierKind.LOGISTIC_REGRESSION, TRAINING, 1).save(saved);
    String description;
    try (ZipFile zip = new ZipFile(saved.toFile())) {
      description =
          new String(
              zip.getInputStream(zip.getEntry("prototype.json")).readAllBytes(),
              StandardCharsets.UTF_8);
    }
    // A class that reads its data with Java's deserialisation.
    Path evil = folder.resolve("c");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(evil))) {
      zip.putNextEntry(new ZipEntry("prototype.json"));
      zip.write(description.getBytes(StandardCharsets.UTF_8));
      zip.putNextEntry(new ZipEntry("model.pb"));
      zip.write(
          ModelProto.newBuilder()
              .setClassName("org.tribuo.classification.liblinear.LibLinearClassificationModel")
              .build()
              .toByteArray());
    }
    IOException e = assertThrows(IOException.class, () -> FeatureClassifier.load(evil));
    assertTrue(e.getMessage().contains("is not read"), e.getMessage());
    assertThrows(IOException.class, () -> FeatureClassifier.load(folder.resolve("none")));
    assertThrows(
        ModelException.class,
        () -> OnnxClassifier.open(Bundled.path("models/behaviour/behaviour-v6.onnx")));
  }

  @Test
  void nothingIsPrinted() {
    assumeItRuns(ClassifierKind.XGBOOST);
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream heard = new ByteArrayOutputStream();
    try (PrintStream ear = new PrintStream(heard)) {
      System.setOut(ear);
      System.setErr(ear);
      for (ClassifierKind classifier : ClassifierKind.values()) {
        FeatureClassifier.train(classifier, TRAINING, 1).predict(TEST.features());
      }
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
    assertEquals("", heard.toString());
  }
}
