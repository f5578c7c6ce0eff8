package org.affect4j.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.affect4j.table.internal.Delimited;

/**
 * The rows of a file with named columns, one at a time. Names are compared without case, quotes and
 * surrounding space.
 */
final class Rows implements AutoCloseable {
  private static final Pattern UNIT = Pattern.compile("au[ _]?0*(\\d{1,2})");

  private final String file;
  private final Delimited.Source source;
  private final List<String> header = new ArrayList<>();
  private int width;
  private String[] record = {};
  private long number = 1;

  /** The rows of a file under its names of columns. */
  static Rows of(Path file) throws IOException {
    return new Rows(file.toString(), Delimited.records(file, Delimited.separator(file)));
  }

  Rows(String file, Delimited.Source source) throws IOException {
    this.file = file;
    this.source = source;
    String[] first = source.next();
    if (first.length == 0) {
      throw new DatasetFormatException(file + " is empty; expected a line with column names");
    }
    for (String name : first) {
      header.add(clean(name));
    }
    width = header.size();
  }

  /** Expects records of another length than the header, which in some files lists the codes. */
  Rows withRecordsOf(int values) {
    width = values;
    return this;
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
    return List.copyOf(header);
  }

  /** Index of a column that has to be there. */
  int column(String name) throws DatasetFormatException {
    OptionalInt found = optionalColumn(name);
    if (found.isEmpty()) {
      throw new DatasetFormatException(
          "%s has no column '%s'; expected it among the columns, found %s"
              .formatted(file, name, header));
    }
    return found.getAsInt();
  }

  /** As {@link #optionalColumn}, of which one has to be there. */
  int some(String... names) throws DatasetFormatException {
    return optionalColumn(names)
        .orElseThrow(
            () ->
                new DatasetFormatException(
                    "%s has none of the columns %s; expected one, found %s"
                        .formatted(file, Arrays.asList(names), header)));
  }

  /** Index of the first of some columns that is there. */
  OptionalInt optionalColumn(String... names) {
    return Arrays.stream(names)
        .flatMapToInt(
            name ->
                IntStream.range(0, header.size()).filter(i -> header.get(i).equalsIgnoreCase(name)))
        .findFirst();
  }

  /** Columns named AU1, AU01, au_1 or 'AU 1' by the number of the unit, whatever unit that is. */
  Map<Integer, Integer> units() {
    Map<Integer, Integer> columns = new LinkedHashMap<>();
    for (int i = 0; i < header.size(); i++) {
      Matcher m = UNIT.matcher(header.get(i).toLowerCase(Locale.ROOT));
      if (m.matches()) {
        columns.put(Integer.valueOf(m.group(1)), i);
      }
    }
    return columns;
  }

  boolean next() throws IOException {
    do {
      record = source.next();
      number++;
      if (record.length == 0) {
        return false;
      }
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

  /** Cleaned text of a column that may be absent; empty if it is. */
  String get(OptionalInt column) {
    return column.isPresent() ? get(column.getAsInt()) : "";
  }

  /** Text of a column exactly as it is, for names of files. */
  String exact(int column) {
    return record[column];
  }

  double number(int column) {
    return LabelRow.number(get(column));
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
  public void close() throws IOException {
    source.close();
  }
}
