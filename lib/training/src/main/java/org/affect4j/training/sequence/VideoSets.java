package org.affect4j.training.sequence;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.affect4j.behaviour.BehaviourModel;
import org.affect4j.behaviour.BehaviourOptions;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.Behaviour;
import org.affect4j.image.FaceImage;
import org.affect4j.image.PixelLayout;
import org.affect4j.model.ModelPair;
import org.affect4j.table.FaceColumns;
import org.affect4j.table.FaceTable;
import org.affect4j.training.batch.CropLabels;
import org.affect4j.training.batch.CropSet;
import org.affect4j.training.behaviour.internal.BehaviourData;
import org.affect4j.training.behaviour.internal.LabelNeeds;
import org.affect4j.training.behaviour.internal.NamedSet;
import org.affect4j.training.behaviour.internal.OwnList;
import org.affect4j.training.network.BehaviourHeads;
import org.affect4j.training.network.EfficientNet.Answer;
import org.affect4j.training.network.FeatureShape;
import org.affect4j.training.network.NetworkSpec;
import org.affect4j.training.network.RecurrentNets;

/**
 * Datasets of videos for a network over time. Opened, only their lists have been read, and checked
 * for all that the network reads of each frame; then their pictures are prepared.
 *
 * <p>A frame without a picture, a face or a label repeats the picture before it, that of the first
 * face where there is none before, and has no label. Landmarks are from -1 to 1 across the picture.
 */
public final class VideoSets {
  /**
   * What is read of a frame beside the network's inputs: units, valence and arousal of it alone.
   */
  static final String READINGS = "readings";

  private static final int AT_A_TIME = 64;
  private static final FeatureShape LANDMARKS = FeatureShape.vector(Video.LANDMARKS.size());

  private final List<NamedSet> sets;
  private final Map<String, FeatureShape> inputs;
  private final LabelNeeds needs;
  private final boolean hearing;

  /** Of training, held-out and measured videos alike, each read once. */
  private final Map<Path, ClipSound> sounds = new HashMap<>();

  private VideoSets(
      List<NamedSet> sets, Map<String, FeatureShape> inputs, LabelNeeds needs, boolean hearing) {
    this.sets = sets;
    this.inputs = inputs;
    this.needs = needs;
    this.hearing = hearing;
  }

  /**
   * Reads the lists of datasets.
   *
   * @param texts {@code NAME=ROOT[:SPLIT]} of each, as of {@code behaviour --set}
   * @param share part of the persons that is held back; empty for .15 where a set has no split to
   *     choose the epoch by
   * @param network what is to be trained
   * @param length frames of a window
   * @param hearing whether the network's first input is the picture of the sound, as of a stream of
   *     {@code av-mt-vgg-gru} by itself
   * @param seed decides who is held back
   * @return the sets
   * @throws IOException if a list cannot be read
   * @throws IllegalArgumentException if a video to learn from is shorter than a window, landmarks
   *     or sound are missing that the network reads, a set has no label that the network answers,
   *     or no frame shows one of its expressions
   */
  public static VideoSets open(
      List<String> texts,
      Optional<Double> share,
      NetworkSpec network,
      int length,
      boolean hearing,
      long seed)
      throws IOException {
    VideoSets opened = read(texts, share, network, hearing, seed);
    Map<String, List<CropLabels>> labels = new LinkedHashMap<>();
    opened.sets.forEach(set -> labels.put(set.name(), set.labels()));
    opened.needs.require(labels);
    for (NamedSet set : opened.sets) {
      opened.check(set, length);
    }
    return opened;
  }

  /** Reads the lists of datasets to measure a network of embeddings with, whole. */
  static VideoSets toMeasure(List<String> texts, NetworkSpec network) throws IOException {
    return read(texts, Optional.of(0.0), network, false, 0);
  }

  private static VideoSets read(
      List<String> texts, Optional<Double> share, NetworkSpec network, boolean hearing, long seed)
      throws IOException {
    BehaviourHeads heads = BehaviourHeads.said(network).orElseThrow();
    LabelNeeds any = new LabelNeeds(heads, LabelNeeds.outputs(heads), false);
    List<NamedSet> sets = new ArrayList<>();
    Map<String, List<CropLabels>> labels = new LinkedHashMap<>();
    for (String text : texts) {
      NamedSet set = NamedSet.open(text, share, seed);
      sets.add(set);
      labels.put(set.name(), set.labels());
    }
    any.requireEach(labels);
    Set<Answer> learned = any.found(labels.values().stream().flatMap(List::stream).toList());
    return new VideoSets(
        List.copyOf(sets),
        FrameRun.frameInputs(network),
        new LabelNeeds(heads, learned, false),
        hearing);
  }

