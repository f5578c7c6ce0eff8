package org.affect4j.evaluate;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.affect4j.dataset.AffectDataset;
import org.affect4j.explore.Duplicates;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.Expression;
import org.affect4j.metric.ActionUnitThresholds;
import org.affect4j.metric.Bootstrap;
import org.affect4j.metric.LabelScorer;
import org.affect4j.table.FaceColumns;
import org.affect4j.table.FaceTable;
import org.affect4j.table.Provenance;

/** One evaluation under way. */
final class EvaluationRun {
  private static final String ALL = "all rows";
  private static final int EXAMPLES = 3;
  private static final String UNIQUE = "without duplicates";

  private final AffectDataset dataset;
  private final Predictions predictions;
  private final EvaluationOptions options;
  private final JudgedRows samples;
  final List<OptionalInt> matches;
  private final List<String> strangers;
  final Set<String> notes = new LinkedHashSet<>();

  EvaluationRun(
      AffectDataset dataset, FaceTable rows, Predictions predictions, EvaluationOptions options) {
    this.dataset = dataset;
    this.predictions = predictions;
    this.options = options;
    if (rows.size() == 0) {
      throw new IllegalArgumentException("there are no rows to judge by");
    }
    matches = predictions.match(dataset);
    strangers = predictions.strangers(matches);
    samples = new JudgedRows(withoutSurplus(rows), predictions, matches, options.relatedness());
    long read = samples.coverage(samples.all(i -> true)).get("not_predicted");
    if (read == samples.size()) {
      throw new IllegalArgumentException(
          "none of the %d rows has a prediction: rows are named %s; the %d predictions that fit no row %s"
              .formatted(samples.size(), such(samples.input), strangers.size(), such(strangers)));
    }
  }

  /** Labels behind the last frame of a predicted video are cut, and told. */
  private FaceTable withoutSurplus(FaceTable rows) {
    Set<Integer> surplus = predictions.surplus(dataset, matches);
    int[] numbers = rows.rowNumbers();
    List<String> inputs = rows.texts(FaceColumns.INPUT);
    List<String> cut =
        IntStream.range(0, numbers.length)
            .filter(i -> surplus.contains(numbers[i]))
            .mapToObj(inputs::get)
            .toList();
    note(cut.size(), "%d labels stand behind the last frame of their clip, %s: cut", such(cut));
    return cut.isEmpty() ? rows : rows.filter(i -> !surplus.contains(numbers[i]));
  }

  /** Figures of the rows without intervals, units by thresholds that are chosen on them. */
  Measurements figures() {
    return new Scorer(
            samples,
            samples.all(i -> true),
            thresholds(samples).orElse(ActionUnitThresholds.fixed(ActionUnitThresholds.DEFAULT)),
            options.withAttributes(List.of()),
            LabelScorer.withoutIntervals(),
            new HashSet<>())
        .score(ALL);
  }

  /** The thresholds with the highest F1 on rows; empty where no unit can be compared. */
  static Optional<ActionUnitThresholds> thresholds(JudgedRows samples) {
    int[] coded = samples.all(samples::hasUnits);
    return coded.length == 0
        ? Optional.empty()
        : Optional.of(
            ActionUnitThresholds.chosenOn(
                ActionUnit.ALL,
                samples.pick(samples.units, coded),
                samples.pick(samples.readUnits, coded)));
  }

  Evaluation evaluate(ActionUnitThresholds thresholds, String policy) {
    noteUnmatched();
    noteLabels();
    Measurements official =
        new Scorer(
                samples,
                samples.all(i -> true),
                thresholds,
                options,
                LabelScorer.of(options.bootstrap()),
                notes)
            .score(ALL);
    if (official.figures().isEmpty()) {
      throw new IllegalArgumentException(
          "no row of %d has a label and a prediction of the same task; labelled are %s, and %s"
              .formatted(samples.size(), labelled(), official.coverage()));
    }
    Optional<Measurements> unique = options.deduplicate() ? unique(thresholds) : Optional.empty();
    int[] rated = samples.all(samples::hasAffect);
    Map<String, String> provenance = provenance(policy, thresholds, official);
    return new Evaluation(
        dataset,
        official,
        unique,
        disagreements(),
        List.copyOf(notes),
        provenance,
        new double[][] {
          samples.pick(samples.affect, 0, rated),
          samples.pick(samples.affect, 1, rated),
          samples.pick(samples.readAffect, 0, rated),
          samples.pick(samples.readAffect, 1, rated)
        });
  }

  private List<String> labelled() {
    FaceTable table = dataset.table();
    return FaceColumns.DATASET.stream()
        .filter(
            name ->
                List.of("expression", "valence", "arousal", "compound").contains(name)
                    || name.startsWith("au"))
        .filter(name -> table.texts(name).stream().anyMatch(text -> !text.isEmpty()))
        .toList();
  }

