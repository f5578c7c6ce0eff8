package org.affect4j.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.affect4j.face.AnnotatedExpression;

/** FER+ (Barsoum et al., ICMI 2016), which labels {@link Fer2013} anew by ten votes. */
public final class FerPlus {
  private static final List<String> VOTES =
      List.of(
          "neutral happiness surprise sadness anger disgust fear contempt unknown NF".split(" "));

  private FerPlus() {}

  /**
   * Reads FER+: {@code fer2013new.csv}, joined by row to {@code fer2013.csv}. The label is the one
   * with the most votes; where that is unknown, not a face, or not a single one, the expression is
   * missing. The votes stand in {@code votes_neutral} and so on.
   *
   * @param root folder that holds both files
   * @return splits as in {@link Fer2013#csv}
   * @throws IOException if a file cannot be read or is laid out otherwise
   */
  public static AffectDataset load(Path root) throws IOException {
    Path file = LabelPlaces.require(root.resolve("fer2013new.csv"), "the votes of FER+");
    List<double[]> votes = new ArrayList<>();
    LabelReader counted = new LabelReader("FER+", root, ImageStore.none());
    try (Rows rows = counted.csv(file)) {
      rows.column("Usage");
      rows.column("Image name");
      while (rows.next()) {
        double[] row = new double[VOTES.size()];
        for (int i = 0; i < row.length; i++) {
          row[i] = rows.integer(rows.column(VOTES.get(i)));
        }
        votes.add(row);
      }
    }
    return Fer2013.pixels("FER+", root, root.resolve("fer2013.csv"), Fer2013.CODES, votes);
  }

  static void vote(LabelRow row, double[] votes) {
    double most = Arrays.stream(votes).max().orElseThrow();
    int[] best = IntStream.range(0, votes.length).filter(i -> votes[i] == most).toArray();
    for (int i = 0; i < votes.length; i++) {
      row.set("votes_" + VOTES.get(i).toLowerCase(Locale.ROOT), votes[i]);
    }
    if (best.length > 1) {
      row.mask("expression", "no single label has the most votes");
    } else if (best[0] >= VOTES.indexOf("unknown")) {
      row.mask("expression", "most votes are for " + VOTES.get(best[0]));
    } else {
      row.expression(AnnotatedExpression.ofLabel(VOTES.get(best[0])));
    }
  }
}
