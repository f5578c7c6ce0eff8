package org.affect4j.evaluate;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
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
import org.affect4j.dataset.AffectDataset;
import org.affect4j.dataset.Fold;
import org.affect4j.explore.Duplicates;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.Expression;
import org.affect4j.metric.ActionUnitThresholds;
import org.affect4j.metric.Bootstrap;
import org.affect4j.metric.FairnessAudit;
import org.affect4j.metric.MetricResult;
import org.affect4j.table.FaceColumns;
import org.affect4j.table.FaceTable;
import org.affect4j.table.Provenance;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * A model measured on a dataset. Rows whose face was not read are counted, and stand beside the
 * figures; they are never dropped in silence.
 *
 * <p>Intervals resample persons where every row names one, else rows. Immutable.
 */
public final class Evaluation implements MetricResult {
  private static final String ALL = "all rows";
  private static final int EXAMPLES = 3;
  private static final String UNIQUE = "without duplicates";

  private final AffectDataset dataset;
  private final Measurements official;
  private final Optional<Measurements> unique;
  private final List<Disagreement> disagreements;
  private final List<String> notes;
  private final Map<String, String> provenance;
  private final double[][] affect;

  private Evaluation(
      AffectDataset dataset,
      Measurements official,
      Optional<Measurements> unique,
      List<Disagreement> disagreements,
      Set<String> notes,
      Map<String, String> provenance,
      double[][] affect) {
    this.dataset = dataset;
    this.official = official;
    this.unique = unique;
    this.disagreements = List.copyOf(disagreements);
    this.notes = List.copyOf(notes);
    this.provenance = Collections.unmodifiableMap(new LinkedHashMap<>(provenance));
    this.affect = affect;
  }

  /**
   * Compares predictions with labels; every action unit counts as active from the same threshold.
   *
   * @param dataset the dataset
   * @param rows the rows to judge by: its table, or a filtered part that kept all columns of {@link
   *     FaceColumns#DATASET}; further columns may be named as attributes
   * @param predictions what the model said of them
   * @param options how to measure
   * @return the figures
   * @throws IllegalArgumentException if there are no rows, no prediction fits, no label can be
   *     compared, or an attribute is missing
   */
  public static Evaluation of(
      AffectDataset dataset, FaceTable rows, Predictions predictions, EvaluationOptions options) {
    return new Work(dataset, rows, predictions, options)
        .evaluate(
            ActionUnitThresholds.fixed(options.threshold()),
            "%s for all action units".formatted(options.threshold()));
  }

  /**
   * Compares predictions with labels; the threshold of each action unit is the one with the highest
   * F1 on validation rows ({@link ActionUnitThresholds#chosenOn}).
   *
   * @param dataset the dataset
   * @param rows the rows to judge by, as in {@link #of(AffectDataset, FaceTable, Predictions,
   *     EvaluationOptions)}
   * @param validation other rows of the same dataset, on which thresholds are chosen
   * @param predictions what the model said of both
   * @param options how to measure
   * @return the figures over {@code rows}
   * @throws IllegalArgumentException as above, or if a row is in both parts, or no action unit can
   *     be compared on the validation rows
   */
  public static Evaluation of(
      AffectDataset dataset,
      FaceTable rows,
      FaceTable validation,
      Predictions predictions,
      EvaluationOptions options) {
    Work work = new Work(dataset, rows, predictions, options);
    Set<Integer> both = numbers(rows);
    both.retainAll(numbers(validation));
    if (!both.isEmpty()) {
      throw new IllegalArgumentException(
          "%d rows are in the test part and in the validation part; thresholds chosen on what they are judged by look better than they are"
              .formatted(both.size()));
    }
    List<String> people = new Fold("", rows, validation).sharedSubjects();
    if (!people.isEmpty()) {
      work.notes.add(
          "%d persons are in the test part and in the validation part".formatted(people.size()));
    }
    JudgedRows samples =
        new JudgedRows(validation, predictions, work.matches, options.relatedness());
    int[] coded = samples.all(samples::hasUnits);
    if (coded.length == 0) {
      throw new IllegalArgumentException(
          "none of the %d validation rows has an action unit that is annotated and predicted; leave the validation part out, or predict it too"
              .formatted(samples.size()));
    }
    ActionUnitThresholds chosen =
        ActionUnitThresholds.chosenOn(
            ActionUnit.ALL,
            samples.pick(samples.units, coded),
            samples.pick(samples.readUnits, coded));
    return work.evaluate(
        chosen,
        "highest F1 on %d validation rows (%s): %s"
            .formatted(coded.length, splits(samples), chosen));
  }

  private static Set<Integer> numbers(FaceTable rows) {
    return Arrays.stream(rows.rowNumbers()).boxed().collect(Collectors.toSet());
  }

