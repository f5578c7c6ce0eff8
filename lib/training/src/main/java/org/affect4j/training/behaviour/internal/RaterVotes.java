package org.affect4j.training.behaviour.internal;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.affect4j.dataset.FerPlus;
import org.affect4j.face.AnnotatedExpression;
import org.affect4j.table.FaceColumns;
import org.affect4j.table.FaceTable;
import org.affect4j.training.batch.CropLabels;
import org.affect4j.training.batch.CropSet;
import org.affect4j.training.batch.TeacherLabels;

/**
 * What raters say of photos: a distribution over the seven expressions, or these and contempt, in
 * place of one label.
 */
public final class RaterVotes {
  /** Share of the votes from which on a majority is clear enough to measure with. */
  private static final double CLEAR = .5;

  private final Map<String, double[]> shares;

  private RaterVotes(Map<String, double[]> shares) {
    this.shares = shares;
  }

  static RaterVotes of(FaceTable rows, boolean contempt) {
    Map<String, double[]> shares = new HashMap<>();
    for (int row = 0; row < rows.size(); row++) {
      String photo = rows.text(row, FaceColumns.INPUT).orElseThrow();
      Optional<double[]> said =
          contempt ? FerPlus.sharesWithContempt(rows, row) : FerPlus.shares(rows, row);
      said.ifPresent(parts -> shares.put(photo, parts));
    }
    return new RaterVotes(shares);
  }

  /**
   * Labels faces to learn from.
   *
   * @param set the faces
   * @return those with votes that raters can name, labelled by the expression with most of them, or
   *     by the first of several
   * @throws IllegalArgumentException if no face is left
   */
  public CropSet labelled(CropSet set) {
    return labelled(set, said -> true);
  }

  /**
   * Labels faces to measure with.
   *
   * @param set the faces
   * @return those of which at least half of the votes are for one expression, and fewer for any
   *     other
   * @throws IllegalArgumentException if no face is left
   */
  public CropSet clear(CropSet set) {
    return labelled(
        set,
        said -> {
          double highest = said[most(said)];
          return highest >= CLEAR && Arrays.stream(said).filter(v -> v == highest).count() == 1;
        });
  }

  private CropSet labelled(CropSet set, Predicate<double[]> wanted) {
    return set.relabelled(
        set.name(),
        i ->
            Optional.ofNullable(shares.get(set.name(i)))
                .filter(wanted)
                .map(said -> CropLabels.of(AnnotatedExpression.values()[most(said)])));
  }

  private static int most(double[] said) {
    return IntStream.range(0, said.length)
        .reduce((a, b) -> said[b] > said[a] ? b : a)
        .orElseThrow();
  }

  /**
   * Returns the distributions as labels to learn from.
   *
   * @param set faces of {@link #labelled}
   * @return their votes, which decide the whole of each label
   */
  public TeacherLabels of(CropSet set) {
    double[][] said =
        IntStream.range(0, set.size())
            .mapToObj(i -> shares.get(set.name(i)))
            .map(RaterVotes::normalised)
            .toArray(double[][]::new);
    return new TeacherLabels("votes %08x".formatted(Arrays.deepHashCode(said)), said, 1);
  }

  private static double[] normalised(double[] said) {
    double sum = Arrays.stream(said).sum();
    return Arrays.stream(said).map(part -> part / sum).toArray();
  }
}