  private boolean hears() {
    return hearing || inputs.containsKey(RecurrentNets.SPECTROGRAM);
  }

  private void check(NamedSet set, int length) throws IOException {
    FaceTable learned = set.training();
    List<String> pictures = learned.texts(FaceColumns.INPUT);
    for (Video video : Video.of(set.name(), learned)) {
      int frames = video.rows().size();
      if (frames < length
          && video.rows().stream()
              .map(pictures::get)
              .noneMatch(p -> !p.isEmpty() && set.heldBack().contains(p))) {
        throw new IllegalArgumentException(
            "'%s' has %d frames, fewer than a window of %d: choose a shorter window, or leave the video out"
                .formatted(video.name(), frames, length));
      }
    }
    if (inputs.containsKey(RecurrentNets.LANDMARKS)) {
      requireLandmarks(set);
    }
    if (hears()) {
      FaceTable table = set.dataset().table();
      double[] seconds = Video.numbers(table, FaceColumns.TIMESTAMP);
      for (Video video : Video.of(set.name(), table)) {
        sound(set, video);
        if (video.rows().stream().anyMatch(row -> Double.isNaN(seconds[row]))) {
          throw new IllegalArgumentException(
              "a frame of '%s' has no timestamp_s, by which its sound is found"
                  .formatted(video.name()));
        }
      }
    }
  }

  private static void requireLandmarks(NamedSet set) {
    FaceTable table = set.dataset().table();
    if (!Video.LANDMARKS.stream().allMatch(table::has)) {
      throw new IllegalArgumentException(
          "'%s' has no columns p00_x to p67_y, and the network reads 68 landmarks of each frame"
              .formatted(set.name()));
    }
    if (!set.dataset().holdsCrops()) {
      throw new IllegalArgumentException(
          "the pictures of '%s' are photos, and landmarks go with crops of faces of at most 256 pixels; crop them first"
              .formatted(set.name()));
    }
    double[][] points = table.values(Video.LANDMARKS);
    for (int row = 0; row < points.length; row++) {
      Optional<String> picture = table.text(row, FaceColumns.INPUT);
      if (picture.isPresent() && !Arrays.stream(points[row]).allMatch(Double::isFinite)) {
        throw new IllegalArgumentException(
            "'%s' has a picture '%s' without all of its 68 landmarks, which the network reads"
                .formatted(set.name(), picture.get()));
      }
    }
  }

  private ClipSound sound(NamedSet set, Video video) throws IOException {
    FaceTable table = set.dataset().table();
    Path root = set.dataset().root();
    int first = video.rows().get(0);
    Optional<String> named =
        table.has(OwnList.SOUND) ? table.text(first, OwnList.SOUND) : Optional.empty();
    Path file = root.resolve(named.orElse(video.name() + ".wav"));
    if (!sounds.containsKey(file)) {
      sounds.put(file, ClipSound.read(file));
    }
    return sounds.get(file);
  }

  /**
   * Prepares pictures.
   *
   * @param data cuts them
   * @param activeFrom strength from which on a labelled unit counts as active; empty to learn the
   *     strengths themselves
   * @return all videos
   * @throws IOException if pictures or sound cannot be read
   * @throws IllegalArgumentException if there is no video to choose the epoch by
   */
  public SequenceData prepare(BehaviourData data, Optional<Double> activeFrom) throws IOException {
    List<SequenceClip> training = new ArrayList<>();
    List<SequenceClip> validation = new ArrayList<>();
    StringBuilder checksum = new StringBuilder();
    for (NamedSet set : sets) {
      List<CropSet> parts = data.prepareFrames(set, needs);
      training.addAll(clips(set, parts.get(0), activeFrom));
      for (CropSet part : parts.subList(1, parts.size())) {
        validation.addAll(clips(set, part, activeFrom));
      }
      parts.forEach(part -> checksum.append(part.key()).append("; "));
    }
    if (validation.isEmpty()) {
      throw new IllegalArgumentException(
          "there is no video to choose the epoch by: leave out --hold-out 0, or give a set with a split 'validation'");
    }
    return new SequenceData(training, validation, inputs, checksum + "units " + activeFrom);
  }

  /** All videos of sets of which nothing is held back. */
  List<SequenceClip> all(BehaviourData data) throws IOException {
    List<SequenceClip> all = new ArrayList<>();
    for (NamedSet set : sets) {
      all.addAll(clips(set, data.prepareFrames(set, needs).get(0), Optional.empty()));
    }
    return all;
  }

