package org.affect4j.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.affect4j.table.internal.Delimited;

/**
 * The rows of a file with named columns, one at a time. Names are compared without case, quotes and
 * surrounding space; a blank within is as good as an underscore.
 */
final class Rows implements AutoCloseable {
  private static final Pattern UNIT = Pattern.compile("au[ _]?0*(\\d{1,2})");

  private final String file;
  private final Stream<String[]> source;
  private final Iterator<String[]> records;
  private final List<String> header;
  private final Map<String, Integer> columns = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final Map<Integer, Integer> units = new LinkedHashMap<>();
  private int width;
  private String[] record = {};
  private long number = 1;

  /** The rows of a file under its names of columns. */
  static Rows of(Path file) throws IOException {
    return new Rows(file.toString(), Delimited.records(file, Delimited.separator(file)));
  }

  Rows(String file, Stream<String[]> source) throws IOException {
    this.file = file;
    this.source = source;
    this.records = source.iterator();
    if (!records.hasNext()) {
      throw new DatasetFormatException(file + " is empty; expected a line with column names");
    }
    header = Arrays.stream(records.next()).map(Rows::clean).toList();
    width = header.size();
    for (int i = 0; i < width; i++) {
      columns.putIfAbsent(header.get(i).replace(' ', '_'), i);
      Matcher m = UNIT.matcher(header.get(i).toLowerCase(Locale.ROOT));
      if (m.matches()) {
        units.put(Integer.valueOf(m.group(1)), i);
      }
    }
  }

  /** Expects records of another length than the header, which in some files lists the codes. */
  void expectValues(int count) {
    width = count;
  }

  /** Text without surrounding space and quotes. */
  static String clean(String text) {
    String t = text.strip();
    while (t.length() > 1
        && (t.charAt(0) == '\'' || t.charAt(0) == '"')
        && t.charAt(t.length() - 1) == t.charAt(0)) {
      t = t.substring(1, t.length() - 1).strip();
    }
    return t;
  }

  List<String> header() {
    return header;
  }

  /** Index of a column that has to be there, under the first of some names that is. */
  int column(String... names) throws DatasetFormatException {
    return optionalColumn(names)
        .orElseThrow(
            () ->
                new DatasetFormatException(
                    "%s has no column '%s'; expected it among the columns, found %s"
                        .formatted(file, String.join("' or '", names), header)));
  }

  /** Index of the first of some columns that is there. */
  OptionalInt optionalColumn(String... names) {
    return Arrays.stream(names)
        .map(name -> columns.get(name.replace(' ', '_')))
        .filter(Objects::nonNull)
        .mapToInt(Integer::intValue)
        .findFirst();
  }

  /** Columns named AU1, AU01, au_1 or 'AU 1' by the number of the unit, whatever unit that is. */
  Map<Integer, Integer> units() {
    return units;
  }

  /** Expects columns of units. */
  Rows withUnits() throws DatasetFormatException {
    if (units.isEmpty()) {
      throw new DatasetFormatException(
          "%s has no columns of action units such as AU1, found %s".formatted(file, header));
    }
    return this;
  }

  boolean next() throws IOException {
    do {
      number++;
      if (!records.hasNext()) {
        return false;
      }
      record = records.next();
      // Spreadsheets write empty rows as separators alone.
    } while (Arrays.stream(record).allMatch(String::isEmpty));
    if (record.length != width) {
      throw new DatasetFormatException(
          "%s, record %d has %d values, expected %d under the header %s"
              .formatted(file, number, record.length, width, header));
    }
    return true;
  }

  /** Cleaned text of a column in the current row; empty if the cell is. */
  String get(int column) {
    return clean(record[column]);
  }

  /** Cleaned text of a column that has to be there, under one of some names. */
  String get(String... names) throws DatasetFormatException {
    return get(column(names));
  }

  /** Cleaned text of a column that may be absent; empty if it is. */
  String optional(String... names) {
    OptionalInt column = optionalColumn(names);
    return column.isPresent() ? get(column.getAsInt()) : "";
  }

  double number(int column) {
    return LabelRow.number(get(column));
  }

  /** The number in a column that has to be there; NaN if it is none. */
  double number(String... names) throws DatasetFormatException {
    return number(column(names));
  }

  /** Which of some columns that have to be there hold 1. */
  List<String> marked(List<String> names) throws DatasetFormatException {
    List<String> marked = new ArrayList<>();
    for (String name : names) {
      if (number(name) == 1) {
        marked.add(name);
      }
    }
    return marked;
  }

  /** A whole number that has to be there. */
  int integer(int column) throws DatasetFormatException {
    double value = number(column);
    if (value != Math.rint(value) || Math.abs(value) > Integer.MAX_VALUE) {
      throw new DatasetFormatException(
          "%s, record %d: '%s' in column '%s' is no whole number"
              .formatted(file, number, get(column), header.get(column)));
    }
    return (int) value;
  }

  /** Record number in the file, the header being 1. */
  long number() {
    return number;
  }

  @Override
  public void close() {
    source.close();
  }
}
