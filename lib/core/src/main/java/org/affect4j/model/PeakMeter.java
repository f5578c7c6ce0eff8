package org.affect4j.model;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
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
    OrtEnvironment environment = OnnxRuntime.environment();
    FloatBuffer values =
        ByteBuffer.allocateDirect(SIZE * SIZE * Float.BYTES)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    for (int i = 0; i < values.capacity(); i++) {
      values.put(i, (i % 7) / 7f);
    }
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      OnnxRuntime.setThreads(options, threads);
      try (OrtSession session = environment.createSession(matrixProduct(), options);
          OnnxTensor a = OnnxTensor.createTensor(environment, values, new long[] {SIZE, SIZE})) {
        double best = Double.MAX_VALUE;
        long end = System.nanoTime() + (long) (SECONDS * 1e9);
        while (System.nanoTime() < end) {
          long start = System.nanoTime();
          session.run(Map.of("a", a, "b", a)).close();
          best = Math.min(best, (System.nanoTime() - start) / 1e9);
        }
        return 2.0 * SIZE * SIZE * SIZE / best;
      }
    } catch (OrtException e) {
      throw new IllegalStateException("the peak could not be measured: " + e.getMessage(), e);
    }
  }

  /** An ONNX file with one MatMul, written field by field (onnx.proto3, opset 13). */
  private static byte[] matrixProduct() {
    Message node = new Message().text(1, "a").text(1, "b").text(2, "c").text(4, "MatMul");
    Message graph =
        new Message()
            .message(1, node)
            .text(2, "peak")
            .message(11, matrix("a"))
            .message(11, matrix("b"))
            .message(12, matrix("c"));
    Message opset = new Message().text(1, "").number(2, 13);
    return new Message().number(1, 7).message(7, graph).message(8, opset).bytes();
  }

  private static Message matrix(String name) {
    Message side = new Message().number(1, SIZE);
    Message shape = new Message().message(1, side).message(1, side);
    Message tensor = new Message().number(1, 1).message(2, shape);
    return new Message().text(1, name).message(2, new Message().message(1, tensor));
  }

  /** A protocol-buffer message under construction. */
  private static final class Message {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Message number(int field, long value) {
      varint(field << 3);
      varint(value);
      return this;
    }

    Message text(int field, String value) {
      return raw(field, value.getBytes(StandardCharsets.UTF_8));
    }

    Message message(int field, Message value) {
      return raw(field, value.bytes());
    }

    private Message raw(int field, byte[] value) {
      varint(field << 3 | 2);
      varint(value.length);
      out.writeBytes(value);
      return this;
    }

    private void varint(long value) {
      long rest = value;
      while (rest > 0x7F) {
        out.write((int) (rest & 0x7F | 0x80));
        rest >>>= 7;
      }
      out.write((int) rest);
    }

    byte[] bytes() {
      return out.toByteArray();
    }
  }
}
