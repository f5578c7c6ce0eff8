package org.affect4j.chart;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.affect4j.dataset.AffectDataset;
import org.affect4j.dataset.DatasetFace;
import org.affect4j.explore.Duplicates;
import org.affect4j.explore.EmbeddingMap;
import org.affect4j.explore.LabelCounts;
import org.affect4j.explore.LabelErrors;
import org.affect4j.explore.ToolComparison;
import org.affect4j.explore.UnitsByLabel;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.CompoundExpression;
import org.affect4j.face.Relatedness;
import org.affect4j.image.FaceAligner;
import org.affect4j.image.FaceImage;
import org.affect4j.metric.ConfusionCounts;
import org.apache.commons.math3.util.MathArrays;

/**
 * Pictures of what {@code org.affect4j.explore} and {@code org.affect4j.dataset} find in a dataset,
 * sized for a notebook as those of {@link Charts} are.
 */
public final class DatasetCharts {
  private static final int SHEET_COLUMNS = 6;
  private static final int CROP = 160;
  private static final int NAME = 18;
  private static final int UNREADABLE_GREY = 192;
  private static final List<String> UNITS = ActionUnit.ALL.stream().map(ActionUnit::label).toList();

  private DatasetCharts() {}

  /**
   * Draws the share of each label in each group; the counts are the bars' where there is one group.
   *
   * @param counts what was counted
   * @return bars, or bars side by side for two groups or more
   */
  public static Picture labels(LabelCounts counts) {
    if (counts.groups().size() == 1) {
      String group = counts.groups().get(0);
      return Charts.bars(
          "%s, %,d rows".formatted(counts.what(), counts.size(group)),
          "rows",
          counts.labels(),
          counts.labels().stream().mapToDouble(l -> counts.count(group, l)).toArray());
    }
    Map<String, double[]> series = new LinkedHashMap<>();
    for (String group : counts.groups()) {
      series.put(
          String.format(Locale.ROOT, "%s (%,d)", group, counts.size(group)),
          counts.labels().stream()
              .mapToDouble(label -> counts.share(group, label))
              // Nobody of the group is annotated: there is no bar, as there is for a share of 0.
              .map(share -> Double.isNaN(share) ? 0 : share)
              .toArray());
    }
    return Charts.groupedBars(
        "%s by %s".formatted(counts.what(), counts.by()),
        "share of the group's annotated rows",
        counts.labels(),
        series);
  }

  /**
   * Draws which units come with which label.
   *
   * @param units the fractions
   * @return heat map from 0 to 1; units that are not annotated are grey
   */
  public static Picture units(UnitsByLabel units) {
    List<String> labels = units.labels();
    double[][] values =
        labels.stream()
            .map(l -> ActionUnit.ALL.stream().mapToDouble(u -> units.probability(l, u)).toArray())
            .toArray(double[][]::new);
    return Charts.heatMap("P(action unit | label)", labels, UNITS, values, 0, 1);
  }

  /**
   * Draws a relatedness table.
   *
   * @param table the table
   * @return heat map of its weights from 0 to 1
   */
  public static Picture relatedness(Relatedness table) {
    List<CompoundExpression> categories = List.copyOf(table.categories());
    return Charts.heatMap(
        table.name(),
        categories.stream().map(CompoundExpression::label).toList(),
        UNITS,
        categories.stream().map(table::weights).toArray(double[][]::new),
        0,
        1);
  }

  /**
   * Draws by how much the weights of one relatedness table exceed those of another.
   *
   * @param one such as an estimated table
   * @param other such as {@link Relatedness#du()}
   * @return heat map from blue (less in the first) over white to red (more in the first), whose
   *     ends fit the largest difference, over the categories that both have in the order of Du's
   *     table
   * @throws IllegalArgumentException if they have none in common
   */
  public static Picture difference(Relatedness one, Relatedness other) {
    List<CompoundExpression> categories =
        one.categories().stream().filter(other.categories()::contains).toList();
    if (categories.isEmpty()) {
      throw new IllegalArgumentException(
          "'%s' and '%s' have no category in common".formatted(one.name(), other.name()));
    }
    double[][] values =
        categories.stream()
            .map(c -> MathArrays.ebeSubtract(one.weights(c), other.weights(c)))
            .toArray(double[][]::new);
    double largest =
        Arrays.stream(values).flatMapToDouble(Arrays::stream).map(Math::abs).max().orElse(0);
    // To the next tenth, so that the ends of the scale are round and 0 is in its middle.
    double end = Math.max(.1, Math.ceil(largest * 10 - 1e-9) / 10);
    return Charts.heatMap(
        "%s minus %s".formatted(one.name(), other.name()),
        categories.stream().map(CompoundExpression::label).toList(),
        UNITS,
        values,
        -end,
        end,
        ColourMap.BLUE_RED);
  }

