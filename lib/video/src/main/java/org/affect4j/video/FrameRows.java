package org.affect4j.video;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.affect4j.table.FaceColumns;
import org.affect4j.table.FaceTable;
import org.affect4j.table.FeatureGroup;

/** The rows of a video by the number of their frame. */
final class FrameRows {
  private final FaceTable table;
  private final Map<Long, List<Integer>> byFrame = new HashMap<>();

  /** Takes the rows of one video. */
  FrameRows(FaceTable table) {
    // Nothing here needs the hundreds of numbers of an embedding.
    this.table =
        table.selectColumns(c -> !FeatureGroup.EMBEDDING.holds(c) && !FeatureGroup.HOG.holds(c));
    List<String> inputs = table.texts(FaceColumns.INPUT).stream().distinct().toList();
    if (inputs.size() > 1) {
      throw new IllegalArgumentException(
          "one video needs the rows of one, but these are of %d: %s …"
              .formatted(inputs.size(), inputs.subList(0, 2)));
    }
    for (int row = 0; row < table.size(); row++) {
      int number = row;
      table
          .number(row, FaceColumns.FRAME)
          .ifPresent(
              frame -> byFrame.computeIfAbsent((long) frame, f -> new ArrayList<>()).add(number));
    }
    if (byFrame.isEmpty()) {
      throw new IllegalArgumentException("none of the %d rows has a frame".formatted(table.size()));
    }
  }

  FaceTable table() {
    return table;
  }

  /** The rows of a frame, perhaps none. */
  FaceTable of(long frame) {
    return table.rows(
        byFrame.getOrDefault(frame, List.of()).stream().mapToInt(row -> row).toArray());
  }
}
