package org.affect4j.dataset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * What a loader read, left out and found odd. Nothing is repaired in silence: whatever differs from
 * a clean file stands here with its count.
 *
 * @param dataset name of the dataset
 * @param rows rows in the table
 * @param findings in the order in which they first occurred, unmodifiable
 */
public record LoadReport(String dataset, long rows, List<Finding> findings) {
  /** Copies the list. */
  public LoadReport {
    findings = List.copyOf(findings);
  }

  /** What happened to the sample. */
  public enum Kind {
    /** It is not in the table. */
    SKIPPED,
    /** It is in the table with this label missing. */
    MASKED,
    /** Nothing was left out, but it should be known. */
    NOTED;

    private String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * One finding.
   *
   * @param kind what happened
   * @param reason why, in words
   * @param count how often
   * @param examples the first few names, unmodifiable
   */
  public record Finding(Kind kind, String reason, long count, List<String> examples) {
    /** Copies the list. */
    public Finding {
      examples = List.copyOf(examples);
    }
  }

  /**
   * Makes the report of what two lists do not have in common.
   *
   * @param dataset what was joined
   * @param rows rows that were joined
   * @param skipped names that were left out, by the reason
   * @return one finding per reason, with its count and the first names
   */
  public static LoadReport ofSkipped(String dataset, long rows, Map<String, List<String>> skipped) {
    Builder builder = new Builder();
    skipped.forEach(
        (reason, names) -> names.forEach(name -> builder.add(Kind.SKIPPED, reason, name)));
    return builder.build(dataset, rows);
  }

  /**
   * Returns how many findings of a kind there are.
   *
   * @param kind the kind
   * @return sum of their counts
   */
  public long count(Kind kind) {
    return findings.stream().filter(f -> f.kind() == kind).mapToLong(Finding::count).sum();
  }

  /**
   * Returns the count of all findings whose reason contains a text.
   *
   * @param text part of a reason
   * @return sum of their counts, 0 if there is none
   */
  public long count(String text) {
    return findings.stream().filter(f -> f.reason().contains(text)).mapToLong(Finding::count).sum();
  }

  /**
   * Returns the findings as a table {@code kind, reason, count, examples}.
   *
   * @return a new table
   */
  public Table table() {
    return Table.create(
        dataset,
        StringColumn.create("kind", findings.stream().map(f -> f.kind().label()).toList()),
        StringColumn.create("reason", findings.stream().map(Finding::reason).toList()),
        LongColumn.create("count", findings.stream().mapToLong(Finding::count).toArray()),
        StringColumn.create(
            "examples", findings.stream().map(f -> String.join(", ", f.examples())).toList()));
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("%s: %,d rows".formatted(dataset, rows));
    for (Finding f : findings) {
      text.append(
          "%n  %s %,d: %s (such as %s)"
              .formatted(f.kind().label(), f.count(), f.reason(), String.join(", ", f.examples())));
    }
    return text.toString();
  }

  /** Collects findings while a dataset is read; for one thread. */
  static final class Builder {
    private static final int EXAMPLES = 5;

    /** Per kind, for a look-up without making a key: millions of labels may be masked. */
    private final List<Map<String, Tally>> tallies =
        Arrays.stream(Kind.values()).<Map<String, Tally>>map(k -> new LinkedHashMap<>()).toList();

    private final List<Tally> inOrder = new ArrayList<>();

    private record Tally(Kind kind, String reason, List<String> examples, LongAdder count) {}

    void add(Kind kind, String reason, String example) {
      Tally tally = tally(kind, reason);
      tally.count.increment();
      if (tally.examples.size() < EXAMPLES && !tally.examples.contains(example)) {
        tally.examples.add(example);
      }
    }

    private Tally tally(Kind kind, String reason) {
      return tallies
          .get(kind.ordinal())
          .computeIfAbsent(
              reason,
              r -> {
                Tally fresh = new Tally(kind, r, new ArrayList<>(), new LongAdder());
                inOrder.add(fresh);
                return fresh;
              });
    }

    /** What was found in two datasets that are joined. */
    static Builder of(AffectDataset one, AffectDataset other) {
      Builder builder = new Builder();
      for (LoadReport report : List.of(one.report(), other.report())) {
        for (Finding f : report.findings()) {
          Tally tally = builder.tally(f.kind(), f.reason());
          tally.count.add(f.count());
          tally.examples.addAll(f.examples());
        }
      }
      return builder;
    }

    LoadReport build(String dataset, long rows) {
      return new LoadReport(
          dataset,
          rows,
          inOrder.stream()
              .map(t -> new Finding(t.kind, t.reason, t.count.sum(), t.examples))
              .toList());
    }
  }
}
