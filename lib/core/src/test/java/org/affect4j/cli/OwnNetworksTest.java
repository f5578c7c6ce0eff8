package org.affect4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.affect4j.Bundled;
import org.affect4j.TinyNetworks;
import org.affect4j.behaviour.BehaviourModel;
import org.affect4j.behaviour.BehaviourOptions;
import org.affect4j.chart.Charts;
import org.affect4j.compound.CompoundSet;
import org.affect4j.compound.ZeroShotCompound;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.AnnotatedExpression;
import org.affect4j.face.Behaviour;
import org.affect4j.face.BehaviourVocabulary;
import org.affect4j.image.FaceImage;
import org.affect4j.image.PixelLayout;
import org.affect4j.model.BehaviourOutputs;
import org.affect4j.model.ModelException;
import org.affect4j.model.NetworkKind;
import org.affect4j.model.StoredModel;
import org.affect4j.table.FaceTable;
import org.affect4j.table.Provenance;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Networks of a user's own, by file and folder. */
class OwnNetworksTest {
  private static final String PORTRAIT = Bundled.path("data/portraits/012.jpg").toString();
  private static final String DETECTOR =
      Bundled.path("models/detector/detector-v2.onnx").toString();
  private static final String BEHAVIOUR =
      Bundled.path("models/behaviour/behaviour-v6.onnx").toString();
  private static final String BYTES =
      Bundled.path("models/behaviour/behaviour-v6-int8.onnx").toString();

  @TempDir private Path folder;

  /** The error of a run, empty if there was none. */
  private String run(Path csv, String... options) {
    CommandLine line = Main.commandLine();
    StringWriter err = new StringWriter();
    line.setOut(new PrintWriter(new StringWriter()));
    line.setErr(new PrintWriter(err));
    List<String> arguments = new ArrayList<>(List.of("analyze", PORTRAIT, "-o", csv.toString()));
    arguments.addAll(List.of(options));
    int code = line.execute(arguments.toArray(String[]::new));
    assertEquals(err.toString().isEmpty() ? 0 : 1, code, err.toString());
    return err.toString();
  }

  private void assertSameRows(List<String> options, List<String> others) throws IOException {
    Path one = Files.createTempFile(folder, "one", ".csv");
    Path two = Files.createTempFile(folder, "two", ".csv");
    Files.delete(one);
    Files.delete(two);
    assertEquals("", run(one, options.toArray(String[]::new)));
    assertEquals("", run(two, others.toArray(String[]::new)));
    assertEquals(Files.readString(one), Files.readString(two), options + " and " + others);
  }

  private String refused(String... options) {
    String message = run(folder.resolve("refused.csv"), options);
    assertEquals(1, message.lines().count(), message);
    return message;
  }

  @Tag("slow")
  @Test
  void filesAreReadAsTheBundledNetworksThatTheyAre() throws IOException {
    // Of a file alone nobody knows the prior, so that it is read as it learned.
    List<String> even = List.of("--prior=even");
    assertSameRows(even, List.of("--model", BEHAVIOUR, "--detector", DETECTOR));
    assertSameRows(
        List.of("--model=behaviour-v6-int8", "--prior=even"),
        List.of("--model", BYTES, "--input", "rgb:127.5:127.5:112"));
    assertSameRows(
        even,
        List.of("--model", BEHAVIOUR, "--input=RGB:127.5,127.5,127.5:127.5", "--models=float32"));
    Path other = folder.resolve("other.csv");
    assertEquals("", run(other, "--model", BEHAVIOUR, "--input=bgr:0:255"));
    Map<String, String> settings = Provenance.beside(other).orElseThrow().settings();
    assertEquals("behaviour-v6", settings.get("model"));
    String another = run(other, "--model", BEHAVIOUR, "--input=bgr:0:128");
    assertTrue(another.contains("model input"), "rows in another setting: " + another);
  }

  @Test
  void foldersWithACatalogueAreOpened() throws IOException {
    String models = Bundled.path("models").toString();
    assertSameRows(
        List.of("--models=small"),
        List.of(
            "--detector=" + models + "/detector-small-v1-int8",
            "--model=" + models + "/behaviour-v6-int8"));
    String several = refused("--models", models);
    assertTrue(several.contains("detector-rendered-v1") && several.contains("NAME"), several);
    String unknown = refused("--model", models + "/behaviour-0");
    assertTrue(unknown.contains("behaviour-v6-int8"), unknown);
  }

