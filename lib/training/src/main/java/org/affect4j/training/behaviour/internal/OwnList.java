package org.affect4j.training.behaviour.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.affect4j.dataset.AffectDataset;
import org.affect4j.dataset.DatasetBuilder;
import org.affect4j.dataset.DatasetFormatException;
import org.affect4j.dataset.LabelFile;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.AnnotatedExpression;
import org.affect4j.image.FaceImage;
import org.affect4j.table.FaceColumns;
import org.affect4j.table.FaceTableBuilder;
import tech.tablesaw.api.Table;

/** A list of photos, or of frames of videos, with labels of one's own as a dataset. */
public final class OwnList {
  /** Column of the video that a frame is of. */
  public static final String VIDEO = "video";

  /** Column of the sound of a video. */
  public static final String SOUND = "sound";

  /** Photos up to this side are taken for face crops. */
  private static final int CROP = 256;

  private static final List<String> NUMBERS =
      Stream.concat(
              Stream.of(FaceColumns.VALENCE, FaceColumns.AROUSAL),
              ActionUnit.ALL.stream().map(ActionUnit::column))
          .toList();

  /** What lists of frames have besides: where each stands, 68 landmarks, what is hidden. */
  private static final Pattern OF_FRAMES =
      Pattern.compile("frame|timestamp_s|p\\d\\d_[xy]|occluded");

  private OwnList() {}

  /**
   * Reads a list: a column of photos, named from the list's folder on ({@code file, image} or the
   * like), and any of {@code expression} (or the like), {@code valence}, {@code arousal}, {@code
   * au01} and so on, {@code person} (or the like) and {@code split}. An empty cell is not
   * annotated. Frames of videos have {@code frame} besides, and what there is of {@code video} (or
   * {@code input}), {@code timestamp_s}, {@code sound} and landmarks {@code p00_x} to {@code
   * p67_y}; a frame without a photo keeps its place.
   */
  static AffectDataset load(String name, Path file) throws IOException {
    Table list = LabelFile.read(file);
    String photo =
        LabelFile.nameColumn(list)
            .orElseThrow(
                () ->
                    new DatasetFormatException(
                        "%s has no column that names the photos, such as 'file'; it has %s"
                            .formatted(file, list.columnNames())));
    Optional<String> expression = LabelFile.classColumn(list);
    Optional<String> person = LabelFile.personColumn(list);
    List<String> numbers =
        Stream.concat(
                NUMBERS.stream(),
                list.columnNames().stream().filter(c -> OF_FRAMES.matcher(c).matches()))
            .toList();
    FaceTableBuilder rows = new FaceTableBuilder(name, List.of(FaceColumns.INPUT));
    for (int row = 0; row < list.rowCount(); row++) {
      rows.set(FaceColumns.INPUT, list.getString(row, photo));
      if (expression.isPresent() && !list.getString(row, expression.get()).isEmpty()) {
        String label = list.getString(row, expression.get());
        rows.set(FaceColumns.EXPRESSION, AnnotatedExpression.ofLabel(label).label());
      }
      if (person.isPresent()) {
        rows.set(FaceColumns.SUBJECT, list.getString(row, person.get()));
      }
      if (list.containsColumn(FaceColumns.SPLIT)) {
        rows.set(FaceColumns.SPLIT, list.getString(row, FaceColumns.SPLIT));
      }
      if (list.containsColumn(FaceColumns.FRAME)) {
        for (String own : List.of(FaceColumns.INPUT, VIDEO, SOUND)) {
          if (list.containsColumn(own)) {
            rows.set(own.equals(SOUND) ? SOUND : VIDEO, list.getString(row, own));
          }
        }
      }
      for (String column : numbers) {
        if (list.containsColumn(column) && !list.getString(row, column).isEmpty()) {
          rows.set(column, number(list.getString(row, column), column, row, file));
        }
      }
      rows.add();
    }
    Path folder = file.toAbsolutePath().getParent();
    DatasetBuilder dataset = new DatasetBuilder(rows.build(), folder).name(name);
    Optional<String> any =
        list.stringColumn(photo).asList().stream().filter(f -> !f.isEmpty()).findFirst();
    if (any.isEmpty()) {
      throw new DatasetFormatException(file + " names no photo");
    }
    FaceImage first = FaceImage.read(folder.resolve(any.get()));
    return (Math.max(first.width(), first.height()) <= CROP ? dataset.ofCrops() : dataset).build();
  }

  private static double number(String text, String column, int row, Path file)
      throws DatasetFormatException {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new DatasetFormatException(
          "%s, row %d: %s is '%s', expected a number or nothing"
              .formatted(file, row + 1, column, text),
          e);
    }
  }
}
