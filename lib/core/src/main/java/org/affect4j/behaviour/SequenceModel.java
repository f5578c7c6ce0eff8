package org.affect4j.behaviour;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;
import org.affect4j.face.Behaviour;
import org.affect4j.face.BehaviourVocabulary;
import org.affect4j.face.ExpressionPrior;
import org.affect4j.model.ImageNetwork;
import org.affect4j.model.ModelEntry;
import org.affect4j.model.ModelException;
import org.affect4j.model.ModelStore;
import org.affect4j.model.NetworkKind;
import org.affect4j.model.OnnxModel;
import org.affect4j.model.StoredModel;
import org.affect4j.table.FaceColumns;
import org.affect4j.table.FaceTable;
import org.affect4j.table.FaceTableBuilder;
import org.affect4j.table.FeatureGroup;

/**
 * A network that reads the embeddings of a face frame after frame, and says what it shows in each
 * from it and those before it, such as {@code compact-gru}. It remembers each face of a video until
 * a cut, and begins with zeros where a face is new; of a photo it reads one frame.
 *
 * <pre>{@code
 * try (SequenceModel model = SequenceModel.open(ModelStore.at(folder), "compact-gru")) {
 *   FaceTable overTime = model.read(FaceTable.read(Path.of("rows.csv"))); // with embeddings
 * }
 * }</pre>
 *
 * <p>Some hear, too, such as {@code av-compact-gru}: they read the second of sound around each
 * frame, and are given it with the rows of one video.
 *
 * <p>Thread-safe, but not to be closed while it is used.
 */
public final class SequenceModel implements AutoCloseable {
  /** Those of the 17, and others that a network may read. */
  private static final Pattern UNIT = Pattern.compile("au\\d\\d");

  private final ImageNetwork model;
  private final BehaviourReader outputs;
  private final int width;

  /** Numbers of the picture of the sound; 0 of networks that do not hear. */
  private final int soundLength;

  /** Numbers of each state, by its name. */
  private final Map<String, Integer> states;

  private SequenceModel(OnnxModel model) {
    this.model = model;
    NetworkKind.SEQUENCE.check(model.entry());
    outputs = new BehaviourReader(model, ExpressionPrior.IN_THE_WILD);
    width = model.rowWidth();
    states = new LinkedHashMap<>(model.beside());
    soundLength = states.getOrDefault(ImageNetwork.SPECTROGRAM, 0);
    Set<String> others = new LinkedHashSet<>(states.keySet());
    others.removeIf(name -> name.endsWith(OnnxModel.STATE));
    states.keySet().removeAll(others);
    if (width == 0 || !Set.of(ImageNetwork.SPECTROGRAM).containsAll(others)) {
      throw new ModelException(
          "model '%s' reads %s, expected rows of numbers, the embedding of a face"
              .formatted(
                  model.entry().name(),
                  width == 0 ? "pictures: it is a behaviour network (--model)" : others));
    }
  }

  /**
   * Opens a catalogued network.
   *
   * @param store where the model is
   * @param name the model's name
   * @return the network, to be closed
   * @throws ModelException if the model is missing, altered, or none of this kind
   */
  public static SequenceModel open(ModelStore store, String name) {
    return open(new StoredModel(store, name));
  }

  /**
   * Opens a network.
   *
   * @param model such as {@code StoredModel.of("sequence.onnx", NetworkKind.SEQUENCE)}
   * @return the network, to be closed
   * @throws ModelException if the model is missing, altered, or none of this kind
   */
  public static SequenceModel open(StoredModel model) {
    OnnxModel opened = model.open(1);
    return opened.handedTo(network -> new SequenceModel(opened));
  }

  /**
   * Returns the catalogue's entry of the network, for the record of an experiment.
   *
   * @return name, checksum and origin
   */
  public ModelEntry entry() {
    return model.entry();
  }

  /**
   * Returns how likely each expression is taken to be beforehand.
   *
   * @return that of photographs, or empty if the catalogue does not tell the network's own: its
   *     probabilities are handed on as they are
   */
  public Optional<ExpressionPrior> prior() {
    return outputs.assumed().map(own -> ExpressionPrior.IN_THE_WILD);
  }

  /**
   * Returns what the network reads.
   *
   * @return its expressions and units, and whether valence and arousal
   */
  public BehaviourVocabulary vocabulary() {
    return outputs.vocabulary();
  }

  /**
   * Tells whether the network hears: it reads the sound around each frame beside the face.
   *
   * @return whether {@link #begin(Hearing)} is to be used
   */
  public boolean hears() {
    return soundLength > 0;
  }

  /**
   * Refuses embeddings of another length.
   *
   * @param length numbers of an embedding
   * @param of whose they are
   * @throws IllegalArgumentException if this network reads other ones
   */
  public void requireEmbedding(int length, String of) {
    if (length != width) {
      throw new IllegalArgumentException(
          "the network over time '%s' reads embeddings of %d numbers, those of %s have %d"
              .formatted(model.entry().name(), width, of, length));
    }
  }

  /**
   * Reads faces of photos and videos.
   *
   * @param faces rows with embeddings; of each face of a video in the order of its frames
   * @return the same rows with what this network reads, in place of all that was read before; rows
   *     without an embedding without
   * @throws IllegalArgumentException if the embeddings have another length, or there are none, or
   *     the frames of a face are in another order, or the network hears
   */
  public FaceTable read(FaceTable faces) {
    return begin().next(faces);
  }

