package org.affect4j.synthesis.facs;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
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

  private final Map<FacsUnit, List<Row>> units;
  private final List<Row> opening;
  private final List<Row> closure;
  private final List<Row> rest;

  private UnitTable(
      Map<FacsUnit, List<Row>> units, List<Row> opening, List<Row> closure, List<Row> rest) {
    this.units = units;
    this.opening = opening;
    this.closure = closure;
    this.rest = rest;
  }

  /**
   * Reads the table that comes with the library.
   *
   * @return the table
   */
  public static UnitTable bundled() {
    Map<FacsUnit, List<Row>> units = new EnumMap<>(FacsUnit.class);
    List<Row> opening = new ArrayList<>();
    List<Row> closure = new ArrayList<>();
    List<Row> rest = new ArrayList<>();
    for (String[] f : TableFile.rows(UnitTable.class, "units.tsv", 5)) {
      Row row = new Row(f[1], Double.parseDouble(f[2]), f[3].equals("approximate"), f[4]);
      switch (f[0]) {
        case "opening" -> opening.add(row);
        case "closure" -> closure.add(row);
        case "rest" -> rest.add(row);
        default -> units.computeIfAbsent(FacsUnit.valueOf(f[0]), u -> new ArrayList<>()).add(row);
      }
    }
    return new UnitTable(units, opening, closure, rest);
  }

  /**
   * Returns the rows of a unit.
   *
   * @param unit any unit
   * @return unmodifiable list; empty for AU25, which is set by the gap of the lips
   */
  public List<Row> rows(FacsUnit unit) {
    return List.copyOf(units.getOrDefault(unit, List.of()));
  }

  /**
   * Tells whether any part of a unit was combined by us instead of sculpted.
   *
   * @param unit any unit
   * @return true for AU06, AU07, AU11, AU23, AU24 and AU25
   */
  public boolean isApproximate(FacsUnit unit) {
    return (unit == FacsUnit.AU25 ? opening : rows(unit)).stream().anyMatch(Row::approximate);
  }

  /** Returns the weights that part the lips, of which as much is added as AU25 asks for. */
  public List<Row> opening() {
    return List.copyOf(opening);
  }

  /** Returns the weights that hold the lips together at rest. */
  public List<Row> closure() {
    return List.copyOf(closure);
  }

  /** Returns the weights that wake the neutral face; closed eyes take them back. */
  public List<Row> rest() {
    return List.copyOf(rest);
  }
}
