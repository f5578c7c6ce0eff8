package org.affect4j.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.affect4j.dataset.LoadReport.Kind;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Age, gender and race from a list beside a dataset, such as those of Behaviour4All's new
 * partitions, joined by the name of the photo. Immutable.
 */
public final class DemographicOverlay {
  private static final String[] COLUMNS = {"age", "gender", "race"};

  private final Map<String, String[]> people;
  private final LoadReport report;
  private final String checksum;

  private DemographicOverlay(Map<String, String[]> people, LoadReport report, String checksum) {
    this.people = people;
    this.report = report;
    this.checksum = checksum;
  }

  /**
   * Reads a CSV with columns {@code name, age, gender, race}; further columns are not looked at.
   *
   * @param csv the list
   * @return an overlay that leaves splits as they are
   * @throws IOException if the list cannot be read or lacks one of the columns
   */
  public static DemographicOverlay read(Path csv) throws IOException {
    return read(csv, "");
  }

  /**
   * Reads the list of one split of a new partition.
   *
   * @param csv the list
   * @param split what the column {@code split} becomes for the listed photos
   * @return the overlay
   * @throws IOException if the list cannot be read or lacks one of the columns
   */
  public static DemographicOverlay read(Path csv, String split) throws IOException {
    Map<String, String[]> people = new HashMap<>();
    // Rows go through the loader too, so that repetitions and the checksum are the same as ever.
    LabelReader loading = new LabelReader("demographics", csv, ImageStore.none());
    try (Rows rows = loading.csv(LabelReader.require(csv, "a list with name, age, gender, race"))) {
      int name = rows.column("name");
      int[] columns = new int[COLUMNS.length];
      for (int i = 0; i < columns.length; i++) {
        columns[i] = rows.column(COLUMNS[i]);
      }
      while (rows.next()) {
        String[] person = {rows.get(columns[0]), rows.get(columns[1]), rows.get(columns[2]), split};
        people.putIfAbsent(rows.get(name), person);
        loading.start(rows.get(name));
        loading.add();
      }
    }
    AffectDataset read = loading.finish(false);
    return new DemographicOverlay(people, read.report(), read.checksum());
  }

  /**
   * Joins two overlays, such as those of two splits.
   *
   * @param other an overlay of other photos
   * @return both
   * @throws IllegalArgumentException if a photo is in both
   */
  public DemographicOverlay and(DemographicOverlay other) {
    Map<String, String[]> both = new HashMap<>(people);
    both.putAll(other.people);
    if (both.size() < people.size() + other.people.size()) {
      Set<String> shared = new HashSet<>(people.keySet());
      shared.retainAll(other.people.keySet());
      throw new IllegalArgumentException(
          "%d photos are in both lists, such as %s; splits must not overlap"
              .formatted(shared.size(), shared.iterator().next()));
    }
    LoadReport.Builder joined = new LoadReport.Builder();
    joined.addAll(report);
    joined.addAll(other.report);
    return new DemographicOverlay(
        both, joined.build("demographics", both.size()), checksum + "+" + other.checksum);
  }

  /**
   * Fills the columns age, gender and race of a dataset, and its split where the overlay has one. A
   * photo is found by its whole name, or else by the part after the last slash. What the overlay
   * says replaces what the dataset says; that, and photos without a match, stand in the report.
   *
   * @param dataset a dataset of one of this package's loaders
   * @return the same photos with those columns
   * @throws IllegalArgumentException if the dataset is of another kind, or no photo was found
   */
  public AffectDataset applyTo(AffectDataset dataset) {
    if (!(dataset instanceof LoadedDataset loaded)) {
      throw new IllegalArgumentException(
          "an overlay needs a dataset of this package, got " + dataset.getClass());
    }
    Table table = dataset.table();
    LoadReport.Builder findings = new LoadReport.Builder();
    findings.addAll(dataset.report());
    findings.addAll(report);
    Map<String, Integer> uses = new HashMap<>();
    Set<String> unused = new TreeSet<>(people.keySet());
    StringColumn image = table.stringColumn("image");
    int joined = 0;
    for (int row = 0; row < table.rowCount(); row++) {
      String name = image.get(row);
      String key = people.containsKey(name) ? name : name.substring(name.lastIndexOf('/') + 1);
      String[] person = people.get(key);
      if (person == null) {
        findings.add(Kind.NOTED, "photo is not in the demographic list", name);
        continue;
      }
      joined++;
      unused.remove(key);
      if (!key.equals(name) && uses.merge(key, 1, Integer::sum) > 1) {
        throw new IllegalArgumentException(
            "'%s' of the demographic list fits several photos of %s; give whole paths there"
                .formatted(key, dataset.name()));
      }
      for (int i = 0; i < COLUMNS.length; i++) {
        set(table.stringColumn(COLUMNS[i]), row, person[i], name, findings);
      }
      set(table.stringColumn("split"), row, person[COLUMNS.length], name, findings);
    }
    if (joined == 0) {
      throw new IllegalArgumentException(
          "no photo of %s is in the demographic list; its names look like '%s', the dataset's like '%s'"
              .formatted(
                  dataset.name(),
                  people.keySet().stream().findFirst().orElse(""),
                  table.rowCount() > 0 ? image.get(0) : ""));
    }
    for (String name : unused) {
      findings.add(Kind.NOTED, "name of the demographic list is not in the dataset", name);
    }
    return loaded.with(
        table,
        findings.build(dataset.name(), table.rowCount()),
        dataset.checksum() + "+" + checksum);
  }

  private static void set(
      StringColumn column, int row, String value, String name, LoadReport.Builder findings) {
    if (value.isEmpty()) {
      return;
    }
    String before = column.get(row);
    if (!before.isEmpty() && !before.equals(value)) {
      findings.add(
          Kind.NOTED, column.name() + " of the dataset was replaced by the overlay's", name);
    }
    column.set(row, value);
  }
}
