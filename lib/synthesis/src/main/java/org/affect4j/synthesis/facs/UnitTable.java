package org.affect4j.synthesis.facs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

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
    for (String[] f : rows("units.tsv", 5)) {
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

  List<Row> opening() {
    return List.copyOf(opening);
  }

  List<Row> closure() {
    return List.copyOf(closure);
  }

  List<Row> rest() {
    return List.copyOf(rest);
  }

  /** Reads the fields of a table among this package's resources, without comments. */
  static List<String[]> rows(String resource, int fields) {
    List<String[]> rows = new ArrayList<>();
    try (InputStream in = UnitTable.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the library is incomplete: it lacks " + resource);
      }
      BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (!line.isBlank() && !line.startsWith("#")) {
          String[] f = line.split("\t");
          if (f.length != fields) {
            throw new IllegalStateException(
                "%s: expected %d fields in '%s', got %d"
                    .formatted(resource, fields, line, f.length));
          }
          rows.add(f);
        }
      }
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
