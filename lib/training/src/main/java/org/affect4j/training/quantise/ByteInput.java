package org.affect4j.training.quantise;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;
import org.affect4j.image.PixelLayout;
import org.affect4j.training.export.internal.OnnxGraph;

/**
 * A first layer that reads the bytes of a photo in blocks of 2 x 2 pixels ({@link
 * PixelLayout.Storage#BYTE_BLOCKS}).
 *
 * <p>A convolution of 3 x 3 with stride 2 over three channels is one of 2 x 2 with stride 1 over
 * the twelve channels of blocks; it reads a quarter as many positions, each in one piece, and the
 * photo need not be turned into floats. A byte x stands for {@code (x - z) / scale} with the mean
 * of the channels' means as zero point z; what a channel's own mean m differs by, {@code (z - m) /
 * scale}, is part of the bias. In the padding at the border that part is added too, where the
 * original has zero: a tint of at most a few grey levels on one pixel.
 */
final class ByteInput {
  private static final int CHANNELS = 3;
  private static final int KERNEL = 3;
  private static final int BLOCK = 2;

  private final PixelLayout pixels;

  ByteInput(PixelLayout pixels) {
    this.pixels = pixels;
  }

  /** The range in which a byte is itself. */
  ValueRange range() {
    float zero = Math.round((pixels.mean0() + pixels.mean1() + pixels.mean2()) / CHANNELS);
    return new ValueRange(-zero / pixels.scale(), (255 - zero) / pixels.scale());
  }

  private float[] pixelMeans() {
    return new float[] {pixels.mean0(), pixels.mean1(), pixels.mean2()};
  }

  static void check(OnnxGraph graph) {
    List<NodeProto> readers = graph.readers(graph.input());
    if (readers.size() != 1 || !isStem(graph, readers.get(0))) {
      throw new IllegalArgumentException(
          "input of bytes needs a network whose only first layer is a convolution of 3 x 3 with"
              + " stride 2 and padding 1 over 3 channels, with constant weights and biases");
    }
  }

  private static boolean isStem(OnnxGraph graph, NodeProto node) {
    return node.getOpType().equals("Conv")
        && node.getInputCount() == 3
        && graph.floatConstant(node.getInput(2)).isPresent()
        && graph
            .floatConstant(node.getInput(1))
            .filter(w -> w.getDimsList().subList(1, 4).equals(List.of(3L, 3L, 3L)))
            .isPresent()
        && OnnxGraph.integers(node, "strides").equals(List.of(2L, 2L))
        && OnnxGraph.integers(node, "pads").equals(List.of(1L, 1L, 1L, 1L))
        && OnnxGraph.integers(node, "dilations").stream().allMatch(d -> d == 1)
        && OnnxGraph.integer(node, "group", 1) == 1;
  }

  /** The weights of the same layer for blocks. */
  TensorProto weights(TensorProto stem) {
    int filters = (int) stem.getDims(0);
    float[] from = OnnxGraph.floats(stem);
    int blockChannels = BLOCK * BLOCK * CHANNELS;
    float[] to = new float[filters * blockChannels * BLOCK * BLOCK];
    for (int i = 0; i < from.length; i++) {
      int x = i % KERNEL;
      int y = i / KERNEL % KERNEL;
      int channel = i / (KERNEL * KERNEL) % CHANNELS;
      int filter = i / (KERNEL * KERNEL * CHANNELS);
      // The kernel's first row is the lower one of the block above.
      int pixel = (y + 1) % BLOCK * BLOCK + (x + 1) % BLOCK;
      int blockChannel = pixel * CHANNELS + channel;
      int block = (y + 1) / BLOCK * BLOCK + (x + 1) / BLOCK;
      to[(filter * blockChannels + blockChannel) * BLOCK * BLOCK + block] = from[i];
    }
    return OnnxGraph.floatTensor(stem.getName(), to, filters, blockChannels, BLOCK, BLOCK);
  }

  /** The biases of the same layer for bytes. */
  float[] biases(TensorProto stem, float[] biases) {
    float[] values = OnnxGraph.floats(stem);
    float[] means = pixelMeans();
    float zero = range().zeroPoint();
    float[] moved = biases.clone();
    int perChannel = KERNEL * KERNEL;
    for (int i = 0; i < values.length; i++) {
      int channel = i / perChannel % CHANNELS;
      moved[i / (perChannel * CHANNELS)] += values[i] * (zero - means[channel]) / pixels.scale();
    }
    return moved;
  }

  /** The means of the channels of blocks, from those of the float input's channels. */
  float[] means(float[] inputMeans) {
    float[] means = pixelMeans();
    float zero = range().zeroPoint();
    float[] blocks = new float[BLOCK * BLOCK * CHANNELS];
    for (int i = 0; i < blocks.length; i++) {
      int channel = i % CHANNELS;
      blocks[i] = inputMeans[channel] + (means[channel] - zero) / pixels.scale();
    }
    return blocks;
  }

  /** Turns a copy of the layer into one over blocks; weights and biases are set elsewhere. */
  static void rewrite(NodeProto.Builder stem) {
    stem.clearAttribute()
        .addAttribute(OnnxGraph.integers("kernel_shape", List.of(2L, 2L)))
        .addAttribute(OnnxGraph.integers("pads", List.of(1L, 1L, 0L, 0L)))
        .addAttribute(OnnxGraph.integers("strides", List.of(1L, 1L)));
  }

  /** The shape of {@link #blocks}. */
  long[] blockShape(CalibrationTensor planes) {
    long[] shape = planes.shape();
    return pixels
        .with(PixelLayout.Storage.BYTE_BLOCKS)
        .shape((int) shape[0], (int) shape[2], (int) shape[3]);
  }

  /** The bytes, block by block, that a float input was made of. */
  ByteBuffer blocks(CalibrationTensor planes) {
    long[] shape = planes.shape();
    int height = (int) shape[2];
    int width = (int) shape[3];
    float[] means = pixelMeans();
    FloatBuffer values = planes.values();
    ByteBuffer blocks = ByteBuffer.allocateDirect(values.remaining());
    for (int i = 0; values.hasRemaining(); i++) {
      int x = i % width;
      int y = i / width % height;
      int channel = i / (width * height) % CHANNELS;
      int image = i / (width * height * CHANNELS);
      int block = (image * height + y / BLOCK * BLOCK) * width / (BLOCK * BLOCK) + x / BLOCK;
      int at = (block * BLOCK * BLOCK + y % BLOCK * BLOCK + x % BLOCK) * CHANNELS + channel;
      float pixel = values.get() * pixels.scale() + means[channel];
      blocks.put(at, (byte) Math.max(0, Math.min(255, Math.round(pixel))));
    }
    return blocks;
  }

  static ValueInfoProto value(String name) {
    return OnnxGraph.value(
        name,
        TensorProto.DataType.UINT8,
        List.of("batch", "block_rows", "block_columns", BLOCK * BLOCK * CHANNELS));
  }
}
