package org.affect4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.affect4j.Bundled;
import org.affect4j.behaviour.BehaviourModel;
import org.affect4j.behaviour.BehaviourOptions;
import org.affect4j.image.FaceImage;
import org.affect4j.image.PixelLayout;
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

  /** A network whose features are the mean colours of an 8 x 8 face. */
  private Path network(int expressions) throws IOException {
    GraphProto.Builder graph =
        GraphProto.newBuilder()
            .setName("tiny")
            .addInput(value("picture", 3, 8, 8))
            .addNode(
                node("ReduceMean", "picture", "embedding")
                    .addAttribute(
                        AttributeProto.newBuilder()
                            .setName("axes")
                            .setType(AttributeProto.AttributeType.INTS)
                            .addInts(2)
                            .addInts(3))
                    .addAttribute(
                        AttributeProto.newBuilder()
                            .setName("keepdims")
                            .setType(AttributeProto.AttributeType.INT)
                            .setI(0)))
            .addOutput(value("embedding", 3));
    head(graph, "expression", "Softmax", expressions);
    head(graph, "action_units", "Sigmoid", 17);
    head(graph, "valence_arousal", "Tanh", 2);
    ModelProto model =
        ModelProto.newBuilder()
            .setIrVersion(7)
            .setGraph(graph)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(13))
            .build();
    return Files.write(folder.resolve("tiny" + expressions + ".onnx"), model.toByteArray());
  }

  private static void head(GraphProto.Builder graph, String name, String end, int width) {
    TensorProto.Builder weights =
        TensorProto.newBuilder()
            .setName(name + "_weights")
            .setDataType(TensorProto.DataType.FLOAT.getNumber())
            .addDims(3)
            .addDims(width);
    for (int i = 0; i < 3 * width; i++) {
      weights.addFloatData(i % 5);
    }
    graph
        .addInitializer(weights)
        .addNode(node("MatMul", "embedding", name + "_raw").addInput(name + "_weights"))
        .addNode(node(end, name + "_raw", name))
        .addOutput(value(name, width));
  }

  private static NodeProto.Builder node(String type, String input, String output) {
    return NodeProto.newBuilder().setOpType(type).addInput(input).addOutput(output);
  }

  private static ValueInfoProto value(String name, int... sizes) {
    TensorShapeProto.Builder shape =
        TensorShapeProto.newBuilder().addDim(Dimension.newBuilder().setDimParam("batch"));
    for (int size : sizes) {
      shape.addDim(Dimension.newBuilder().setDimValue(size));
    }
    TypeProto.Tensor.Builder type =
        TypeProto.Tensor.newBuilder()
            .setElemType(TensorProto.DataType.FLOAT.getNumber())
            .setShape(shape);
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(type))
        .build();
  }
}