  private static String splits(JudgedRows samples) {
    return samples.splits().entrySet().stream()
        .map(e -> (e.getKey().isEmpty() ? "no official split" : e.getKey()) + " " + e.getValue())
        .collect(Collectors.joining(", "));
  }

  /** One evaluation under way. */
  private static final class Work {
    private final AffectDataset dataset;
    private final Predictions predictions;
    private final EvaluationOptions options;
    private final JudgedRows samples;
    private final List<OptionalInt> matches;
    private final List<String> strangers;
    private final Set<String> notes = new LinkedHashSet<>();

    Work(
        AffectDataset dataset, FaceTable rows, Predictions predictions, EvaluationOptions options) {
      this.dataset = dataset;
      this.predictions = predictions;
      this.options = options;
      if (rows.size() == 0) {
        throw new IllegalArgumentException("there are no rows to judge by");
      }
      matches = predictions.match(dataset);
      strangers = predictions.strangers(matches);
      samples = new JudgedRows(rows, predictions, matches, options.relatedness());
      long read = samples.coverage(samples.all(i -> true)).get("not_predicted");
      if (read == samples.size()) {
        throw new IllegalArgumentException(
            "none of the %d rows has a prediction: rows are named %s; the %d predictions that fit no row %s"
                .formatted(samples.size(), such(samples.input), strangers.size(), such(strangers)));
      }
    }

    Evaluation evaluate(ActionUnitThresholds thresholds, String policy) {
      noteUnmatched();
      noteLabels();
      Measurements official =
          new Scorer(samples, samples.all(i -> true), thresholds, options, notes).score(ALL);
      if (official.figures().isEmpty()) {
        throw new IllegalArgumentException(
            "no row of %d has a label and a prediction of the same task; labelled are %s, and %s"
                .formatted(samples.size(), labelled(), official.coverage()));
      }
      Optional<Measurements> unique = options.deduplicate() ? unique(thresholds) : Optional.empty();
      int[] rated =
          samples.all(
              i -> samples.valence.get(i).isPresent() && samples.arousal.get(i).isPresent());
      return new Evaluation(
          dataset,
          official,
          unique,
          disagreements(),
          notes,
          provenance(policy, thresholds, official),
          new double[][] {
            samples.pick(samples.valence, rated),
            samples.pick(samples.arousal, rated),
            samples.pick(samples.readValence, rated),
            samples.pick(samples.readArousal, rated)
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
      if (!rows.isEmpty()) {
        notes.add(
            "%d of %d rows have no prediction, %s"
                .formatted(rows.size(), samples.size(), such(rows)));
      }
      if (!strangers.isEmpty()) {
        notes.add(
            "%d of %d predicted photos are not in the dataset, %s: not used"
                .formatted(strangers.size(), predictions.size(), such(strangers)));
      }
    }

    private static String such(List<String> names) {
      return "such as " + String.join(", ", names.subList(0, Math.min(EXAMPLES, names.size())));
    }

    private void noteLabels() {
      if (samples.foreignExpressions > 0) {
        notes.add(
            "%d rows are annotated as contempt or other, for which the model has no output: left out"
                .formatted(samples.foreignExpressions));
      }
      if (samples.foreignCompounds > 0) {
        notes.add(
            "%d rows are annotated with a pair that is no category of Du et al.: left out"
                .formatted(samples.foreignCompounds));
      }
      if (predictions.spareFaces() > 0) {
        notes.add(
            "%d predicted faces stand beside another of a higher score in the same photo: not used"
                .formatted(predictions.spareFaces()));
      }
      if (samples.categories.size() > 0) {
        notes.add(
            "compound categories were predicted with the zero-shot rule among the %d that occur in the labels, weights: %s"
                .formatted(samples.categories.size(), options.relatedness().name()));
      }
    }

    /** Measurements of the rows whose photo is in no other split. */
    private Optional<Measurements> unique(ActionUnitThresholds thresholds) {
      Duplicates duplicates = Duplicates.exact(dataset, dataset.table());
      Set<Integer> leaked = new HashSet<>();
      for (List<Duplicates.Member> group : duplicates.groups()) {
        for (Duplicates.Member member : group) {
          if (group.stream().anyMatch(m -> !m.split().equals(member.split()))) {
            leaked.add(member.row());
          }
        }
      }
      int[] kept = samples.all(i -> !leaked.contains(samples.row[i]));
      long left = samples.size() - kept.length;
      notes.add("%d rows have the same pixels as a photo of another split".formatted(left));
      if (duplicates.unreadable() > 0) {
        notes.add(
            "%d photos of the dataset could not be read and were not compared for duplicates"
                .formatted(duplicates.unreadable()));
      }
      return kept.length == 0
          ? Optional.empty()
          : Optional.of(
              new Scorer(samples, kept, thresholds, options, new HashSet<>()).score(UNIQUE));
    }

    private List<Disagreement> disagreements() {
      return IntStream.range(0, samples.size())
          .filter(
              i ->
                  samples.expression.get(i).isPresent()
                      && samples.readExpression.get(i).isPresent()
                      && !samples.expression.get(i).equals(samples.readExpression.get(i)))
          .mapToObj(
              i ->
                  new Disagreement(
                      samples.row[i],
                      samples.input.get(i),
                      Expression.ALL.get(samples.expression.get(i).orElseThrow()),
                      Expression.ALL.get(samples.readExpression.get(i).orElseThrow()),
                      samples.probabilities[i][samples.readExpression.get(i).orElseThrow()]))
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
                  100 * bootstrap.level(),
                  bootstrap.draws(),
                  samples.personsAreNamed ? "persons" : "rows",
                  bootstrap.seed()));
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
  }