  @Test
  void mistakesAreTold() throws IOException {
    assertTrue(refused("--model=none.onnx").contains("none.onnx: no such file or folder"));
    assertTrue(refused("--models=int9").contains("no such file or folder"));
    assertTrue(refused("--model=behaviour-v6", "--input=rgb:0:1").contains("no such ONNX file"));
    assertTrue(refused("--input=rgb:0:1").contains("--model"));
    for (String input : List.of("rgb", "grb:1:1", "rgb:1,2:1", "rgb:0:0", "rgb:0:1:x")) {
      String message = refused("--model", BEHAVIOUR, "--input", input);
      assertTrue(message.contains("rgb:127.5:127.5:112, got '" + input + "'"), message);
    }
    assertTrue(refused("--model", BEHAVIOUR, "--prior=even").contains("prior of 'behaviour-v6'"));
    assertTrue(refused("--prior=odd").contains("in-the-wild"));
    String wrongKind = refused("--model", DETECTOR);
    assertTrue(wrongKind.contains("[batch, 7] probabilities: neutral"), wrongKind);
    assertTrue(refused("--model", BYTES).contains("side"));
    Path text = Files.writeString(folder.resolve("text.onnx"), "no network");
    assertTrue(refused("--model", text.toString()).contains("text.onnx"));
    String narrow = refused("--model", network(6).toString());
    assertTrue(narrow.contains("'expression'") && narrow.contains("[batch, 6]"), narrow);
    assertTrue(narrow.contains("[batch, 7] probabilities: neutral"), narrow);
  }

  @Test
  void aNetworkOfAnotherSizeIsRead() throws IOException {
    Path file = network(7);
    Path csv = folder.resolve("faces.csv");
    assertEquals("", run(csv, "--embeddings", "--model", file.toString(), "--input=rgb:0:255"));
    FaceTable faces = FaceTable.read(csv);
    assertTrue(faces.number(0, "e002").isPresent());
    assertTrue(!faces.columns().contains("e003"), faces.columns().toString());
    PixelLayout pixels =
        new PixelLayout(PixelLayout.Order.RGB, 0, 0, 0, 255, PixelLayout.Storage.FLOAT_PLANES);
    StoredModel stored =
        StoredModel.ofFile(file, NetworkKind.BEHAVIOUR, pixels, OptionalInt.empty());
    try (BehaviourModel model = BehaviourModel.of(stored.open(1), BehaviourOptions.defaults())) {
      assertEquals(3, model.embeddingLength());
      assertEquals(8, model.aligner().size());
      float[] mean = model.predict(List.of(FaceImage.plain(8, 8, 51))).get(0).embedding();
      assertEquals(.2, mean[1], 1e-6);
    }
    Files.write(file, new byte[] {1});
    assertThrows(ModelException.class, () -> stored.open(1), "altered");
  }

  private Path network(int expressions) throws IOException {
    Path file = folder.resolve("tiny" + expressions + ".onnx");
    return TinyNetworks.faces(file, expressions, 17, true, Map.of());
  }

  /** The rows of a run that must not fail. */
  private FaceTable rows(String... options) throws IOException {
    Path csv = Files.createTempFile(folder, "rows", ".csv");
    Files.delete(csv);
    assertEquals("", run(csv, options));
    return FaceTable.read(csv);
  }

  @Test
  void whatANetworkReadsIsSaidInItsFile() throws IOException {
    Map<String, String> said =
        BehaviourOutputs.of(
            new BehaviourVocabulary(
                List.of(AnnotatedExpression.values()).subList(0, 8),
                List.of(1, 2, 4, 6, 12, 15, 20, 25),
                true),
            "");
    Path file = TinyNetworks.faces(folder.resolve("eight.onnx"), 8, 8, true, said);
    FaceTable rows = rows("--model", file.toString(), "--input=rgb:0:255", "--embeddings");
    List<String> columns = rows.columns();
    assertTrue(columns.containsAll(List.of("p_surprise", "p_contempt", "au20", "valence", "e002")));
    assertFalse(columns.contains("au05"), columns.toString());
    assertEquals(columns.indexOf("p_surprise") + 1, columns.indexOf("p_contempt"));
    Behaviour read = rows.behaviour(0).orElseThrow();
    assertEquals(8, read.vocabulary().classes().size());
    assertEquals(1, Arrays.stream(read.expressionProbabilities()).sum(), 1e-3);
    assertEquals(rows.text(0, "expression"), read.label().map(AnnotatedExpression::label));
    assertThrows(IllegalStateException.class, () -> read.probability(ActionUnit.AU05));
    ZeroShotCompound rule = ZeroShotCompound.of(CompoundSet.RAF_DB);
    Exception missing = assertThrows(IllegalStateException.class, () -> rule.predict(read));
    assertTrue(missing.getMessage().contains("does not read AU5"), missing.getMessage());
    FaceTable few = rows("--model", file.toString(), "--columns=expressions");
    assertTrue(few.columns().contains("p_contempt") && !few.columns().contains("au20"));
    assertTrue(Charts.expressions(read).description().contains("contempt"));
    String prior = run(folder.resolve("p.csv"), "--model", file.toString(), "--prior=even");
    assertTrue(prior.contains("seven basic expressions"), prior);
  }

