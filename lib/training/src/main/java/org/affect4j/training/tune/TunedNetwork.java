package org.affect4j.training.tune;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.affect4j.image.FaceAligner;
import org.affect4j.image.FaceImage;
import org.affect4j.image.PixelLayout;
import org.affect4j.model.ModelEntry;
import org.affect4j.model.ModelException;
import org.affect4j.training.export.internal.EmbeddingTail;

/**
 * A network with layers of its own classes, as {@link TunedLayers#save} wrote it, run by ONNX
 * Runtime alone. Thread-safe; close it to free native memory.
 */
public final class TunedNetwork implements AutoCloseable {
  static final String DESCRIPTION = "affect4j.tuned";

  private final Description description;
  private final CropNetwork network;

  /** What the file says of itself. */
  record Description(
      String network,
      String networkSha256,
      String licence,
      String source,
      String inputName,
      PixelLayout pixels,
      int side,
      List<String> classes) {
    static Description of(ModelEntry entry, List<String> classes) {
      return new Description(
          entry.name(),
          entry.sha256(),
          entry.licence(),
          entry.source(),
          entry.inputName(),
          entry.pixels(),
          entry.requireSide(),
          classes);
    }

    private boolean isComplete() {
      return network != null
          && networkSha256 != null
          && licence != null
          && source != null
          && inputName != null
          && pixels != null
          && pixels.order() != null
          && pixels.storage() != null
          && side > 0
          && classes != null
          && classes.size() > 1
          && !classes.contains(null);
    }

    ModelEntry entry() {
      Map<String, String> outputs = new LinkedHashMap<>();
      outputs.put(EmbeddingTail.EMBEDDING, "features");
      outputs.put(TunedLayers.LABEL, "[batch, %d] probabilities".formatted(classes.size()));
      return new ModelEntry(
          network + ", fine-tuned",
          "faces to " + classes,
          "",
          networkSha256,
          licence,
          source,
          Optional.empty(),
          inputName,
          pixels,
          1,
          OptionalInt.of(side),
          outputs,
          Optional.empty(),
          Optional.empty(),
          0,
          "",
          Map.of());
    }
  }

  private TunedNetwork(Description description, CropNetwork network) {
    this.description = description;
    this.network = network;
  }

  /**
   * Opens a file.
   *
   * @param file written by {@link TunedLayers#save}
   * @param threads threads for one run, 1 or more
   * @return the network, to be closed
   * @throws IOException if the file cannot be read
   * @throws ModelException if it was not written there
   */
  public static TunedNetwork open(Path file, int threads) throws IOException {
    byte[] onnx = Files.readAllBytes(file);
    try {
      Description description =
          new Gson()
              .fromJson(
                  EmbeddingTail.metadata(onnx).getOrDefault(DESCRIPTION, ""), Description.class);
      if (description == null || !description.isComplete()) {
        throw new ModelException("it does not say so");
      }
      return new TunedNetwork(description, CropNetwork.open(description.entry(), onnx, threads));
    } catch (JsonParseException | IllegalArgumentException | ModelException e) {
      throw new ModelException(file + " is no fine-tuned network: " + e.getMessage(), e);
    }
  }

  /**
   * Returns the classes that the network tells apart.
   *
   * @return unmodifiable list, in the order of the probabilities
   */
  public List<String> classes() {
    return List.copyOf(description.classes);
  }

  /**
   * Returns the aligner that cuts faces as this network wants them.
   *
   * @return aligner of the network's input size
   */
  public FaceAligner aligner() {
    return new FaceAligner(description.side);
  }

  /**
   * Computes the probabilities of the classes: means over a crop and its mirror image.
   *
   * @param crops aligned faces as from {@link #aligner()}; other sizes are scaled
   * @return one row per crop, in the order of {@link #classes()}
   */
  public double[][] probabilities(List<FaceImage> crops) {
    CropNetwork.Views views = network.run(crops)[1];
    return TunedLayers.mean(views.plain(), views.mirrored());
  }

  /**
   * Predicts the class of each crop; among equal probabilities the first of {@link #classes()}.
   *
   * @param crops aligned faces as from {@link #aligner()}; other sizes are scaled
   * @return one class per crop
   */
  public List<String> predict(List<FaceImage> crops) {
    return TunedLayers.best(probabilities(crops), description.classes);
  }

  @Override
  public void close() {
    network.close();
  }
}