  /** The videos of which a part has pictures. */
  private List<SequenceClip> clips(NamedSet set, CropSet crops, Optional<Double> activeFrom)
      throws IOException {
    FaceTable table = set.dataset().table();
    Map<String, Integer> byName = new HashMap<>();
    for (int i = 0; i < crops.size(); i++) {
      byName.put(crops.name(i), i);
    }
    boolean embedded = inputs.get(NetworkSpec.INPUT).isVector();
    List<Behaviour> readings = embedded ? readings(crops) : List.of();
    List<String> names = table.texts(FaceColumns.INPUT);
    double[] seconds = Video.numbers(table, FaceColumns.TIMESTAMP);
    int side = inputs.containsValue(LANDMARKS) ? pictureSide(set) : crops.side();
    List<SequenceClip> clips = new ArrayList<>();
    for (Video video : Video.of(set.name(), table)) {
      int n = video.rows().size();
      int[] shown = new int[n];
      float[][] labels = new float[n][];
      int last = -1;
      for (int t = 0; t < n; t++) {
        Integer crop = byName.get(names.get(video.rows().get(t)));
        last = crop == null ? last : t;
        shown[t] = last;
        labels[t] =
            crop == null
                ? SequenceClip.unknown()
                : SequenceClip.targets(crops.labels(crop), activeFrom);
      }
      if (last < 0) {
        continue;
      }
      int first = Arrays.stream(shown).filter(t -> t >= 0).findFirst().orElseThrow();
      Arrays.setAll(shown, t -> shown[t] < 0 ? first : shown[t]);
      Optional<ClipSound> sound = hears() ? Optional.of(sound(set, video)) : Optional.empty();
      SequenceClip.Reading reading =
          (input, t) -> {
            int row = video.rows().get(shown[t]);
            int crop = byName.get(names.get(row));
            if (input.equals(READINGS)) {
              return numbers(readings.get(crop));
            }
            FeatureShape shape = inputs.get(input);
            if (shape.equals(LANDMARKS)) {
              return landmarks(table, row, side);
            }
            if (input.equals(RecurrentNets.SPECTROGRAM) || hearing) {
              return sound.orElseThrow().around(seconds[video.rows().get(t)], shape.width());
            }
            return embedded ? readings.get(crop).embedding() : picture(crops.crop(crop), shape);
          };
      clips.add(new SequenceClip(set.name() + "/" + video.name(), video.person(), reading, labels));
    }
    return clips;
  }

  private static float[] numbers(Behaviour said) {
    float[] numbers = new float[ActionUnit.COUNT + 2];
    for (ActionUnit unit : ActionUnit.ALL) {
      numbers[unit.ordinal()] = (float) said.probability(unit);
    }
    numbers[ActionUnit.COUNT] = (float) said.valenceArousal().valence();
    numbers[ActionUnit.COUNT + 1] = (float) said.valenceArousal().arousal();
    return numbers;
  }

  /** What the bundled network says of crops. */
  static List<Behaviour> readings(CropSet crops) {
    List<Behaviour> all = new ArrayList<>();
    try (BehaviourModel model =
        BehaviourModel.load(BehaviourOptions.defaults(), ModelPair.FLOAT32, 1)) {
      for (int from = 0; from < crops.size(); from += AT_A_TIME) {
        List<FaceImage> some = new ArrayList<>();
        for (int i = from; i < Math.min(crops.size(), from + AT_A_TIME); i++) {
          some.add(crops.crop(i));
        }
        all.addAll(model.predict(some));
      }
    }
    return all;
  }

  /** Side of the crops of a set, which are of one size. */
  private static int pictureSide(NamedSet set) throws IOException {
    FaceTable table = set.dataset().table();
    int row = 0;
    while (table.text(row, FaceColumns.INPUT).isEmpty()) {
      row++;
    }
    return set.dataset().photo(table.rowNumbers()[row]).width();
  }

  private static float[] landmarks(FaceTable table, int row, int side) {
    float[] values = new float[Video.LANDMARKS.size()];
    for (int i = 0; i < values.length; i++) {
      double pixel = table.number(row, Video.LANDMARKS.get(i)).orElseThrow();
      values[i] = (float) (2 * pixel / side - 1);
    }
    return values;
  }

  private static float[] picture(FaceImage crop, FeatureShape shape) {
    float[] values = new float[(int) shape.count()];
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.nativeOrder());
    crop.resized(shape.width(), shape.height()).writeTensor(PixelLayout.SIGNED_RGB, bytes);
    bytes.flip().asFloatBuffer().get(values);
    return values;
  }
}
