package org.affect4j.training.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.affect4j.model.ModelPair;
import org.affect4j.model.ModelStore;
import org.affect4j.training.network.FacebehaviourNet;
import org.affect4j.training.network.NetworkSpec;
import org.affect4j.training.network.NetworkWeights;
import org.affect4j.training.network.Networks;
import org.affect4j.training.quantise.CalibratedHead;
import org.affect4j.training.quantise.CalibrationTensor;
import org.affect4j.training.quantise.OutputDifference;
import org.affect4j.training.quantise.PlattScaling;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkImportTest {
  @TempDir Path folder;

  private static void assertSame(byte[] expected, byte[] actual, long... shape)
      throws OrtException {
    float[] values =
        new float[Math.toIntExact(LongStream.of(shape).reduce(1, Math::multiplyExact))];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.sin(i * .37);
    }
    for (OutputDifference d :
        OutputDifference.between(
            expected, actual, Optional.empty(), List.of(CalibrationTensor.of(values, shape)))) {
      assertTrue(d.relative() < 1e-5, d.toString());
    }
  }

  @Test
  void everyOperationComesBack() throws OrtException {
    NetworkSpec spec = NetworkExportTest.zoo();
    byte[] onnx = NetworkExport.of(spec, NetworkExportTest.trained(spec)).onnx();
    NetworkWeights imported = NetworkImport.of(spec, onnx);
    assertSame(onnx, NetworkExport.of(spec, imported).onnx(), 1, 3, 31, 32);
  }

  @Test
  void normalisedWeightsHaveTheLengthOfFreshOnes() {
    NetworkSpec spec = NetworkExportTest.zoo();
    byte[] onnx = NetworkExport.of(spec, NetworkExportTest.trained(spec)).onnx();
    double imported = squares(NetworkImport.of(spec, onnx).values("a.weight"));
    assertEquals(1, imported / squares(NetworkWeights.initial(spec, 9).values("a.weight")), .2);
  }

  private static double squares(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i] * values[i]).sum();
  }

  @Tag("slow")
  @Test
  void aCalibratedHeadComesBack() throws OrtException {
    NetworkSpec spec = FacebehaviourNet.compact();
    byte[] onnx =
        CalibratedHead.fold(
            NetworkExport.of(spec, NetworkExportTest.trained(spec)).onnx(),
            "action_units",
            IntStream.range(0, 17).mapToObj(u -> new PlattScaling(1 + .1 * u, -.2 * u)).toList());
    assertSame(
        onnx,
        NetworkExport.of(spec, NetworkImport.of(spec, onnx)).onnx(),
        1,
        3,
        FacebehaviourNet.SIDE,
        FacebehaviourNet.SIDE);
  }

  @Test
  @Tag("slow")
  void bundledNetworksComeBackByTheNameInTheirFiles() throws IOException, OrtException {
    for (String model : List.of(ModelPair.FLOAT32.behaviour(), ModelPair.FLOAT32.detector())) {
      byte[] bundled = ModelStore.bundled().read(model);
      Path file = folder.resolve(model + ".onnx");
      Files.write(file, bundled);
      NetworkWeights weights = NetworkImport.read(file);
      NetworkSpec spec = Networks.named(weights.specification());
      byte[] again = NetworkExport.of(spec, weights).onnx();
      assertSame(bundled, again, 1, 3, FacebehaviourNet.SIDE, FacebehaviourNet.SIDE);
    }
  }

  @Test
  void otherFilesAreRefused() throws IOException {
    NetworkSpec compact = FacebehaviourNet.compact();
    assertRefused("of 'facebehaviour-compact'", compact, ModelPair.FLOAT32.detector());
    byte[] int8 = ModelStore.bundled().read(ModelPair.INT8.behaviour());
    IllegalArgumentException inBytes =
        assertThrows(IllegalArgumentException.class, () -> NetworkImport.read(int8));
    assertTrue(inBytes.getMessage().contains("in float"), inBytes.getMessage());
    NetworkSpec tiny =
        FacebehaviourNet.of(
            "tiny", new FacebehaviourNet.Size(4, List.of(8), List.of(1), 16, 0, false));
    assertRefused("of 'tiny'", tiny, ModelPair.FLOAT32.behaviour());
    Path file = folder.resolve("cut.onnx");
    Files.write(file, new byte[] {1, 2, 3});
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> NetworkImport.read(file));
    assertTrue(e.getMessage().contains("cut.onnx: this is no ONNX file"), e.getMessage());
  }

  private static void assertRefused(String part, NetworkSpec spec, String model) {
    byte[] onnx = ModelStore.bundled().read(model);
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> NetworkImport.of(spec, onnx));
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }
}
