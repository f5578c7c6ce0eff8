package org.affect4j.analysis;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.affect4j.table.FaceCsv;
import org.affect4j.table.FaceOutput;
import org.affect4j.table.FaceTable;

/**
 * Holds the rows of inputs that were faulty, in the order of the file, until all take the places of
 * those before.
 */
final class MendedRows implements FaceOutput {
  private final FaceCsv csv;
  private final Iterator<FaceCsv.Faulty> places;
  private final Map<FaceCsv.Faulty, FaceTable> better = new LinkedHashMap<>();
  private final List<FaceTable> begun = new ArrayList<>();

  MendedRows(FaceCsv csv) {
    this.csv = csv;
    places = List.copyOf(csv.faulty().values()).iterator();
  }

  @Override
  public void append(FaceTable rows) throws IOException {
    FaceCsv.Faulty place = places.next();
    if (!csv.holds(place, rows)) {
      better.put(place, rows);
    }
  }

  @Override
  public void begin(String input, Map<String, String> facts) throws IOException {
    csv.note(input, facts);
    begun.clear();
  }

  @Override
  public void add(FaceTable rows) {
    begun.add(rows);
  }

  @Override
  public void end() throws IOException {
    append(begun.get(0).append(begun.stream().skip(1).toArray(FaceTable[]::new)));
  }

  @Override
  public Map<String, Map<String, String>> facts() {
    return csv.facts();
  }

  /** Puts the rows into their places, in one step. */
  void replace() throws IOException {
    if (!better.isEmpty()) {
      csv.replace(better);
    }
  }

  @Override
  public void close() {
    // The file stays open.
  }
}
