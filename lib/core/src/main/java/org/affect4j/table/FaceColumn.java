package org.affect4j.table;

import java.math.BigDecimal;
import java.math.RoundingMode;
import tech.tablesaw.api.ColumnType;

/**
 * A column of {@link FaceTable}. A value that is missing is an empty cell in a file, and an empty
 * {@code Optional} in Java.
 *
 * @param name as in headers
 * @param type text, whole number or number
 * @param decimals how many a file keeps; 0 for texts and whole numbers
 * @param meaning what it says, with range and unit
 */
public record FaceColumn(String name, ColumnType type, int decimals, String meaning) {
  static FaceColumn text(String name, String meaning) {
    return new FaceColumn(name, ColumnType.STRING, 0, meaning);
  }

  static FaceColumn whole(String name, String meaning) {
    return new FaceColumn(name, ColumnType.INTEGER, 0, meaning);
  }

  static FaceColumn number(String name, int decimals, String meaning) {
    return new FaceColumn(name, ColumnType.DOUBLE, decimals, meaning);
  }

  /**
   * Writes a number as it stands in files.
   *
   * @param value a finite number
   * @return the number with as many decimals as the column has
   */
  public String format(double value) {
    // Rounded as a whole number first, so that level eyes never give "-0.0".
    double written = name.equals(FaceColumns.ROLL) ? Math.round(10 * value) / 10.0 : value;
    // What "%.4f" gives, at a third of its time: hundreds of cells are written for every face.
    String text =
        BigDecimal.valueOf(written).setScale(decimals, RoundingMode.HALF_UP).toPlainString();
    boolean lostSign = Math.copySign(1, written) < 0 && text.charAt(0) != '-';
    return lostSign ? "-" + text : text;
  }
}