  /** What stands on one side alone: predictions of other splits fit the dataset, if not a row. */
  private void noteUnmatched() {
    List<String> rows = samples.notPredicted();
    note(rows.size(), "%d of %d rows have no prediction, %s", samples.size(), such(rows));
    note(
        strangers.size(),
        "%d of %d predicted photos are not in the dataset, %s: not used",
        predictions.size(),
        such(strangers));
  }

  /** Adds a note that begins with a count, unless that is 0. */
  private void note(long count, String text, Object... more) {
    if (count > 0) {
      notes.add(text.formatted(Stream.concat(Stream.of(count), Arrays.stream(more)).toArray()));
    }
  }

  private static String such(List<String> names) {
    return "such as " + String.join(", ", names.subList(0, Math.min(EXAMPLES, names.size())));
  }

  private void noteLabels() {
    note(
        samples.foreignExpressions,
        "%d rows are annotated as contempt or other, for which the model has no output: left out");
    note(
        samples.foreignCompounds,
        "%d rows are annotated with a pair that is no category of Du et al.: left out");
    note(
        predictions.spareFaces(),
        "%d predicted faces stand beside another of a higher score in the same photo: not used");
    note(
        samples.categories.size(),
        "compound categories were predicted with the zero-shot rule among the %d that occur in the labels, weights: %s",
        options.relatedness().name());
  }

  /** Measurements of the rows whose photo is in no other split. */
  private Optional<Measurements> unique(ActionUnitThresholds thresholds) {
    Duplicates duplicates = Duplicates.exact(dataset, dataset.table());
    Set<Integer> leaked =
        duplicates.groups().stream()
            .filter(group -> group.stream().map(Duplicates.Member::split).distinct().count() > 1)
            .flatMap(group -> group.stream().map(Duplicates.Member::row))
            .collect(Collectors.toSet());
    int[] kept = samples.all(i -> !leaked.contains(samples.row[i]));
    long left = samples.size() - kept.length;
    notes.add("%d rows have the same pixels as a photo of another split".formatted(left));
    note(
        duplicates.unreadable(),
        "%d photos of the dataset could not be read and were not compared for duplicates");
    return kept.length == 0
        ? Optional.empty()
        : Optional.of(
            new Scorer(
                    samples,
                    kept,
                    thresholds,
                    options,
                    LabelScorer.of(options.bootstrap()),
                    new HashSet<>())
                .score(UNIQUE));
  }

  private List<Disagreement> disagreements() {
    return Arrays.stream(samples.all(samples::hasExpression))
        .filter(i -> samples.expression[i] != samples.readExpression[i])
        .mapToObj(
            i ->
                new Disagreement(
                    samples.row[i],
                    samples.input.get(i),
                    Expression.ALL.get(samples.expression[i]),
                    Expression.ALL.get(samples.readExpression[i]),
                    samples.probabilities[i][samples.readExpression[i]]))
        .filter(d -> !Double.isNaN(d.confidence()))
        .sorted(Comparator.comparingDouble(Disagreement::confidence).reversed())
        .toList();
  }

  private Map<String, String> provenance(
      String policy, ActionUnitThresholds thresholds, Measurements official) {
    Map<String, String> entries = new LinkedHashMap<>();
    entries.put("dataset", dataset.name());
    entries.put("dataset SHA-256", dataset.checksum());
    entries.put("rows", "%d (%s)".formatted(samples.size(), splits(samples)));
    if (!options.protocol().isEmpty()) {
      entries.put("protocol", options.protocol());
    }
    entries.putAll(predictions.provenance());
    if (official.units().isPresent()) {
      entries.put("thresholds", policy);
      entries.put("labelled unit active from", String.valueOf(EvaluationOptions.ACTIVE_FROM));
      if (!thresholds.unsupported().isEmpty()) {
        notes.add("no threshold could be chosen for " + thresholds.unsupported());
      }
    }
    Bootstrap bootstrap = options.bootstrap();
    entries.put(
        "intervals",
        "%.0f %%, percentile bootstrap, %d draws of %s, seed %d"
            .formatted(
                100 * bootstrap.level(), bootstrap.draws(), samples.drawn, bootstrap.seed()));
    entries.put("library", Provenance.currentLibrary());
    entries.put(
        "machine",
        "%s, %d processors, %s, Java %s"
            .formatted(
                System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name"),
                Runtime.version()));
    entries.put("time", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    return entries;
  }

  static String splits(JudgedRows samples) {
    return samples.splits().entrySet().stream()
        .map(e -> (e.getKey().isEmpty() ? "no official split" : e.getKey()) + " " + e.getValue())
        .collect(Collectors.joining(", "));
  }
}
