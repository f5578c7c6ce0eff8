package org.affect4j.training.tune;

import com.google.gson.Gson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.affect4j.image.FaceImage;
import org.affect4j.model.ModelEntry;
import org.affect4j.model.ModelStore;
import org.affect4j.training.batch.Augmentation;
import org.affect4j.training.batch.CropLabels;
import org.affect4j.training.batch.CropSet;
import org.affect4j.training.batch.LabelledCrop;
import org.affect4j.training.export.NetworkExport;
import org.affect4j.training.export.NetworkImport;
import org.affect4j.training.export.internal.EmbeddingTail;
import org.affect4j.training.network.NetworkSpec;
import org.affect4j.training.network.NetworkWeights;
import org.affect4j.training.network.Networks;
import org.affect4j.training.train.RunningStatistics;
import org.affect4j.training.train.Trainer;
import org.affect4j.training.train.TrainerOptions;
import org.apache.commons.io.file.PathUtils;

/**
 * Trains all layers of a behaviour network further, for classes of one's own, such as compound
 * expressions: it begins with the network's weights and a new layer on its embedding.
 */
public final class WholeTuning {
  private final Settings settings;
  private final Consumer<String> progress;

  /**
   * How to learn.
   *
   * @param epochs how often each face is shown, 1 or more
   * @param rate largest learning rate, above 0
   * @param batch faces of a batch, 1 or more
   * @param seed decides everything random
   */
  public record Settings(int epochs, double rate, int batch, long seed) {}

  /**
   * Sets up the training.
   *
   * @param settings how to learn
   * @param progress hears of it now and then
   */
  public WholeTuning(Settings settings, Consumer<String> progress) {
    this.settings = settings;
    this.progress = progress;
  }

  /**
   * Learns.
   *
   * @param store where the network is
   * @param name its name, such as {@code "behaviour-v6"}: in float, exported from a named network
   * @param crops aligned faces of the side of its input
   * @param labels the class of each
   * @param classes the classes, in the order of the answer
   * @return an ONNX file that {@link TunedNetwork} opens
   * @throws IOException if nothing can be written meanwhile
   * @throws IllegalArgumentException if the network is none whose weights can be taken out of its
   *     file, or a class has no face
   */
  public byte[] tune(
      ModelStore store,
      String name,
      List<FaceImage> crops,
      List<String> labels,
      List<String> classes)
      throws IOException {
    ModelEntry entry = store.catalog().entry(name);
    NetworkWeights weights = NetworkImport.read(store.read(name));
    NetworkSpec spec = ClassTask.network(Networks.named(weights.specification()), classes.size());
    ClassTask task = task(crops, labels, classes, entry.requireSide());
    NetworkWeights start =
        RunningStatistics.measured(
            spec, NetworkWeights.initial(spec, settings.seed()).startedFrom(spec, weights), task);
    TrainerOptions options =
        TrainerOptions.defaults(settings.epochs(), settings.seed())
            .withLearningRate(settings.rate());
    Path folder = Files.createTempDirectory("affect4j-tune");
    try {
      NetworkWeights learned =
          new Trainer<>(spec, task, options, folder, progress).train(start).weights();
      return EmbeddingTail.described(
          NetworkExport.of(spec, learned).onnx(),
          Map.of(
              TunedNetwork.DESCRIPTION,
              new Gson().toJson(TunedNetwork.Description.of(entry, classes))));
    } finally {
      PathUtils.deleteDirectory(folder);
    }
  }

  private ClassTask task(
      List<FaceImage> crops, List<String> labels, List<String> classes, int side) {
    Map<String, Integer> ofFace = new HashMap<>();
    IntStream.range(0, labels.size())
        .forEach(i -> ofFace.put("" + i, classes.indexOf(labels.get(i))));
    CropSet faces =
        CropSet.of(
            "faces",
            IntStream.range(0, crops.size())
                .mapToObj(
                    i ->
                        new LabelledCrop(
                            "" + i,
                            crops.get(i).resized(side, side),
                            CropLabels.ofUnits(CropLabels.unknownUnits())))
                .toList());
    return new ClassTask(
        faces,
        Optional.empty(),
        new ClassTask.Labels(classes, ofFace),
        Optional.empty(),
        Augmentation.sharp().weakened(.5),
        Math.min(settings.batch(), crops.size()),
        side,
        settings.seed());
  }
}
