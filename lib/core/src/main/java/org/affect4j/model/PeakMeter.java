package org.affect4j.model;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;

/**
 * Measures what the processor can do: the best rate of a large matrix product in ONNX Runtime, the
 * same library that runs the networks.
 */
public final class PeakMeter {
  private static final int SIZE = 1024;
  private static final double SECONDS = 1.5;

  private PeakMeter() {}

  /**
   * Measures the peak.
   *
   * @param threads threads to use, 1 or more
   * @return floating-point operations a second (a multiply-accumulate is two)
   */
  public static double flops(int threads) {
    FloatBuffer values =
        ByteBuffer.allocateDirect(SIZE * SIZE * Float.BYTES)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    for (int i = 0; i < values.capacity(); i++) {
      values.put(i, (i % 7) / 7f);
    }
    long[] shape = {SIZE, SIZE};
    try (OrtSession session = OnnxRuntime.open(matrixProduct(), threads, "the matrix product");
        OnnxTensor a = OnnxTensor.createTensor(OnnxRuntime.environment(), values, shape)) {
      double best = Double.MAX_VALUE;
      long end = System.nanoTime() + (long) (SECONDS * 1e9);
      while (System.nanoTime() < end) {
        long start = System.nanoTime();
        session.run(Map.of("a", a, "b", a)).close();
        best = Math.min(best, (System.nanoTime() - start) / 1e9);
      }
      return 2.0 * SIZE * SIZE * SIZE / best;
    } catch (OrtException e) {
      throw new IllegalStateException("the peak could not be measured: " + e.getMessage(), e);
    }
  }

  /** An ONNX file with one MatMul of opset 13. */
  private static byte[] matrixProduct() {
    GraphProto graph =
        GraphProto.newBuilder()
            .setName("peak")
            .addNode(
                NodeProto.newBuilder()
                    .setOpType("MatMul")
                    .addAllInput(List.of("a", "b"))
                    .addOutput("c"))
            .addInput(matrix("a"))
            .addInput(matrix("b"))
            .addOutput(matrix("c"))
            .build();
    return ModelProto.newBuilder()
        .setIrVersion(7)
        .setGraph(graph)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(13))
        .build()
        .toByteArray();
  }

  private static ValueInfoProto matrix(String name) {
    Dimension side = Dimension.newBuilder().setDimValue(SIZE).build();
    TypeProto.Tensor type =
        TypeProto.Tensor.newBuilder()
            .setElemType(TensorProto.DataType.FLOAT.getNumber())
            .setShape(TensorShapeProto.newBuilder().addDim(side).addDim(side))
            .build();
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(type))
        .build();
  }
}