  /**
   * Returns the dataset that was judged by.
   *
   * @return the dataset
   */
  public AffectDataset dataset() {
    return dataset;
  }

  /**
   * Returns the figures over all rows: the official protocol.
   *
   * @return the figures
   */
  public Measurements scores() {
    return official;
  }

  /**
   * Returns the figures over the rows whose photo occurs in no other split.
   *
   * @return the figures; empty if they were not asked for, or no row is left
   */
  public Optional<Measurements> scoresWithoutDuplicates() {
    return unique;
  }

  /**
   * Returns the faces whose expression the model contradicts, the most confident first.
   *
   * @return unmodifiable list; empty where the predictions have no probabilities
   */
  public List<Disagreement> disagreements() {
    return disagreements;
  }

  /**
   * Returns what has to be known to read the figures.
   *
   * @return sentences, unmodifiable
   */
  public List<String> notes() {
    return notes;
  }

  /**
   * Returns how the figures came about: dataset and model with their checksums, rows, thresholds,
   * seed, version and machine.
   *
   * @return name and value of each entry, unmodifiable
   */
  public Map<String, String> provenance() {
    return provenance;
  }

  /**
   * Returns annotated and predicted valence and arousal of the rows that have both.
   *
   * @return a copy: annotated valence, annotated arousal, predicted valence, predicted arousal
   */
  public double[][] valenceArousal() {
    return Arrays.stream(affect).map(double[]::clone).toArray(double[][]::new);
  }

  /**
   * Returns one row per figure: {@code rows, task, measure, of, value, low, high, level, n, note}.
   */
  @Override
  public Table table() {
    Table table =
        Table.create(
            "evaluation",
            StringColumn.create("rows"),
            StringColumn.create("task"),
            StringColumn.create("measure"),
            StringColumn.create("of"),
            DoubleColumn.create("value"),
            DoubleColumn.create("low"),
            DoubleColumn.create("high"),
            DoubleColumn.create("level"),
            LongColumn.create("n"),
            StringColumn.create("note"));
    List<Measurements> all = new ArrayList<>(List.of(official));
    unique.ifPresent(all::add);
    for (Measurements scores : all) {
      for (Measurement f : scores.figures()) {
        table.stringColumn("rows").append(scores.rows());
        table.stringColumn("task").append(f.task());
        table.stringColumn("measure").append(f.measure());
        table.stringColumn("of").append(f.of());
        table.doubleColumn("value").append(f.value().estimate());
        table.doubleColumn("low").append(f.value().low());
        table.doubleColumn("high").append(f.value().high());
        table.doubleColumn("level").append(f.value().level());
        table.longColumn("n").append(f.n());
        table.stringColumn("note").append(f.note());
      }
    }
    return table;
  }

  /** Returns the figures of each task as a whole, the verdicts and the notes as lines of text. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(
        "%s, %d rows: %s%n".formatted(dataset.name(), official.count(), coverage(official)));
    append(text, official);
    unique.ifPresent(
        scores -> {
          text.append(
              "%s, %d rows: %s%n".formatted(scores.rows(), scores.count(), coverage(scores)));
          append(text, scores);
        });
    notes.forEach(note -> text.append("note: ").append(note).append(System.lineSeparator()));
    return text.toString().stripTrailing();
  }

  private static void append(StringBuilder text, Measurements scores) {
    scores.figures().stream()
        .filter(
            f ->
                f.of().isEmpty()
                    || f.task().equals(Scorer.AFFECT) && f.measure().equals("CCC")
                    || f.task().equals(Scorer.FAIRNESS) && !f.measure().contains("value"))
        .forEach(f -> text.append("  ").append(f).append(System.lineSeparator()));
  }

  private static String coverage(Measurements scores) {
    return scores.coverage().entrySet().stream()
        .filter(e -> e.getValue() > 0)
        .map(e -> e.getValue() + " " + e.getKey())
        .collect(Collectors.joining(", "));
  }

  /**
   * Returns the audits of all attributes.
   *
   * @return unmodifiable list, empty where no attribute has two groups
   */
  public List<FairnessAudit> fairness() {
    return official.fairness();
  }
}
