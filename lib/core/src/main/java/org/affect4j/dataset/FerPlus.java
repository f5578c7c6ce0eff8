package org.affect4j.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.affect4j.face.AnnotatedExpression;
import org.affect4j.face.Expression;
import org.affect4j.table.FaceTable;

/** FER+ (Barsoum et al., ICMI 2016), which labels {@link Fer2013} anew by ten votes. */
public final class FerPlus {
  private static final int RATERS = 10;
  private static final List<String> VOTES =
      List.of(
          "neutral happiness surprise sadness anger disgust fear contempt unknown NF".split(" "));

  private static final List<String> BASIC = Expression.ALL.stream().map(Expression::label).toList();
  private static final List<String> WITH_CONTEMPT =
      Stream.concat(BASIC.stream(), Stream.of("contempt")).toList();

  /** The votes of one image, as they stand in a list. */
  record Ballot(String usage, double[] votes) {
    /** Reads the columns of the row at hand. */
    static Ballot of(Rows rows, String usage) throws DatasetFormatException {
      double[] votes = new double[VOTES.size()];
      for (int i = 0; i < votes.length; i++) {
        votes[i] = rows.integer(rows.column(VOTES.get(i)));
      }
      return new Ballot(rows.get(usage), votes);
    }
  }

  private FerPlus() {}

  /**
   * Reads FER+: {@code fer2013new.csv}, joined by row to {@code fer2013.csv}, or else a list as of
   * {@link #joined} beside the pictures. The label is the one with the most votes; where that is
   * unknown, not a face, or not a single one, the expression is missing. The votes stand in {@code
   * votes_neutral} and so on, {@code votes_nf} being those for "not a face".
   *
   * @param root folder that holds both files, or the list and the pictures
   * @return splits as in {@link Fer2013#csv}
   * @throws IOException if a file cannot be read or is laid out otherwise, or the two lists are of
   *     different editions
   */
  public static AffectDataset load(Path root) throws IOException {
    Path file = root.resolve("fer2013new.csv");
    Optional<Path> list = joinedList(root);
    if (list.isPresent()) {
      return joined(list.get(), root);
    }
    LabelPlaces.require(
        file,
        "the votes of FER+ (or a list with the columns file, neutral ... NF beside pictures)");
    List<Ballot> ballots = new ArrayList<>();
    LabelReader counted = new LabelReader("FER+", root, ImageStore.none());
    try (Rows rows = counted.csv(file)) {
      rows.column("Image name");
      while (rows.next()) {
        ballots.add(Ballot.of(rows, "Usage"));
      }
    }
    return Fer2013.pixels("FER+", root, root.resolve("fer2013.csv"), Fer2013.CODES, ballots);
  }

  private static Optional<Path> joinedList(Path root) throws IOException {
    List<Path> found = new ArrayList<>();
    for (Path file : LabelPlaces.glob(root, "*.csv")) {
      if (LabelPlaces.header(file).containsAll(Set.of("file", "neutral", "contempt", "nf"))) {
        found.add(file);
      }
    }
    return LabelPlaces.only(found, "lists of votes");
  }

  /**
   * Reads FER+ whose votes name the pictures: columns {@code split}, {@code file} (folder of the
   * class and name, such as {@code angry/Training_10118481.jpg}) and one per label, {@code neutral}
   * to {@code NF}. Pictures without votes have no expression, and are counted.
   *
   * @param votes the list
   * @param pictures folders or archives as for {@link Fer2013#folders}
   * @return splits as in {@link Fer2013#folders}, labels as in {@link #load}
   * @throws IOException if a file cannot be read or is laid out otherwise, or no picture has votes
   */
  public static AffectDataset joined(Path votes, Path... pictures) throws IOException {
    Map<String, Ballot> ballots = new HashMap<>();
    LabelReader counted = new LabelReader("FER+", votes, ImageStore.none());
    try (Rows rows = counted.csv(votes)) {
      while (rows.next()) {
        ballots.put(rows.get("file"), Ballot.of(rows, "split"));
      }
    }
    return Fer2013.folders("FER+", Optional.of(new Fer2013.Votes(votes, ballots)), pictures);
  }

