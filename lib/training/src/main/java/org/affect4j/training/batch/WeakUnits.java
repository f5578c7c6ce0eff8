package org.affect4j.training.batch;

import java.util.Arrays;
import org.affect4j.face.ActionUnit;

/**
 * What a weak teacher says of the action units of the faces of a set. They are learned by an output
 * of their own, so that the units themselves keep to better labels.
 *
 * @param teacher says who teaches: another one changes the run
 * @param units activity of each unit in the order of {@link ActionUnit#ALL}, 0 to 1 or NaN, a row
 *     for each face of the set
 */
public record WeakUnits(String teacher, float[][] units) {
  /** Copies the rows and checks them. */
  public WeakUnits {
    units = copy(units);
    for (float[] row : units) {
      boolean outside = false;
      for (float unit : row) {
        outside |= unit < 0 || unit > 1;
      }
      if (row.length != ActionUnit.COUNT || outside) {
        throw new IllegalArgumentException(
            "expected %d units of 0 to 1, or NaN, for each face, got %s"
                .formatted(ActionUnit.COUNT, Arrays.toString(row)));
      }
    }
  }

  private static float[][] copy(float[][] rows) {
    return Arrays.stream(rows).map(float[]::clone).toArray(float[][]::new);
  }

  /**
   * Returns the units.
   *
   * @return a copy
   */
  @Override
  public float[][] units() {
    return copy(units);
  }

  /** Faces that are taught. */
  int size() {
    return units.length;
  }

  /** Writes the units of a face. */
  void put(int face, float[] into, int from) {
    System.arraycopy(units[face], 0, into, from, ActionUnit.COUNT);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof WeakUnits that
        && teacher.equals(that.teacher)
        && Arrays.deepEquals(units, that.units);
  }

  @Override
  public int hashCode() {
    return 31 * teacher.hashCode() + Arrays.deepHashCode(units);
  }

  @Override
  public String toString() {
    return "%s of %d faces".formatted(teacher, units.length);
  }
}
