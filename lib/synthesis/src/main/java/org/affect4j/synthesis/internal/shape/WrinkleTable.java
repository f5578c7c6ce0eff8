package org.affect4j.synthesis.internal.shape;

import java.util.List;
import org.affect4j.synthesis.facs.FacialAction;
import org.affect4j.synthesis.facs.FacsUnit;
import org.affect4j.synthesis.internal.common.TableFile;
import org.affect4j.synthesis.internal.geometry.WrinkleMaps;

/** The readable table {@code wrinkles.tsv}: how deep units and age make each crease. Immutable. */
public final class WrinkleTable {
  private static final String AGE = "age";

  private record Row(int map, boolean fromAge, int unitIndex, double weight) {}

  private final List<Row> rows;
  private final int maps;

  private WrinkleTable(List<Row> rows, int maps) {
    this.rows = rows;
    this.maps = maps;
  }

  /**
   * Reads the table that comes with the library.
   *
   * @param wrinkles the painted maps that it speaks of
   * @return the table
   */
  public static WrinkleTable bundled(WrinkleMaps wrinkles) {
    List<Row> rows =
        TableFile.rows(WrinkleTable.class, "wrinkles.tsv", 3).stream()
            .filter(f -> wrinkles.names().contains(f[0]))
            .map(
                f ->
                    new Row(
                        wrinkles.names().indexOf(f[0]),
                        f[1].equals(AGE),
                        f[1].equals(AGE) ? -1 : FacsUnit.valueOf(f[1]).ordinal(),
                        Double.parseDouble(f[2])))
            .toList();
    return new WrinkleTable(rows, wrinkles.names().size());
  }

  /**
   * Returns the depth of every crease on one side of the face.
   *
   * @param action what the face does
   * @param leftSide whether to take the person's left side
   * @param strength how strongly this skin folds, about 0 to 1.2
   * @param age how deep creases are at rest, 0 (young) to 1
   * @return one depth per map, 0 or more
   */
  public float[] depths(FacialAction action, boolean leftSide, double strength, double age) {
    float[] depths = new float[maps];
    for (Row row : rows) {
      if (row.fromAge) {
        depths[row.map] += (float) (age * row.weight);
      } else {
        FacsUnit unit = FacsUnit.ALL.get(row.unitIndex);
        double v = leftSide ? action.left(unit) : action.right(unit);
        depths[row.map] += (float) (strength * v * row.weight);
      }
    }
    return depths;
  }
}
