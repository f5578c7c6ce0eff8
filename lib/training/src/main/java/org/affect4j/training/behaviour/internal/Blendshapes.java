package org.affect4j.training.behaviour.internal;

import static java.util.Map.entry;
import static org.affect4j.face.ActionUnit.AU01;
import static org.affect4j.face.ActionUnit.AU02;
import static org.affect4j.face.ActionUnit.AU04;
import static org.affect4j.face.ActionUnit.AU05;
import static org.affect4j.face.ActionUnit.AU07;
import static org.affect4j.face.ActionUnit.AU10;
import static org.affect4j.face.ActionUnit.AU12;
import static org.affect4j.face.ActionUnit.AU15;
import static org.affect4j.face.ActionUnit.AU17;
import static org.affect4j.face.ActionUnit.AU20;
import static org.affect4j.face.ActionUnit.AU24;
import static org.affect4j.face.ActionUnit.AU25;
import static org.affect4j.face.ActionUnit.AU26;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.affect4j.face.ActionUnit;
import org.affect4j.training.batch.CropLabels;
import org.affect4j.training.batch.CropSet;
import org.affect4j.training.batch.WeakUnits;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.Table;
import tech.tablesaw.io.csv.CsvReadOptions;

/**
 * Strengths of facial blendshapes in the names of ARKit, as published models of face landmarks give
 * them of photos: a weak teacher of action units. Cheek squint, nose sneer and pucker hardly ever
 * move in such models, so that AU6, AU9 and AU23 are left unknown.
 */
public final class Blendshapes {
  /** Shapes of which the largest mean of both sides is the unit. */
  private static final Map<ActionUnit, List<String>> SHAPES =
      Map.ofEntries(
          entry(AU01, List.of("browInnerUp")),
          entry(AU02, List.of("browOuterUp")),
          entry(AU04, List.of("browDown")),
          entry(AU05, List.of("eyeWide")),
          entry(AU07, List.of("eyeSquint")),
          entry(AU10, List.of("mouthUpperUp")),
          entry(AU12, List.of("mouthSmile")),
          entry(AU15, List.of("mouthFrown")),
          entry(AU17, List.of("mouthShrugLower")),
          entry(AU20, List.of("mouthStretch")),
          entry(AU24, List.of("mouthPress")),
          entry(AU25, List.of("jawOpen", "mouthLowerDown", "mouthUpperUp")),
          entry(AU26, List.of("jawOpen")));

  private static final int GZIP_MAGIC = 0x1f;

  private final Map<String, float[]> units;

  private Blendshapes(Map<String, float[]> units) {
    this.units = units;
  }

  /**
   * Reads tables of strengths.
   *
   * @param files CSV, may be compressed by gzip: column {@code file}, named as the faces of the
   *     sets, outer folders may be left out, and strengths of 0 to 1 by name, with {@code Left} and
   *     {@code Right} behind it where there are two; empty where no face was found
   * @return all of them
   * @throws IOException if a file cannot be read, or lacks a column
   * @throws IllegalArgumentException if a strength lies outside its range
   */
  public static Blendshapes read(List<Path> files) throws IOException {
    Map<String, float[]> units = new HashMap<>();
    for (Path file : files) {
      Table table = table(file);
      for (Row row : table) {
        if (!row.isMissing("browInnerUp")) {
          units.put(row.getString("file"), units(table, row, file));
        }
      }
    }
    return new Blendshapes(units);
  }

  private static Table table(Path file) throws IOException {
    try (InputStream plain = new BufferedInputStream(Files.newInputStream(file))) {
      plain.mark(1);
      int first = plain.read();
      plain.reset();
      InputStream in = first == GZIP_MAGIC ? new GZIPInputStream(plain) : plain;
      Table table =
          Table.read()
              .usingOptions(
                  CsvReadOptions.builder(in)
                      .columnTypes(
                          name -> name.equals("file") ? ColumnType.STRING : ColumnType.DOUBLE));
      Stream.concat(
              Stream.of("file"),
              SHAPES.values().stream()
                  .flatMap(List::stream)
                  .flatMap(shape -> sides(table, shape).stream()))
          .filter(column -> !table.containsColumn(column))
          .findAny()
          .ifPresent(
              column -> {
                throw new IllegalArgumentException("there is no column '" + column + "'");
              });
      return table;
    } catch (RuntimeException e) {
      throw new IOException(
          "%s is no table of blendshapes (CSV with file, browInnerUp, browDownLeft …): %s"
              .formatted(file, e.getMessage()),
          e);
    }
  }

  private static List<String> sides(Table table, String shape) {
    return table.containsColumn(shape + "Left")
        ? List.of(shape + "Left", shape + "Right")
        : List.of(shape);
  }

  private static float[] units(Table table, Row row, Path file) {
    float[] units = CropLabels.unknownUnits();
    SHAPES.forEach(
        (unit, shapes) ->
            units[unit.ordinal()] =
                (float)
                    shapes.stream()
                        .mapToDouble(
                            shape ->
                                sides(table, shape).stream()
                                    .mapToDouble(row::getDouble)
                                    .average()
                                    .orElseThrow())
                        .max()
                        .orElseThrow());
    for (float unit : units) {
      if (unit < 0 || unit > 1) {
        throw new IllegalArgumentException(
            "%s: strengths of '%s' lie outside 0 to 1".formatted(file, row.getString("file")));
      }
    }
    return units;
  }

  /**
   * Finds the faces of a set.
   *
   * @param set faces
   * @return their units, unknown for those that no table names
   * @throws IllegalArgumentException if none is named
   */
  public WeakUnits of(CropSet set) {
    float[][] rows = new float[set.size()][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = of(set.name(i));
    }
    long known = Stream.of(rows).filter(row -> !Float.isNaN(row[0])).count();
    if (known == 0) {
      throw new IllegalArgumentException(
          "no table of blendshapes names a face of %s; its first is '%s'"
              .formatted(set, set.name(0)));
    }
    return new WeakUnits("blendshapes %08x, %,d".formatted(Arrays.deepHashCode(rows), known), rows);
  }

  /** By the whole name, or without the folders that a table leaves out. */
  private float[] of(String name) {
    String rest = name;
    while (!units.containsKey(rest) && rest.indexOf('/') >= 0) {
      rest = rest.substring(rest.indexOf('/') + 1);
    }
    return units.getOrDefault(rest, CropLabels.unknownUnits());
  }
}
