package org.affect4j.training.tune;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.affect4j.image.FaceImage;
import org.affect4j.model.ModelEntry;
import org.affect4j.model.OnnxModel;

/** A network of one input size that is shown every crop twice: as it is, and in the mirror. */
final class CropNetwork implements AutoCloseable {
  private static final int MOST_CROPS = 16;

  private final OnnxModel model;
  private final int side;

  private CropNetwork(OnnxModel model, int side) {
    this.model = model;
    this.side = side;
  }

  /**
   * Opens a network.
   *
   * @param entry input and outputs of the network
   * @param onnx the file
   * @param threads threads for one run, 1 or more
   */
  static CropNetwork open(ModelEntry entry, byte[] onnx, int threads) {
    int side = entry.requireSide();
    return new CropNetwork(OnnxModel.open(entry, onnx, threads), side);
  }

  /** The entry of another network with the same input. */
  static ModelEntry entry(ModelEntry like, String name, Map<String, String> outputs) {
    return new ModelEntry(
        name,
        like.task(),
        like.file(),
        like.sha256(),
        like.licence(),
        like.source(),
        Optional.empty(),
        like.inputName(),
        like.pixels(),
        like.sizeMultiple(),
        like.side(),
        outputs,
        Optional.empty(),
        Optional.empty(),
        0,
        like.trainingData(),
        Map.of());
  }

  /**
   * Numbers of each crop, {@code [crops][width]}, from the crop itself and from its mirror image.
   */
  record Views(float[][] plain, float[][] mirrored) {}

  /**
   * Runs the network.
   *
   * @param crops aligned faces; other sizes are scaled
   * @return an entry per output, in their order
   */
  Views[] run(List<FaceImage> crops) {
    int outputs = model.entry().outputs().size();
    Views[] all = new Views[outputs];
    Arrays.setAll(all, o -> new Views(new float[crops.size()][], new float[crops.size()][]));
    for (int from = 0; from < crops.size(); from += MOST_CROPS) {
      List<FaceImage> batch = crops.subList(from, Math.min(crops.size(), from + MOST_CROPS));
      List<float[]> values =
          model.run(
              2 * batch.size(),
              side,
              side,
              tensor -> {
                batch.forEach(
                    c -> c.resized(side, side).writeTensor(model.entry().pixels(), tensor));
                model.entry().pixels().appendMirrored(tensor, side);
              });
      for (int o = 0; o < outputs; o++) {
        for (int i = 0; i < batch.size(); i++) {
          all[o].plain[from + i] = row(values.get(o), i, 2 * batch.size());
          all[o].mirrored[from + i] = row(values.get(o), batch.size() + i, 2 * batch.size());
        }
      }
    }
    return all;
  }

  private static float[] row(float[] values, int row, int rows) {
    int width = values.length / rows;
    return Arrays.copyOfRange(values, row * width, (row + 1) * width);
  }

  @Override
  public void close() {
    model.close();
  }
}