  /**
   * Draws where each label lies in the plane of valence and arousal.
   *
   * @param labels label of each point; points without one are left out
   * @param valence as many numbers in -1 to 1; points that lack either number (NaN) are left out
   * @param arousal as many
   * @return one density per label, 20 x 20 cells; the colour grows with the square root of the
   *     count and is darkest at each panel's own maximum
   * @throws IllegalArgumentException if lengths differ, a number is outside its range, or no point
   *     is complete
   */
  public static Picture valenceArousal(List<String> labels, double[] valence, double[] arousal) {
    return Circumplex.panels(labels, valence, arousal);
  }

  /**
   * Draws a map of faces.
   *
   * @param map the map
   * @param groups what each face is coloured by, such as a column of labels; the empty text is
   *     drawn as {@link LabelCounts#UNKNOWN}
   * @return points in the colours of {@link Palette}; expressions get theirs
   * @throws IllegalArgumentException if lengths differ
   */
  public static Picture map(EmbeddingMap map, List<String> groups) {
    boolean linear = !Double.isNaN(map.explainedVariance());
    return Charts.scatter(
        map.toString(),
        linear ? "first component" : "first dimension (no unit)",
        linear ? "second component" : "second dimension (no unit)",
        map.x(),
        map.y(),
        groups.stream().map(g -> g.isEmpty() ? LabelCounts.UNKNOWN : g).toList());
  }

  /**
   * Shows the faces of the most suspect labels, each with its label and what the network says.
   *
   * @param dataset the dataset whose row numbers the suspects carry
   * @param suspects such as {@link LabelErrors#top}, at least one
   * @return the faces with captions such as {@code "fear .02" / "surprise .97"}: the label, then
   *     the contradiction, with their probabilities
   * @throws IllegalArgumentException if there is no suspect
   */
  public static Picture suspects(AffectDataset dataset, List<LabelErrors.Suspect> suspects) {
    return faces(
        dataset,
        suspects.stream().map(LabelErrors.Suspect::row).toList(),
        suspects.stream()
            .map(
                s ->
                    "is %s %s%nor %s %s?"
                        .formatted(
                            s.given(),
                            Text.number(s.givenProbability()),
                            s.suggested(),
                            Text.number(s.suggestedProbability())))
            .toList());
  }

  /**
   * Shows groups of duplicates, the photos of a group one after the other.
   *
   * @param dataset the dataset
   * @param groups such as {@link Duplicates#groups}, at least one
   * @param most how many groups at most, 1 or more
   * @return the first two faces of each group, with the group's number, split, label and name
   * @throws IllegalArgumentException if there is nothing to show
   */
  public static Picture duplicates(
      AffectDataset dataset, List<List<Duplicates.Member>> groups, int most) {
    List<Integer> rows = new ArrayList<>();
    List<String> captions = new ArrayList<>();
    for (int g = 0; g < Math.min(most, groups.size()); g++) {
      for (Duplicates.Member member : groups.get(g).subList(0, 2)) {
        rows.add(member.row());
        captions.add(
            "%d: %s%n%s"
                .formatted(
                    g + 1,
                    String.join(" ", List.of(member.split(), member.expression())).strip(),
                    end(member.input())));
      }
    }
    return faces(dataset, rows, captions);
  }

  /** The end of a name, which tells photos of one folder apart. */
  private static String end(String name) {
    return name.length() <= NAME ? name : "…" + name.substring(name.length() - NAME + 1);
  }

  /**
   * Shows faces of a dataset side by side.
   *
   * @param dataset the dataset
   * @param rows numbers from its column {@code row}, at least one
   * @param captions one per row
   * @return aligned by the dataset's landmarks or cut out by its box where it has such; else the
   *     whole photo; a photo that cannot be read is a grey square
   * @throws IllegalArgumentException if there is no row, or lengths differ
   */
  public static Picture faces(AffectDataset dataset, List<Integer> rows, List<String> captions) {
    FaceAligner aligner = new FaceAligner(CROP);
    List<FaceImage> crops = rows.stream().map(row -> crop(dataset, row, aligner)).toList();
    return Charts.grid(crops, captions, SHEET_COLUMNS);
  }

