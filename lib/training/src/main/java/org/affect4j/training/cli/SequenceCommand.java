package org.affect4j.training.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.affect4j.dataset.PhotoNames;
import org.affect4j.evaluate.EvaluationOptions;
import org.affect4j.image.FaceAligner;
import org.affect4j.notebook.Progress;
import org.affect4j.table.FaceColumns;
import org.affect4j.table.FaceTable;
import org.affect4j.training.network.NetworkSpec;
import org.affect4j.training.network.NetworkWeights;
import org.affect4j.training.network.Networks;
import org.affect4j.training.network.RecurrentNets;
import org.affect4j.training.sequence.SequenceData;
import org.affect4j.training.sequence.SequenceTask;
import org.affect4j.training.sequence.VideoSets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains a network over time. */
@Command(
    name = "sequence",
    description = {
      "Trains a network over time on videos: end to end on their pictures (and sound), such as"
          + " affwildnet-vgg, or on the embeddings of a network that stays as it is, such as"
          + " compact-gru.",
      "Labels of tasks that the network does not answer are left alone, and so are outputs without"
          + " labels. An interrupted run goes on with --resume and the same options, to the same"
          + " numbers. In the ONNX file, states are inputs and outputs, so that a video of any"
          + " length can be read frame by frame."
    })
final class SequenceCommand extends TrainingCommand {
  @Spec private CommandSpec spec;

  @Option(
      names = "--preset",
      paramLabel = "PAPER",
      description =
          "${COMPLETION-CANDIDATES}: set what the paper states of network and training; options"
              + " that are given go before. docs/training.md lists what it leaves open.")
  private SequencePreset preset;

  @Option(
      names = "--network",
      paramLabel = "NAME",
      description = "A network of 'networks' that reads frames one after another.")
  private String network = "compact-gru";

  @Option(
      names = "--set",
      paramLabel = "NAME=ROOT[:SPLIT]",
      description =
          "A dataset of videos by its name (aff-wild, …), or under any name a list of frames of"
              + " your own, such as clips=FOLDER/labels.csv of 'affect4j-synth clip-set': columns"
              + " file, video (or input), frame, and what there is of expression, valence, arousal,"
              + " au01 …, person, split, timestamp_s, sound, p00_x … p67_y. Repeatable.")
  private List<String> sets = List.of();

  @Option(
      names = "--rows",
      paramLabel = "FILE",
      description =
          "In place of --set: faces of videos that affect4j analyze --embeddings wrote, one face"
              + " per frame.")
  private Path rows;

  @Option(
      names = "--labels",
      paramLabel = "FILE",
      description =
          "Goes with --rows: a row per frame: input, frame, and what there is of expression,"
              + " valence, arousal, au01 …; person or subject, where known, keeps videos of one"
              + " person together.")
  private Path labels;

  @Option(
      names = "--cache",
      paramLabel = "FOLDER",
      description =
          "Where prepared pictures of --set are kept; default: 'crops' in the output folder.")
  private Path cache;

  @Option(names = "--length", paramLabel = "N", description = "Frames of a window.")
  private int length = 90;

  @Option(
      names = "--step",
      paramLabel = "N",
      description = "Frames from one window to the next; 0 for the length of a window.")
  private int step;

  @Option(
      names = "--context",
      paramLabel = "N",
      description =
          "Most frames before a window that its state comes from, without gradients; 0: windows"
              + " begin with zeros, as in the papers.")
  private int context;

  @Option(
      names = "--accumulate",
      paramLabel = "N",
      description =
          "How often so many windows make a step: its loss and gradient are those of all of them at"
              + " once, in the memory of --batch, for one more run forward.")
  private int accumulate = 1;

  @Option(
      names = "--active-from",
      paramLabel = "S",
      description = "Strength from which on a labelled unit counts as active.")
  private double activeFrom = EvaluationOptions.ACTIVE_FROM;

  @Option(
      names = "--strengths",
      description = "Learn the strengths of units as they are labelled, rather than active or not.")
  private boolean strengths;

  @Option(
      names = "--unit-loss",
      converter = Either.SumOrMean.class,
      paramLabel = "KIND",
      defaultValue = "mean",
      description = "sum or mean over the units of a face.")
  private Either.Choice unitsSummed;

  @Option(
      names = "--hear",
      description =
          "The network reads the sound around each frame in place of its picture: the stream of"
              + " sound of av-mt-vgg-gru by itself, as --network mt-vgg-gru.")
  private boolean hear;

  @Option(
      names = "--sound-from",
      paramLabel = "FILE",
      description =
          "Weights that the stream of sound of av-mt-vgg-gru begins with: those of a run with"
              + " --hear. --from has those of the stream of pictures.")
  private Path soundFrom;

  @Option(
      names = "--hold-out",
      converter = Part.class,
      paramLabel = "SHARE",
      description =
          "Part of the persons by whose videos the epoch is chosen; default: .2 of --rows; of a"
              + " --set its split 'validation', or else .15.")
  private Double holdOut;

  @Option(
      names = "--patience",
      paramLabel = "N",
      description = "Stop after so many epochs without a better one; 0: never.")
  private int patience;

  @Mixin private final TrainingRun run = new TrainingRun(20, 10, 1e-3, .01, .99, 5);

  @Override
  void run() throws IOException {
    if (preset != null) {
      PresetOption.apply(spec, preset.stated());
    }
    if (sets.isEmpty() == (rows == null) || (rows == null) != (labels == null)) {
      throw wrong("give either --set, or --rows with --labels");
    }
    NetworkSpec chosen = Networks.named(network);
    SequenceTask.Settings settings =
        new SequenceTask.Settings(
            length,
            step == 0 ? length : step,
            context,
            run.batch(),
            accumulate,
            unitsSummed.first(),
            run.seed());
    if (chosen.input().isMap()) {
      say(SequencePreset.memory(chosen, settings.sequences() * length));
    }
    SequenceData data = rows == null ? videos(chosen) : embedded();
    SequenceTask task = new SequenceTask(data, chosen, settings);
    run.prepare();
    say(data.toString());
    run.train(chosen, task, patience, "sequence.onnx", weights -> withSound(chosen, weights));
  }

  private Optional<Double> threshold() {
    return strengths ? Optional.empty() : Optional.of(activeFrom);
  }

  private SequenceData embedded() throws IOException {
    FaceTable faces = FaceTable.read(rows);
    return SequenceData.of(
        faces,
        FaceTable.read(labels),
        PhotoNames.of(
            new LinkedHashSet<>(faces.texts(FaceColumns.INPUT)),
            labels.toAbsolutePath().getParent()),
        threshold(),
        Optional.ofNullable(holdOut).orElse(.2),
        run.seed());
  }

  private SequenceData videos(NetworkSpec chosen) throws IOException {
    VideoSets opened =
        VideoSets.open(sets, Optional.ofNullable(holdOut), chosen, length, hear, run.seed());
    run.prepare();
    try (Progress progress = Progress.start(err(), "frames")) {
      return BehaviourSets.read(
          cache == null ? run.out().resolve("crops") : cache,
          FaceAligner.STANDARD_SIZE,
          progress,
          this::say,
          data -> opened.prepare(data, threshold()));
    }
  }

  private NetworkWeights withSound(NetworkSpec chosen, NetworkWeights weights) {
    if (soundFrom == null) {
      return weights;
    }
    try {
      return weights.startedFrom(
          chosen, NetworkWeights.read(soundFrom).within(RecurrentNets.HEARD));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
