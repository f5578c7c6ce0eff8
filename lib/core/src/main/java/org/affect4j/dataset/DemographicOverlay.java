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

  private final AffectDataset people;

  private DemographicOverlay(AffectDataset people) {
    this.people = people;
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
    loading.read(
        LabelPlaces.require(csv, "a list with name, age, gender, race"),
        rows ->
            loading
                .start(rows.get("name"))
                .split(split)
                .set("age", rows.get("age"))
                .set("gender", rows.get("gender"))
                .set("race", rows.get("race")));
    return new DemographicOverlay(loading.finish(false));
  }

  /**
   * Joins two overlays, such as those of two splits.
   *
   * @param other an overlay of other photos
   * @return both
   * @throws IllegalArgumentException if a photo is in both
   */
  public DemographicOverlay and(DemographicOverlay other) {
    Set<String> shared = new HashSet<>(people.table().texts(FaceColumns.INPUT));
    shared.retainAll(other.people.table().texts(FaceColumns.INPUT));
    if (!shared.isEmpty()) {
      throw new IllegalArgumentException(
          "%d photos are in both lists, such as %s; splits must not overlap"
              .formatted(shared.size(), shared.iterator().next()));
    }
    FaceTable both = people.table().append(other.people.table());
    return new DemographicOverlay(
        new LoadedDataset(
            people.name(),
            people.root(),
            both,
            LoadReport.Builder.of(people, other.people).build(people.name(), both.size()),
            people.checksum() + "+" + other.people.checksum(),
            false,
            people.firstFrame(),
            people::photo));
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
    FaceTable listed = people.table();
    LoadReport.Builder findings = LoadReport.Builder.of(dataset, people);
    List<OptionalInt> partners = FaceNames.of(listed).find(table);
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
              .formatted(dataset.name(), name(listed, 0), name(table, 0)));
    }
    for (int row = 0; row < listed.size(); row++) {
      if (!used.contains(row)) {
        findings.add(
            Kind.NOTED, "name of the demographic list is not in the dataset", name(listed, row));
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
        dataset.checksum() + "+" + people.checksum(),
        dataset.holdsCrops(),
        dataset.firstFrame(),
        dataset::photo);
  }

  private StringColumn filled(
      String column, FaceTable table, List<OptionalInt> partners, LoadReport.Builder findings) {
    List<String> values = new ArrayList<>(table.texts(column));
    for (int row = 0; row < values.size(); row++) {
      String before = values.get(row);
      String after =
          partners.get(row).stream()
              .mapToObj(partner -> people.table().text(partner, column).orElse(""))
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
