package org.affect4j.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.affect4j.dataset.AffectDataset;
import org.affect4j.dataset.internal.ClipEnds;
import org.affect4j.series.FaceSeries;
import org.affect4j.table.FaceColumns;
import org.affect4j.table.FaceTable;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;

/** The frames of predictions in the order and the numbering of a dataset's clips. */
final class ClipFrames {
  private static final Pattern VIDEO = Pattern.compile(".*\\.(?=\\w*[A-Za-z])\\w{2,5}");
  private static final String COUNTS_FROM_ONE = "OpenFace";
  private static final String COUNTS_FROM_ZERO = "py-feat";

  private ClipFrames() {}

  /**
   * Numbers predicted frames as the labels do. OpenFace counts the frames of a video from 1, all
   * others from 0; those of a folder of pictures have the numbers of the pictures' names.
   */
  static FaceTable renumbered(FaceTable predictions, OptionalInt firstLabel) {
    if (firstLabel.isEmpty()) {
      return predictions;
    }
    List<String> inputs = predictions.texts(FaceColumns.INPUT);
    double[] frames = predictions.numbers(FaceColumns.FRAME);
    IntColumn renumbered = IntColumn.create(FaceColumns.FRAME);
    for (int row = 0; row < frames.length; row++) {
      if (Double.isNaN(frames[row])) {
        renumbered.appendMissing();
      } else {
        int first = first(predictions.name(), inputs.get(row), firstLabel.getAsInt());
        renumbered.append((int) frames[row] - first + firstLabel.getAsInt());
      }
    }
    return predictions.with(renumbered);
  }

  private static int first(String tool, String input, int firstLabel) {
    if (tool.equals(COUNTS_FROM_ONE)) {
      return 1;
    }
    return tool.equals(COUNTS_FROM_ZERO) || VIDEO.matcher(input).matches() ? 0 : firstLabel;
  }

  /**
   * Rows of labels that stand behind the last predicted frame of their clip.
   *
   * @throws IllegalArgumentException if a clip has more than two
   */
  static Set<Integer> surplus(AffectDataset dataset, FaceTable read, List<OptionalInt> matches) {
    FaceTable labels = dataset.table();
    if (!labels.has(FaceColumns.FRAME) || !read.has(FaceColumns.FRAME)) {
      return Set.of();
    }
    double[] frames = labels.numbers(FaceColumns.FRAME);
    double[] predicted = read.numbers(FaceColumns.FRAME);
    List<String> inputs = labels.texts(FaceColumns.INPUT);
    ClipEnds clips = new ClipEnds();
    Set<String> ofVideos = new HashSet<>();
    for (int row = 0; row < frames.length; row++) {
      OptionalInt match = matches.get(row);
      if (match.isPresent() && !Double.isNaN(predicted[match.getAsInt()])) {
        ofVideos.add(ClipEnds.clip(inputs.get(row)));
      }
    }
    for (int row = 0; row < frames.length; row++) {
      String clip = ClipEnds.clip(inputs.get(row));
      if (!Double.isNaN(frames[row]) && ofVideos.contains(clip)) {
        clips.add(clip, (int) frames[row], String.valueOf(row), matches.get(row).isPresent());
      }
    }
    return new HashSet<>(clips.surplus().stream().map(Integer::valueOf).toList());
  }

  /**
   * Gives each prediction a place in time: those of single pictures have the clip and the frame of
   * their label, and count as one face.
   *
   * @param rate frames a second of clips without times
   */
  static FaceTable placed(
      FaceTable read, AffectDataset dataset, List<OptionalInt> matches, double rate) {
    FaceTable labels = dataset.table();
    int[] labelled = new int[read.size()];
    Arrays.fill(labelled, -1);
    for (int row = 0; row < matches.size(); row++) {
      int of = row;
      matches.get(row).ifPresent(match -> labelled[match] = of);
    }
    double[] frames = column(read, FaceColumns.FRAME);
    double[] seconds = column(read, FaceColumns.TIMESTAMP);
    double[] faces = column(read, FaceColumns.FACE);
    List<String> inputs = new ArrayList<>(read.texts(FaceColumns.INPUT));
    for (int row = 0; row < frames.length; row++) {
      if (Double.isNaN(frames[row]) && labelled[row] >= 0) {
        frames[row] = labels.number(labelled[row], FaceColumns.FRAME).orElse(Double.NaN);
        if (!Double.isNaN(frames[row])) {
          inputs.set(row, ClipEnds.clip(labels.text(labelled[row], FaceColumns.INPUT).orElse("")));
          seconds[row] = Double.NaN;
          faces[row] = isRead(read, row) ? 0 : Double.NaN;
        }
      }
      seconds[row] = Double.isNaN(seconds[row]) ? frames[row] / rate : seconds[row];
    }
    return read.with(StringColumn.create(FaceColumns.INPUT, inputs))
        .with(whole(FaceColumns.FRAME, frames))
        .with(DoubleColumn.create(FaceColumns.TIMESTAMP, seconds))
        .with(whole(FaceColumns.FACE, faces));
  }

  private static boolean isRead(FaceTable read, int row) {
    return Stream.concat(FaceSeries.AFFECT.stream(), FaceSeries.UNITS.stream())
        .anyMatch(column -> read.number(row, column).isPresent());
  }

  private static double[] column(FaceTable table, String name) {
    double[] missing = new double[table.size()];
    Arrays.fill(missing, Double.NaN);
    return table.has(name) ? table.numbers(name) : missing;
  }

  private static IntColumn whole(String name, double[] values) {
    IntColumn column = IntColumn.create(name);
    for (double value : values) {
      if (Double.isNaN(value)) {
        column.appendMissing();
      } else {
        column.append((int) value);
      }
    }
    return column;
  }
}