  /**
   * Reads faces of one video with its sound.
   *
   * @param faces as of {@link #read(FaceTable)}, with times
   * @param sound of the video; nothing is asked of it by a network that does not hear
   * @return as of {@link #read(FaceTable)}
   * @throws IllegalArgumentException as there, or if a row has no time
   */
  public FaceTable read(FaceTable faces, Hearing sound) {
    return begin(sound).next(faces);
  }

  /**
   * Begins to read rows that come bit by bit.
   *
   * @return reads the rows of a video in their order; for one thread
   * @throws IllegalArgumentException if the network hears
   */
  public Reading begin() {
    if (hears()) {
      throw new IllegalArgumentException(
          "the network over time '%s' hears, and photos and rows alone have no sound; read a video with sound"
              .formatted(model.entry().name()));
    }
    return begin((seconds, side) -> new float[side * side]);
  }

  /**
   * Begins to read the rows of one video with its sound.
   *
   * @param sound of the video
   * @return reads its rows in their order; for one thread
   */
  public Reading begin(Hearing sound) {
    return new Reading(sound);
  }

  /** Rows that come bit by bit. */
  public final class Reading {
    private final Map<String, FaceMemory> memories = new HashMap<>();
    private final Map<String, Double> frames = new HashMap<>();
    private final Map<String, OptionalDouble> cuts = new HashMap<>();
    private double heardAt = Double.NaN;
    private float[] heard = {};

    private final Hearing sound;

    private Reading(Hearing sound) {
      this.sound = sound;
    }

    /**
     * Reads the next rows.
     *
     * @param rows rows with embeddings
     * @return the same rows with what the network reads
     */
    public FaceTable next(FaceTable rows) {
      List<String> embedding =
          rows.columns().stream().filter(FeatureGroup.EMBEDDING::holds).toList();
      requireEmbedding(embedding.size(), "these rows");
      List<String> read = FaceColumns.analysis(vocabulary(), 0);
      FaceTableBuilder values =
          new FaceTableBuilder("over time", read.stream().filter(Reading::isReading).toList());
      double[][] features = rows.values(embedding);
      for (int row = 0; row < rows.size(); row++) {
        if (rows.text(row, FaceColumns.REASON).orElse("").startsWith(FaceColumns.CUT)) {
          cut(rows, row);
        }
        if (!Double.isNaN(features[row][0])) {
          values.behaviour(one(rows, row, features[row]));
        }
        values.add();
      }
      FaceTable overTime = values.build();
      FaceTable changed = rows.selectColumns(c -> !isReading(c) || overTime.has(c));
      for (String column : overTime.columns()) {
        if (!FeatureGroup.EMBEDDING.holds(column)) {
          changed = changed.with(overTime.table().column(column));
        }
      }
      return changed;
    }

    private static boolean isReading(String column) {
      return column.equals(FaceColumns.EXPRESSION)
          || FeatureGroup.EXPRESSIONS.holds(column)
          || UNIT.matcher(column).matches()
          || FeatureGroup.VALENCE_AROUSAL.holds(column);
    }

    /** Each face of the frame has a row that tells of the cut. */
    private void cut(FaceTable rows, int row) {
      OptionalDouble frame = rows.number(row, FaceColumns.FRAME);
      if (!frame.equals(cuts.put(rows.text(row, FaceColumns.INPUT).orElse(""), frame))) {
        memory(rows, row).forget();
      }
    }

    private FaceMemory memory(FaceTable rows, int row) {
      String input = rows.text(row, FaceColumns.INPUT).orElse("");
      return memories.computeIfAbsent(input, i -> new FaceMemory());
    }

    private Behaviour one(FaceTable rows, int row, double[] features) {
      OptionalDouble frame = rows.number(row, FaceColumns.FRAME);
      int face = (int) rows.number(row, FaceColumns.FACE).orElse(0);
      FaceMemory memory = frame.isPresent() ? memory(rows, row) : new FaceMemory();
      if (frame.isPresent()) {
        String track = rows.text(row, FaceColumns.INPUT).orElse("") + "#" + face;
        Double before = frames.put(track, frame.getAsDouble());
        if (before != null && before >= frame.getAsDouble()) {
          throw new IllegalArgumentException(
              "row %d: frame %.0f of face %d comes after frame %.0f; a network over time reads frames in their order"
                  .formatted(row, frame.getAsDouble(), face, before));
        }
      }
      List<Integer> numbers = List.of(face);
      Map<String, float[]> beside = memory.before(states, numbers, 1);
      if (hears()) {
        memory.hear(heard(rows, row));
        beside.put(ImageNetwork.SPECTROGRAM, memory.sound(1, soundLength));
      }
      List<float[]> values =
          model.run(
              1,
              1,
              1,
              tensor -> {
                for (double feature : features) {
                  tensor.putFloat((float) feature);
                }
              },
              beside);
      int own = model.entry().outputs().size();
      memory.after(states, numbers, 1, values.subList(own, values.size()));
      return outputs.behaviour(values, 0, 1, 1);
    }

    /** The picture of the sound around a row. */
    private float[] heard(FaceTable rows, int row) {
      double seconds =
          rows.number(row, FaceColumns.TIMESTAMP)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "row %d has no timestamp_s, by which its sound is found".formatted(row)));
      // The faces of a frame hear the same.
      if (seconds != heardAt) {
        heard = sound.around(seconds, FaceMemory.side(soundLength));
        heardAt = seconds;
      }
      return heard;
    }
  }

  @Override
  public void close() {
    model.close();
  }
}