  static void vote(LabelRow row, double[] votes) {
    double most = Arrays.stream(votes).max().orElseThrow();
    int[] best = IntStream.range(0, votes.length).filter(i -> votes[i] == most).toArray();
    for (int i = 0; i < votes.length; i++) {
      row.set(column(VOTES.get(i)), votes[i]);
    }
    double sum = Arrays.stream(votes).sum();
    if (!(sum > 0 && sum <= RATERS) || Arrays.stream(votes).anyMatch(v -> v < 0)) {
      row.mask("expression", "votes do not sum to 1 to 10");
    } else if (best.length > 1) {
      row.mask("expression", "no single label has the most votes");
    } else if (best[0] >= VOTES.indexOf("unknown")) {
      row.mask("expression", "most votes are for " + VOTES.get(best[0]));
    } else {
      row.expression(AnnotatedExpression.ofLabel(VOTES.get(best[0])));
    }
  }

  private static String column(String vote) {
    return "votes_" + vote.toLowerCase(Locale.ROOT);
  }

  /**
   * Returns which part of the votes of an image each of the seven expressions has.
   *
   * @param rows rows of this dataset
   * @param row which
   * @return parts in the order of {@link Expression#ALL}; they sum to less than 1 where some votes
   *     are for contempt, unknown or "not a face"; empty if there are no votes, they do not sum to
   *     1 to 10, or no expression has as many as any other label
   */
  public static Optional<double[]> shares(FaceTable rows, int row) {
    return votes(rows, row).flatMap(votes -> shares(votes, BASIC));
  }

  /**
   * Returns the same of the seven expressions and contempt.
   *
   * @param rows rows of this dataset
   * @param row which
   * @return eight parts, contempt the last
   */
  public static Optional<double[]> sharesWithContempt(FaceTable rows, int row) {
    return votes(rows, row).flatMap(votes -> shares(votes, WITH_CONTEMPT));
  }

  /**
   * Returns how well one rater does where the others decide: the part of the raters of an image who
   * vote for what most of the others vote for, of which there may be several; mean over images it
   * is the accuracy of a person, and so a ceiling for what learns from persons.
   *
   * @param rows rows of this dataset
   * @param row which
   * @return 0 to 1; empty where {@link #shares} is, or only one rater voted
   */
  public static OptionalDouble raterAccuracy(FaceTable rows, int row) {
    double[] votes =
        votes(rows, row).filter(v -> shares(v, BASIC).isPresent()).orElse(new double[0]);
    double all = Arrays.stream(votes).sum();
    if (!(all > 1)) {
      return OptionalDouble.empty();
    }
    double right = 0;
    for (int said = 0; said < votes.length; said++) {
      double others = votes[said] - 1;
      double most = others;
      int winners = 1;
      for (int k = 0; k < votes.length; k++) {
        if (k != said && votes[k] >= most) {
          winners = votes[k] > most ? 1 : winners + 1;
          most = votes[k];
        }
      }
      right += votes[said] > 0 && others == most ? votes[said] / all / winners : 0;
    }
    return OptionalDouble.of(right);
  }

  private static Optional<double[]> votes(FaceTable rows, int row) {
    double[] votes = new double[VOTES.size()];
    for (int i = 0; i < votes.length; i++) {
      String column = column(VOTES.get(i));
      OptionalDouble count = rows.has(column) ? rows.number(row, column) : OptionalDouble.empty();
      if (count.isEmpty()) {
        return Optional.empty();
      }
      votes[i] = count.getAsDouble();
    }
    return Optional.of(votes);
  }

  private static Optional<double[]> shares(double[] votes, List<String> labels) {
    double all = Arrays.stream(votes).sum();
    double[] shares = labels.stream().mapToDouble(label -> votes[VOTES.indexOf(label)]).toArray();
    double most = Arrays.stream(votes).max().orElseThrow();
    boolean named = most > 0 && Arrays.stream(shares).max().orElseThrow() == most;
    if (!named || !(all <= RATERS) || Arrays.stream(votes).anyMatch(v -> v < 0)) {
      return Optional.empty();
    }
    return Optional.of(Arrays.stream(shares).map(share -> share / all).toArray());
  }
}
