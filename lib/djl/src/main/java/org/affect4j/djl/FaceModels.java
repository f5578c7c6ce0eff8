package org.affect4j.djl;

import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.ImageFactory;
import ai.djl.modality.cv.output.BoundingBox;
import ai.djl.modality.cv.output.DetectedObjects;
import ai.djl.repository.zoo.Criteria;
import ai.djl.translate.Translator;
import ai.djl.util.Utils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import org.affect4j.detect.DetectorOptions;
import org.affect4j.face.Behaviour;
import org.affect4j.face.Landmarks;
import org.affect4j.image.FaceAligner;
import org.affect4j.image.FaceImage;
import org.affect4j.model.ModelEntry;
import org.affect4j.model.ModelStore;

/**
 * The library's networks as criteria of DJL, run by its ONNX Runtime engine.
 *
 * <pre>{@code
 * try (ZooModel<Image, DetectedObjects> model = FaceModels.detector("detector-v2").loadModel();
 *     Predictor<Image, DetectedObjects> predictor = model.newPredictor()) {
 *   DetectedObjects faces = predictor.predict(ImageFactory.getInstance().fromFile(photo));
 * }
 * }</pre>
 *
 * <p>DJL opens files, so that a network's verified bytes are put into DJL's cache first. {@link
 * Criteria#toBuilder} changes more: {@code optOption("intraOpNumThreads", "2")}, or {@code
 * optTranslator} and {@code optModelPath} for other options and networks of your own.
 */
public final class FaceModels {
  private FaceModels() {}

  /**
   * Returns a bundled face detector, with the library's default options.
   *
   * @param name such as {@code "detector-v2"}
   * @return criteria to load it by
   * @throws IOException if the network cannot be put into DJL's cache
   * @throws IllegalArgumentException if no bundled network has the name
   */
  public static Criteria<Image, DetectedObjects> detector(String name) throws IOException {
    return criteria(
        name,
        DetectedObjects.class,
        entry -> new DetectorTranslator(entry, DetectorOptions.defaults()));
  }

  /**
   * Returns a bundled behaviour network.
   *
   * @param name such as {@code "behaviour-v6"}
   * @return criteria to load it by
   * @throws IOException if the network cannot be put into DJL's cache
   * @throws IllegalArgumentException if no bundled network has the name
   */
  public static Criteria<Image, Behaviour> behaviour(String name) throws IOException {
    return criteria(name, Behaviour.class, BehaviourTranslator::new);
  }

  private static <T> Criteria<Image, T> criteria(
      String name, Class<T> output, Function<ModelEntry, Translator<Image, T>> translator)
      throws IOException {
    EngineOwner.startEngine();
    ModelStore store = ModelStore.bundled();
    ModelEntry entry = store.catalog().entry(name);
    return Criteria.builder()
        .setTypes(Image.class, output)
        .optEngine(EngineOwner.ENGINE)
        .optModelPath(cached(entry, store.read(name)))
        .optTranslator(translator.apply(entry))
        .build();
  }

  private static Path cached(ModelEntry entry, byte[] bytes) throws IOException {
    Path folder = Utils.getCacheDir().resolve("affect4j").resolve(entry.sha256());
    Path file = folder.resolve(entry.name() + ".onnx");
    if (!Files.exists(file) || !Arrays.equals(Files.readAllBytes(file), bytes)) {
      Files.createDirectories(folder);
      Path part = Files.createTempFile(folder, entry.name(), ".part");
      Files.write(part, bytes);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
    return file;
  }

  /**
   * Cuts a face out of a photo, turned and scaled as behaviour networks want it. The library itself
   * gives single-precision networks such a face with the fractions that an image of bytes has no
   * room for.
   *
   * @param photo the photo
   * @param face a box that {@link DetectorTranslator} found in it
   * @return square image of {@link FaceAligner#STANDARD_SIZE} pixels a side
   * @throws IOException if the photo's pixels cannot be had
   * @throws IllegalArgumentException if the box has no five landmarks
   */
  public static Image aligned(Image photo, BoundingBox face) throws IOException {
    DoubleStream.Builder xy = DoubleStream.builder();
    face.getPath().forEach(p -> xy.add(p.getX()).add(p.getY()));
    Landmarks landmarks = Landmarks.of(xy.build().toArray());
    FaceImage crop = new FaceAligner().crop(FaceTranslator.photo(photo), landmarks);
    return ImageFactory.getInstance().fromImage(crop.toBufferedImage());
  }
}
