package org.affect4j.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import ai.djl.translate.TranslatorContext;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.affect4j.image.FaceImage;
import org.affect4j.image.PixelLayout;
import org.affect4j.model.ImageNetwork;
import org.affect4j.model.ModelEntry;
import org.affect4j.model.ModelException;

/** A network that a DJL block computes, for one image of a predictor. */
final class BlockNetwork implements ImageNetwork {
  private final ModelEntry entry;
  private final TranslatorContext context;
  private Input expected;
  private List<float[]> answer;

  BlockNetwork(ModelEntry entry, TranslatorContext context) {
    this.entry = entry;
    this.context = context;
  }

  /** A tensor and its shape. */
  private record Input(Shape shape, ByteBuffer values) {}

  /** Makes the input that DJL itself will give to the block. */
  NDList expect(FaceImage image) {
    expected = input(1, image.height(), image.width(), t -> image.writeTensor(entry.pixels(), t));
    return new NDList(array(context.getNDManager(), expected));
  }

  /** Takes the block's answer to that. */
  void answered(NDList outputs) {
    answer = floats(outputs);
  }

  @Override
  public ModelEntry entry() {
    return entry;
  }

  @Override
  public List<float[]> run(int batch, int height, int width, Consumer<ByteBuffer> fill) {
    Input input = input(batch, height, width, fill);
    if (input.equals(expected)) {
      return answer;
    }
    try (NDManager manager = context.getNDManager().newSubManager()) {
      NDList list = new NDList(array(manager, input));
      return floats(context.getBlock().forward(new ParameterStore(manager, false), list, false));
    }
  }

  /** The first answer is one image's. */
  @Override
  public int length(String output) {
    return answer.get(List.copyOf(entry.outputs().keySet()).indexOf(output)).length;
  }

  private Input input(int batch, int height, int width, Consumer<ByteBuffer> fill) {
    PixelLayout pixels = entry.pixels();
    ByteBuffer values =
        ByteBuffer.allocateDirect(pixels.bytes(batch, height, width))
            .order(ByteOrder.nativeOrder());
    fill.accept(values);
    return new Input(new Shape(pixels.shape(batch, height, width)), values.flip());
  }

  private NDArray array(NDManager manager, Input input) {
    DataType type =
        entry.pixels().storage() == PixelLayout.Storage.BYTE_BLOCKS
            ? DataType.UINT8
            : DataType.FLOAT32;
    // Reading moves a buffer's position, and the input is compared later.
    ByteBuffer values = input.values().duplicate().order(ByteOrder.nativeOrder());
    return manager.create(values, input.shape(), type);
  }

  private List<float[]> floats(NDList outputs) {
    List<float[]> values = new ArrayList<>();
    for (String name : entry.outputs().keySet()) {
      NDArray output = outputs.get(name);
      if (output == null) {
        throw new ModelException(
            "model '%s' has no output '%s', which its catalogue entry lists"
                .formatted(entry.name(), name));
      }
      values.add(output.toFloatArray());
    }
    return values;
  }

  @Override
  public void close() {
    // The block is the model's, which its user closes.
  }
}
