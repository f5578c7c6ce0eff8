package org.affect4j.synthesis.facs;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.affect4j.synthesis.internal.common.TableFile;

/**
 * The readable table {@code units.tsv}: which blendshapes an action unit moves, how far, and
 * whether that is a direct or an approximate rendering. Immutable.
 */
public final class UnitTable {
  /**
   * One row.
   *
   * @param blendshape name; without {@code _L} or {@code _R} it stands for both sides
   * @param weight at intensity 1
   * @param approximate whether the movement was combined by us instead of sculpted
   * @param note what the row does
   */
  public record Row(String blendshape, double weight, boolean approximate, String note) {}

  /** By the name of a unit, or what else the rows are for. */
  private final Map<String, List<Row>> rows;

  private UnitTable(Map<String, List<Row>> rows) {
    this.rows = rows;
  }

  /**
   * Reads the table that comes with the library.
   *
   * @return the table
   */
  public static UnitTable bundled() {
    return new UnitTable(
        TableFile.rows(UnitTable.class, "units.tsv", 5).stream()
            .collect(
                Collectors.groupingBy(
                    f -> f[0],
                    Collectors.mapping(
                        f ->
                            new Row(
                                f[1], Double.parseDouble(f[2]), f[3].equals("approximate"), f[4]),
                        Collectors.toUnmodifiableList()))));
  }

  /**
   * Returns the rows of a unit.
   *
   * @param unit any unit
   * @return unmodifiable list; empty for AU25, which is set by the gap of the lips
   */
  public List<Row> rows(FacsUnit unit) {
    return rows.getOrDefault(unit.name(), List.of());
  }

  /**
   * Tells whether any part of a unit was combined by us instead of sculpted.
   *
   * @param unit any unit
   * @return true for AU06, AU07, AU11, AU23, AU24 and AU25
   */
  public boolean isApproximate(FacsUnit unit) {
    return (unit == FacsUnit.AU25 ? opening() : rows(unit)).stream().anyMatch(Row::approximate);
  }

  /** Returns the weights that part the lips, of which as much is added as AU25 asks for. */
  public List<Row> opening() {
    return rows.get("opening");
  }

  /** Returns the weights that hold the lips together at rest. */
  public List<Row> closure() {
    return rows.get("closure");
  }

  /** Returns the weights that wake the neutral face; closed eyes take them back. */
  public List<Row> rest() {
    return rows.get("rest");
  }
}
