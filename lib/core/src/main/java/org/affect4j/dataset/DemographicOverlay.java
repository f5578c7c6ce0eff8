package org.affect4j.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.affect4j.dataset.LoadReport.Kind;
import org.affect4j.table.FaceColumns;
import org.affect4j.table.FaceNames;
import org.affect4j.table.FaceTable;
import tech.tablesaw.api.StringColumn;

/**
 * Age, gender and race from a list beside a dataset, such as those of Behaviour4All's new
 * partitions, joined by the name of the photo. Immutable.
 */
public final class DemographicOverlay {
  private static final List<String> COLUMNS = List.of("age", "gender", "race", FaceColumns.SPLIT);

  private final FaceTable people;
  private final LoadReport report;
  private final String checksum;

  private DemographicOverlay(FaceTable people, LoadReport report, String checksum) {
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
    LabelReader loading = new LabelReader("demographics", csv, ImageStore.none());
    try (Rows rows = loading.csv(LabelPlaces.require(csv, "a list with name, age, gender, race"))) {
      int name = rows.column("name");
      int age = rows.column("age");
      int gender = rows.column("gender");
      int race = rows.column("race");
      while (rows.next()) {
        loading
            .start(rows.get(name))
            .split(split)
            .age(rows.get(age))
            .gender(rows.get(gender))
            .race(rows.get(race));
        loading.add();
      }
    }
    AffectDataset read = loading.finish(false);
    return new DemographicOverlay(read.table(), read.report(), read.checksum());
  }

  /**
   * Joins two overlays, such as those of two splits.
   *
   * @param other an overlay of other photos
   * @return both
   * @throws IllegalArgumentException if a photo is in both
   */
  public DemographicOverlay and(DemographicOverlay other) {
    Set<String> shared = new HashSet<>(people.texts(FaceColumns.INPUT));
    shared.retainAll(other.people.texts(FaceColumns.INPUT));
    if (!shared.isEmpty()) {
      throw new IllegalArgumentException(
          "%d photos are in both lists, such as %s; splits must not overlap"
              .formatted(shared.size(), shared.iterator().next()));
    }
    FaceTable both = people.append(other.people);
    LoadReport.Builder joined = new LoadReport.Builder();
    joined.addAll(report);
    joined.addAll(other.report);
    return new DemographicOverlay(
        both, joined.build("demographics", both.size()), checksum + "+" + other.checksum);
  }

  /**
   * Fills the columns age, gender and race of a dataset, and its split where the overlay has one.
   * Photos are found by {@link FaceNames}. What the overlay says replaces what the dataset says;
   * that, and photos without a match, stand in the report.
   *
   * @param dataset any dataset
   * @return the same photos with those columns
   * @throws IllegalArgumentException if no photo was found
   */
  public AffectDataset applyTo(AffectDataset dataset) {
    FaceTable table = dataset.table();
    LoadReport.Builder findings = new LoadReport.Builder();
    findings.addAll(dataset.report());
    findings.addAll(report);
    List<OptionalInt> partners = FaceNames.of(people).find(table);
    Set<Integer> used = new HashSet<>();
    for (int row = 0; row < table.size(); row++) {
      if (partners.get(row).isEmpty()) {
        findings.add(Kind.NOTED, "photo is not in the demographic list", name(table, row));
      } else {
        used.add(partners.get(row).getAsInt());
      }
    }
    if (used.isEmpty()) {
      throw new IllegalArgumentException(
          "no photo of %s is in the demographic list, or several share a name there; its names look like '%s', the dataset's like '%s'"
              .formatted(dataset.name(), name(people, 0), name(table, 0)));
    }
    for (int row = 0; row < people.size(); row++) {
      if (!used.contains(row)) {
        findings.add(
            Kind.NOTED, "name of the demographic list is not in the dataset", name(people, row));
      }
    }
    for (String column : COLUMNS) {
      table = table.with(filled(column, table, partners, findings));
    }
    return new LoadedDataset(
        dataset.name(),
        dataset.root(),
        table,
        findings.build(dataset.name(), table.size()),
        dataset.checksum() + "+" + checksum,
        dataset.holdsCrops(),
        dataset::photo);
  }

  private StringColumn filled(
      String column, FaceTable table, List<OptionalInt> partners, LoadReport.Builder findings) {
    List<String> values = new ArrayList<>(table.texts(column));
    for (int row = 0; row < values.size(); row++) {
      String before = values.get(row);
      String after =
          partners.get(row).stream()
              .mapToObj(partner -> people.text(partner, column).orElse(""))
              .filter(text -> !text.isEmpty())
              .findFirst()
              .orElse(before);
      if (!before.isEmpty() && !before.equals(after)) {
        findings.add(
            Kind.NOTED, column + " of the dataset was replaced by the overlay's", name(table, row));
      }
      values.set(row, after);
    }
    return StringColumn.create(column, values);
  }

  private static String name(FaceTable table, int row) {
    return table.text(row, FaceColumns.INPUT).orElse("");
  }
}
