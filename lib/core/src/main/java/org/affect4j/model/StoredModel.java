package org.affect4j.model;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.affect4j.face.AnnotatedExpression;
import org.affect4j.face.BehaviourVocabulary;
import org.affect4j.image.PixelLayout;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * One network of a store: bundled, of a folder with a {@code catalog.json}, or an ONNX file of your
 * own.
 *
 * @param store where it is
 * @param name its name there
 */
public record StoredModel(ModelStore store, String name) {
  /** Checks that the store lists the name. */
  public StoredModel {
    store.catalog().entry(name);
  }

  /**
   * Returns a bundled network.
   *
   * @param name such as {@code "behaviour-v6"}
   * @return the network
   * @throws IllegalArgumentException if no bundled network has the name; the message lists them
   */
  public static StoredModel bundled(String name) {
    return new StoredModel(ModelStore.bundled(), name);
  }

  /**
   * Finds a network by what a user calls it.
   *
   * @param place name of a bundled network; a folder with a {@code catalog.json} that lists one
   *     network of the kind, or the folder and a name, such as {@code mine/behaviour-7}; or an ONNX
   *     file whose input is that of the bundled networks of the kind
   * @param kind what it is to do
   * @return the network
   * @throws IOException if there is no such file or folder, or it cannot be read
   * @throws IllegalArgumentException if the folder lists none, or several
   * @throws ModelException if the file is no network of one image
   */
  public static StoredModel of(String place, NetworkKind kind) throws IOException {
    ModelStore bundled = ModelStore.bundled();
    List<String> names = bundled.catalog().entries().stream().map(ModelEntry::name).toList();
    if (names.contains(place)) {
      return new StoredModel(bundled, place);
    }
    Path path = Path.of(place);
    if (Files.isDirectory(path)) {
      return inFolder(path, kind);
    }
    if (Files.exists(path)) {
      return ofFile(path, kind, kind.pixels(), OptionalInt.empty());
    }
    Path folder = path.toAbsolutePath().getParent();
    if (Files.exists(folder.resolve(ModelStore.CATALOG))) {
      return new StoredModel(ModelStore.at(folder), path.getFileName().toString());
    }
    throw new NoSuchFileException(
        place, null, "no such file or folder, and none of the bundled networks " + names);
  }

  private static StoredModel inFolder(Path folder, NetworkKind kind) throws IOException {
    ModelStore store = ModelStore.at(folder);
    List<String> names =
        store.catalog().entries().stream().filter(kind::fits).map(ModelEntry::name).toList();
    if (names.size() != 1) {
      throw new IllegalArgumentException(
          "%s lists the networks %s for %s: name one as %s"
              .formatted(folder, names, kind.task(), folder.resolve("NAME")));
    }
    return new StoredModel(store, names.get(0));
  }