  @Test
  void aForeignFileIsSaidWhatItReads() throws IOException {
    Path file = TinyNetworks.faces(folder.resolve("foreign.onnx"), 3, 2, false, Map.of());
    String model = "--model=" + file;
    assertTrue(refused(model).contains("--model-classes"));
    String[] stated = {model, "--model-classes=neutral,happiness,other", "--model-units=12,14"};
    FaceTable rows = rows(stated);
    assertTrue(rows.columns().containsAll(List.of("p_neutral", "p_other", "au12", "au14")));
    assertTrue(rows.number(0, "au14").isPresent());
    assertFalse(rows.columns().contains("valence") || rows.columns().contains("p_anger"));
    assertTrue(refused("--model-units=1").contains("--model"));
    String wrong = refused(model, "--model-classes=neutral,anger", "--model-units=1,2");
    assertTrue(wrong.contains("has 3 numbers"), wrong);
    assertTrue(refused(model, "--model-classes=bored,anger").contains("bored"));
  }

  @Test
  void aNetworkOfOneTaskIsRead() throws IOException {
    Path units = TinyNetworks.faces(folder.resolve("units.onnx"), 0, 17, false, Map.of());
    FaceTable rows = rows("--model", units.toString());
    assertFalse(rows.columns().contains("expression") || rows.columns().contains("valence"));
    assertEquals(17, rows.behaviour(0).orElseThrow().actionUnitProbabilities().length);
    Path affect = TinyNetworks.faces(folder.resolve("affect.onnx"), 0, 0, true, Map.of());
    Behaviour read = rows("--model", affect.toString()).behaviour(0).orElseThrow();
    assertTrue(read.toString().startsWith("valence "), read.toString());
    assertThrows(IllegalStateException.class, read::expression);
  }

  @Test
  void aNetworkOverTimeReadsOneFrameOfAPhoto() throws IOException {
    Path file = TinyNetworks.facesOverTime(folder.resolve("time.onnx"), false);
    Path single = network(7);
    assertSameRows(
        List.of("--embeddings", "--model", file.toString()),
        List.of("--embeddings", "--model", single.toString()));
    Path rowsOnly = TinyNetworks.rowsOverTime(folder.resolve("rows.onnx"));
    FaceTable plain = rows("--embeddings", "--model", single.toString());
    FaceTable rows =
        rows("--embeddings", "--model", single.toString(), "--over-time", rowsOnly.toString());
    assertEquals(plain.number(0, "e001"), rows.number(0, "e001"));
    assertFalse(rows.columns().contains("au12") || rows.columns().contains("expression"));
    assertEquals(plain.number(0, "valence"), rows.number(0, "valence"));
    String narrow = refused("--over-time", rowsOnly.toString());
    assertTrue(narrow.contains("3 numbers") && narrow.contains("256"), narrow);
    assertTrue(refused("--model", rowsOnly.toString()).contains("side"));
    assertTrue(refused("--over-time", single.toString()).contains("pictures"));
  }

  @Test
  void aNetworkThatReadsLandmarksIsGivenThem() throws IOException {
    Path shaped = TinyNetworks.facesOverTime(folder.resolve("shaped.onnx"), true);
    Path plain = TinyNetworks.facesOverTime(folder.resolve("plain.onnx"), false);
    FaceTable rows = rows("--embeddings", "--model", shaped.toString());
    FaceTable without = rows("--embeddings", "--model", plain.toString());
    // The network adds the largest of the 136 numbers: the lowest or rightmost landmark.
    double largest = rows.number(0, "e000").orElseThrow() - without.number(0, "e000").orElseThrow();
    assertTrue(largest > .5 && largest < 1.2, "from -1 to 1 across the crop: " + largest);
    assertTrue(refused("--flip", "--model", shaped.toString()).contains("mirror"));
  }
}