  private static FaceImage crop(AffectDataset dataset, int row, FaceAligner aligner) {
    DatasetFace face = dataset.face(row, aligner);
    if (face.crop().isPresent()) {
      return face.crop().get();
    }
    try {
      return dataset.photo(row);
    } catch (IOException e) {
      return FaceImage.plain(CROP, CROP, UNREADABLE_GREY);
    }
  }

  /**
   * Draws what one tool says of a unit against what the other says.
   *
   * @param comparison the comparison
   * @param unit one that both tools measure
   * @return one point per pair, and the line on which they agree
   * @throws IllegalArgumentException if there is no pair
   */
  public static Picture agreement(ToolComparison comparison, ActionUnit unit) {
    double[][] values = comparison.values(unit);
    ToolComparison.Unit figures = comparison.of(unit);
    String title =
        "%s, Pearson %s, %d pairs"
            .formatted(unit.label(), Text.number(figures.pearson()), figures.count());
    return pairs(
        title,
        comparison.firstName(),
        comparison.secondName(),
        values[0],
        values[1],
        new Curves.Line("equal", new double[] {0, 1}, new double[] {0, 1}));
  }

  /**
   * Draws the differences of two tools on a unit against their means (Bland and Altman 1986), which
   * shows whether they disagree by a constant, or more where a unit is strong.
   *
   * @param comparison the comparison; only sensible where both tools use the same scale
   * @param unit one that both tools measure
   * @return one point per pair, the mean difference and the limits of agreement
   * @throws IllegalArgumentException if there are fewer than two pairs
   */
  public static Picture blandAltman(ToolComparison comparison, ActionUnit unit) {
    double[][] values = comparison.values(unit);
    ToolComparison.Unit figures = comparison.of(unit);
    if (figures.count() < 2) {
      throw new IllegalArgumentException(
          "limits of agreement need 2 pairs, %s has %d".formatted(unit.label(), figures.count()));
    }
    double[] mean =
        IntStream.range(0, values[0].length)
            .mapToDouble(i -> (values[0][i] + values[1][i]) / 2)
            .toArray();
    return pairs(
        "%s, mean difference %s, limits %s to %s"
            .formatted(
                unit.label(),
                Text.number(figures.bias()),
                Text.number(figures.lower()),
                Text.number(figures.upper())),
        "mean of both",
        "%s minus %s".formatted(comparison.secondName(), comparison.firstName()),
        mean,
        MathArrays.ebeSubtract(values[1], values[0]),
        level("mean", figures.bias()),
        level("lower limit", figures.lower()),
        level("upper limit", figures.upper()));
  }

  private static Curves.Line level(String name, double y) {
    return new Curves.Line(name, new double[] {0, 1}, new double[] {y, y});
  }

  private static Picture pairs(
      String title, String xLabel, String yLabel, double[] x, double[] y, Curves.Line... lines) {
    List<Curves.Group> pairs = Curves.groups(x, y, Collections.nCopies(x.length, "pairs"));
    return new Curves.Points(title, xLabel, yLabel, pairs, List.of(lines)).picture();
  }

  /**
   * Draws how well two tools agree on each unit beyond chance.
   *
   * @param comparison the comparison
   * @return bars of correlation and kappa, -1 to 1; a figure that is not defined has no bar
   * @throws IllegalArgumentException if the tools have no unit in common
   */
  public static Picture agreement(ToolComparison comparison) {
    Map<String, double[]> series = new LinkedHashMap<>();
    series.put(
        "Pearson", comparison.units().stream().mapToDouble(u -> orNothing(u.pearson())).toArray());
    series.put(
        "kappa", comparison.units().stream().mapToDouble(u -> orNothing(u.kappa())).toArray());
    return Charts.groupedBars(
        "%s and %s".formatted(comparison.firstName(), comparison.secondName()),
        "agreement (1 is perfect, 0 is chance)",
        comparison.units().stream().map(u -> u.unit().label()).toList(),
        series);
  }

  /**
   * Draws which expression the second tool gives where the first gives which.
   *
   * @param comparison the comparison
   * @return counts, first tool downward, second to the right; colours by the share of the row
   * @throws IllegalArgumentException if there is no pair in which both give an expression
   */
  public static Picture expressions(ToolComparison comparison) {
    ConfusionCounts counts =
        comparison
            .expressions()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "there is no pair in which both tools give an expression"));
    return HeatMap.confusion(
        "Expressions, %,d of %,d alike", comparison.firstName(), comparison.secondName(), counts);
  }

  private static double orNothing(double figure) {
    return Double.isNaN(figure) ? 0 : figure;
  }
}