  /**
   * Returns a network that is in no catalogue.
   *
   * @param file ONNX file with the {@link NetworkKind#outputs} of the kind; float input {@code
   *     [batch, 3, height, width]}, or bytes as {@link PixelLayout.Storage#BYTE_BLOCKS}. A
   *     detector's prior boxes are {@link PriorSpec#standard}. Which expressions and action units a
   *     network reads its metadata say, as those of affect4j-train do; without them 7 and 17
   *     numbers are taken to be those of the bundled networks, and others are to be {@link #reading
   *     stated}
   * @param kind what it is to do
   * @param pixels channel order, mean and scale; how they are stored is seen in the file
   * @param side side of the square input in pixels, where the file leaves it open
   * @return the network, named after the file
   * @throws IOException if the file cannot be read
   * @throws ModelException if it is no network of one image
   */
  public static StoredModel ofFile(
      Path file, NetworkKind kind, PixelLayout pixels, OptionalInt side) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new NoSuchFileException(file.toString(), null, "no such ONNX file");
    }
    byte[] bytes = Files.readAllBytes(file);
    ModelProto model = model(bytes, file);
    ValueInfoProto input = OnnxInputs.main(model.getGraph(), file);
    TypeProto.Tensor type = input.getType().getTensorType();
    boolean blocks = type.getElemType() == TensorProto.DataType.UINT8.getNumber();
    List<Dimension> shape = type.getShape().getDimList();
    boolean fixed = !blocks && shape.size() == 4 && shape.get(3).getDimValue() > 0;
    String name = file.getFileName().toString().replaceFirst("\\.onnx$", "");
    ModelEntry entry =
        new ModelEntry(
            name,
            kind.task(),
            file.getFileName().toString(),
            DigestUtils.sha256Hex(bytes),
            "not stated",
            file.toString(),
            Optional.empty(),
            input.getName(),
            pixels.with(
                blocks ? PixelLayout.Storage.BYTE_BLOCKS : PixelLayout.Storage.FLOAT_PLANES),
            blocks ? 32 : 1,
            fixed ? OptionalInt.of((int) shape.get(3).getDimValue()) : side,
            outputs(model, kind),
            kind == NetworkKind.DETECTOR ? Optional.of(PriorSpec.standard()) : Optional.empty(),
            Optional.empty(),
            0,
            "not stated",
            Map.of());
    return new StoredModel(ModelStore.of(file.toAbsolutePath().getParent(), entry), name);
  }

  private static ModelProto model(byte[] bytes, Path file) {
    try {
      return ModelProto.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new ModelException(file + " is no ONNX file: " + e.getMessage(), e);
    }
  }

  /** Those of the kind that the file has; what faces are read for by what the file says of it. */
  private static Map<String, String> outputs(ModelProto model, NetworkKind kind) {
    if (kind != NetworkKind.BEHAVIOUR && kind != NetworkKind.SEQUENCE) {
      return kind.outputs();
    }
    Map<String, String> said = new HashMap<>();
    model.getMetadataPropsList().forEach(p -> said.put(p.getKey(), p.getValue()));
    Map<String, ValueInfoProto> there = new HashMap<>();
    model.getGraph().getOutputList().forEach(output -> there.put(output.getName(), output));
    Map<String, String> outputs = new LinkedHashMap<>();
    kind.outputs()
        .forEach(
            (name, usual) -> {
              if (there.containsKey(name)) {
                outputs.put(name, said.getOrDefault(name, unsaid(there.get(name), usual)));
              }
            });
    return outputs.isEmpty() ? kind.outputs() : outputs;
  }

  /** As many numbers as those of the bundled networks are taken to be the same. */
  private static String unsaid(ValueInfoProto output, String usual) {
    List<Dimension> shape = output.getType().getTensorType().getShape().getDimList();
    int size = shape.isEmpty() ? 0 : (int) shape.get(shape.size() - 1).getDimValue();
    boolean isUsual =
        size == 0
            || !usual.contains("probabilities")
            || usual.startsWith(BehaviourOutputs.probabilities(size));
    return isUsual ? usual : BehaviourOutputs.probabilities(size);
  }

  /**
   * Says what the outputs of a network that reads faces stand for, where neither its file nor a
   * catalogue does.
   *
   * @param classes expressions in the order of the output {@code expression}; empty to leave them
   *     as they are
   * @param units numbers of action units in the order of the output {@code action_units}; empty to
   *     leave them as they are
   * @return the same file, with this said of it
   */
  public StoredModel reading(List<AnnotatedExpression> classes, List<Integer> units) {
    ModelEntry entry = entry();
    Map<String, String> said = new LinkedHashMap<>(entry.outputs());
    Map<String, String> stated =
        BehaviourOutputs.of(new BehaviourVocabulary(classes, units, true), "");
    stated.keySet().retainAll(Set.of(BehaviourOutputs.EXPRESSION, BehaviourOutputs.ACTION_UNITS));
    if (!said.keySet().containsAll(stated.keySet())) {
      throw new IllegalArgumentException(
          "model '%s' has the outputs %s, and %s was stated"
              .formatted(name, said.keySet(), stated));
    }
    said.putAll(stated);
    return new StoredModel(store.with(entry.withOutputs(said)), name);
  }

  /**
   * Returns what there is to know of the network.
   *
   * @return its entry
   */
  public ModelEntry entry() {
    return store.catalog().entry(name);
  }

  /**
   * Verifies and opens the network.
   *
   * @param threads threads that one run may use, 1 or more
   * @return the network, to be closed
   * @throws ModelException if the file is missing or altered, or has other inputs and outputs than
   *     its entry says
   */
  public OnnxModel open(int threads) {
    return store.open(name, threads);
  }
}
