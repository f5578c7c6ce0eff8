package org.affect4j.training.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import org.affect4j.dataset.PhotoNames;
import org.affect4j.evaluate.EvaluationOptions;
import org.affect4j.table.FaceColumns;
import org.affect4j.table.FaceTable;
import org.affect4j.training.network.NetworkSpec;
import org.affect4j.training.network.Networks;
import org.affect4j.training.sequence.SequenceData;
import org.affect4j.training.sequence.SequenceTask;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains a network over time on the embeddings of frames. */
@Command(
    name = "sequence",
    description = {
      "Trains a network over time, such as compact-gru, on the embeddings of the frames of videos;"
          + " the network that gave the embeddings stays as it is.",
      "Labels of tasks that the network does not answer are left alone, and so are outputs without"
          + " labels. An interrupted run goes on with --resume and the same options, to the same"
          + " numbers. In the ONNX file, states are inputs and outputs, so that a video of any"
          + " length can be read frame by frame."
    })
final class SequenceCommand extends TrainingCommand {
  @Option(
      names = "--network",
      paramLabel = "NAME",
      description = "A network of 'networks' that reads features of frames.")
  private String network = "compact-gru";

  @Option(
      names = "--rows",
      required = true,
      paramLabel = "FILE",
      description = "Faces of videos that affect4j analyze --embeddings wrote, one face per frame.")
  private Path rows;

  @Option(
      names = "--labels",
      required = true,
      paramLabel = "FILE",
      description =
          "A row per frame: input, frame, and what there is of expression, valence, arousal,"
              + " au01 …; person or subject, where known, keeps videos of one person together.")
  private Path labels;

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
      names = "--active-from",
      paramLabel = "S",
      description = "Strength from which on a labelled unit counts as active.")
  private double activeFrom = EvaluationOptions.ACTIVE_FROM;

  @Option(
      names = "--hold-out",
      converter = Part.class,
      paramLabel = "SHARE",
      description = "Part of the persons by whose videos the epoch is chosen.")
  private double holdOut = .2;

  @Option(
      names = "--patience",
      paramLabel = "N",
      description = "Stop after so many epochs without a better one; 0: never.")
  private int patience;

  @Mixin private final TrainingRun run = new TrainingRun(20, 10, 1e-3, .01, .99, 5);

  @Override
  void run() throws IOException {
    NetworkSpec spec = Networks.named(network);
    FaceTable faces = FaceTable.read(rows);
    SequenceData data =
        SequenceData.of(
            faces,
            FaceTable.read(labels),
            PhotoNames.of(
                new LinkedHashSet<>(faces.texts(FaceColumns.INPUT)),
                labels.toAbsolutePath().getParent()),
            activeFrom,
            holdOut,
            run.seed());
    SequenceTask task =
        new SequenceTask(
            data,
            new SequenceTask.Settings(
                length, step == 0 ? length : step, context, run.batch(), run.seed()));
    task.requireFit(spec);
    run.prepare();
    say(data.toString());
    run.train(spec, task, patience, "sequence.onnx");
  }
}
