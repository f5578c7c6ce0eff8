package org.affect4j.training.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.affect4j.detect.DetectorOptions;
import org.affect4j.detect.RetinaFace;
import org.affect4j.image.FaceImage;
import org.affect4j.model.ModelEntry;
import org.affect4j.model.ModelStore;
import org.affect4j.model.PriorSpec;
import org.affect4j.training.network.Activation;
import org.affect4j.training.network.BatchNormalisation;
import org.affect4j.training.network.Combination;
import org.affect4j.training.network.Convolution;
import org.affect4j.training.network.Dropping;
import org.affect4j.training.network.Enlarging;
import org.affect4j.training.network.FacebehaviourNet;
import org.affect4j.training.network.FeatureShape;
import org.affect4j.training.network.Flattening;
import org.affect4j.training.network.FullyConnected;
import org.affect4j.training.network.NetworkBuilder;
import org.affect4j.training.network.NetworkOutput;
import org.affect4j.training.network.NetworkSpec;
import org.affect4j.training.network.NetworkWeights;
import org.affect4j.training.network.Operation;
import org.affect4j.training.network.ParameterSpec;
import org.affect4j.training.network.Pooling;
import org.affect4j.training.network.PriorRows;
import org.affect4j.training.network.RetinaFaceNet;
import org.affect4j.training.quantise.CalibrationTensor;
import org.affect4j.training.quantise.Int8Quantizer;
import org.affect4j.training.quantise.OutputDifference;
import org.affect4j.training.quantise.QuantizedModel;
import org.affect4j.training.quantise.QuantizerOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkExportTest {
  /** Weights as after training: nothing is 0 or 1, so that every mistake in folding shows. */
  static NetworkWeights trained(NetworkSpec spec) {
    Random random = new Random(5);
    NetworkWeights initial = NetworkWeights.initial(spec, 3);
    Map<String, float[]> values = new LinkedHashMap<>();
    for (Map.Entry<String, ParameterSpec> p : spec.parameters().entrySet()) {
      float[] v = initial.values(p.getKey());
      if (p.getValue().type() != ai.djl.nn.Parameter.Type.WEIGHT) {
        for (int i = 0; i < v.length; i++) {
          v[i] += (float) (.3 * random.nextDouble());
        }
      }
      values.put(p.getKey(), v);
    }
    return NetworkWeights.of(spec, values);
  }

  @Test
  void compactNetworkIsTheSameInOnnxRuntime() {
    NetworkSpec spec = FacebehaviourNet.compact();
    NetworkExport export = NetworkExport.of(spec, trained(spec));
    assertEquals(
        java.util.Set.of("expression", "action_units", "valence_arousal", "embedding"),
        export.differences().keySet());
    // Folded: every parameter in four bytes, and little else.
    assertEquals(4.0 * spec.parameterCount(), export.onnx().length, 40_000);
  }

  /** A network of every operation. */
  static NetworkSpec zoo() {
    NetworkBuilder b = NetworkSpec.builder("zoo", FeatureShape.map(3, 31, 32));
    String a =
        b.activated("a", Convolution.plain(8, 3, 2), Activation.leakyRelu(.1), NetworkSpec.INPUT);
    String silu =
        b.activated("b", Convolution.depthwise(8, 5, 1).withBias(.1, .2), Activation.SILU, a);
    String excited = b.excited("c", 8, 4, Activation.RELU, silu);
    String small = b.add("max", new Pooling(Pooling.Kind.MAXIMUM, 3, 2, 1), excited);
    String mean = b.add("mean", new Pooling(Pooling.Kind.MEAN, 2, 2, 0), excited);
    String sum = b.add("sum", Combination.ADD, small, mean, small);
    String large = b.add("large", new Enlarging(), sum, excited);
    String joined = b.add("joined", Combination.JOIN, large, excited);
    String norm = b.add("norm", new BatchNormalisation(), joined);
    String flat =
        b.add(
            "flat",
            new Flattening(),
            b.add("tanh", Activation.TANH, b.add("drop", new Dropping(.5), norm)));
    String fc =
        b.add("fc.bn", new BatchNormalisation(), b.add("fc", new FullyConnected(5, true), flat));
    return b.output("probabilities", fc, NetworkOutput.Function.SOFTMAX)
        .output("scores", fc, NetworkOutput.Function.SIGMOID)
        .output("fc", b.add("last.drop", new Dropping(.1), fc), NetworkOutput.Function.NONE)
        .output("norm", norm, NetworkOutput.Function.NONE)
        .build();
  }

  @Test
  void everyOperationIsTheSameInOnnxRuntime() {
    NetworkSpec spec = zoo();
    assertEquals(4, NetworkExport.of(spec, trained(spec)).differences().size());
  }

  @Test
  void detectorsAreCheckedOnOddSizesToo() {
    NetworkBuilder b = NetworkSpec.builder("rows", FeatureShape.map(3, 64, 64));
    String fine = b.activated("a", Convolution.plain(4, 3, 2), Activation.RELU, NetworkSpec.INPUT);
    String coarse = b.activated("b", Convolution.plain(4, 3, 2), Activation.RELU, fine);
    String back = b.add("up", new Enlarging(), coarse, fine);
    NetworkSpec spec =
        b.output(
                "conf",
                b.add(
                    "rows",
                    Combination.JOIN,
                    b.add("rows.fine", new PriorRows(2), back),
                    b.add("rows.coarse", new PriorRows(2), coarse)),
                NetworkOutput.Function.SOFTMAX)
            .build();
    NetworkExport.of(spec, trained(spec));
  }

  @Tag("slow")
  @Test
  void aDetectorOfFiveLevelsRunsInTheLibrary(@TempDir Path folder) throws IOException {
    NetworkSpec spec = RetinaFaceNet.mobileNet025(RetinaFaceNet.Levels.FIVE);
    byte[] onnx = NetworkExport.of(spec, NetworkWeights.initial(spec, 3)).onnx();
    ModelEntry entry =
        ModelFolder.entry(
                spec,
                "five",
                onnx,
                new ModelFolder.About("none", "test", "none", Map.of(), Optional.empty()))
            .orElseThrow();
    assertEquals(Optional.of(PriorSpec.fiveLevels()), entry.priors());
    new ModelFolder(folder).add(entry, onnx);
    try (RetinaFace detector =
        RetinaFace.open(ModelStore.at(folder), "five", DetectorOptions.defaults(), 1)) {
      assertEquals(PriorSpec.fiveLevels(), detector.priors());
      // 16, 8, 4, 2 and 1 rows of as many places with three priors.
      assertEquals(1023, detector.candidates(FaceImage.plain(64, 64, 128), 0).size());
      detector.detect(FaceImage.plain(150, 90, 128), 0);
    }
  }

  @Test
  void unknownOperationIsNamed() {
    record Cube() implements Operation {
      @Override
      public FeatureShape shape(List<FeatureShape> inputs) {
        return inputs.get(0);
      }

      @Override
      public NDArray apply(NDList inputs, Map<String, NDArray> parameters, boolean training) {
        return inputs.get(0).pow(3);
      }
    }

    NetworkBuilder b = NetworkSpec.builder("odd", FeatureShape.vector(2));
    NetworkSpec spec =
        b.output("out", b.add("cubed", new Cube(), NetworkSpec.INPUT), NetworkOutput.Function.NONE)
            .build();
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> NetworkExport.of(spec, NetworkWeights.initial(spec, 1)));
    assertTrue(e.getMessage().contains("Cube"), e.getMessage());
    assertTrue(e.getMessage().contains("cubed"), e.getMessage());
  }

  @Test
  void quantisedExportComputesAlmostTheSame() throws OrtException {
    NetworkSpec spec = FacebehaviourNet.compact();
    byte[] onnx = NetworkExport.of(spec, trained(spec)).onnx();
    List<CalibrationTensor> inputs = new ArrayList<>();
    Random random = new Random(1);
    for (int k = 0; k < 4; k++) {
      float[] v = new float[3 * 112 * 112];
      for (int i = 0; i < v.length; i++) {
        v[i] = (float) Math.sin(i * .01 * (k + 1)) * .8f + .1f * random.nextFloat();
      }
      inputs.add(CalibrationTensor.of(v, 1, 3, 112, 112));
    }
    QuantizedModel small = new Int8Quantizer(QuantizerOptions.defaults()).quantise(onnx, inputs);
    assertTrue(small.onnx().length < .32 * onnx.length);
    // 14 convolutions (3 of them shortcuts), the embedding and 3 heads.
    assertEquals(
        14,
        small.report().quantised().get("Conv")
            + small.report().leftInFloat().getOrDefault("Conv", 0));
    for (OutputDifference d :
        OutputDifference.between(onnx, small.onnx(), Optional.empty(), inputs)) {
      assertTrue(d.relative() < .1, d.toString());
    }
  }
}
