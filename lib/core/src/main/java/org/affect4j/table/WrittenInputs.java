package org.affect4j.table;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.affect4j.table.AnalyzedInput.Status;
import org.affect4j.table.FaceCsv.Faulty;

/**
 * The inputs whose rows stand in a file.
 *
 * @param counts inputs by their status
 * @param done places of those of this run that need no more
 * @param faulty rows of those of this run that an earlier one could not read, by their places
 * @param end where the last whole input ends, in bytes
 */
record WrittenInputs(
    Map<String, Integer> counts, Set<String> done, Map<String, Faulty> faulty, long end) {
  /** What a copy that was not finished, or a photo that was mended since, may have had. */
  private static final Set<String> AGAIN =
      Set.of(Status.UNREADABLE.label(), Status.PARTIAL.label());

  /** The inputs of an empty file. */
  static WrittenInputs none() {
    return new WrittenInputs(new TreeMap<>(), new HashSet<>(), new LinkedHashMap<>(), 0);
  }

  /** The rows of one input, and what they say together. */
  private record Group(String input, String status, long start) {
    Group and(String row) {
      return row.equals(status)
          ? this
          : new Group(input, Status.of(status).and(Status.of(row)).label(), start);
    }
  }

  /**
   * Takes account of all inputs.
   *
   * @param file names it in messages
   * @param rows the file from its beginning, columns up to the status
   * @param status number of that column
   * @param whole whether the last input is known to have all its rows
   * @param place tells of a name where its input lies
   * @param asked places of the inputs of this run
   * @throws IOException if the file cannot be read, or another program has changed it
   */
  static WrittenInputs scan(
      Path file,
      Csv.Scanner rows,
      int status,
      boolean whole,
      UnaryOperator<String> place,
      Set<String> asked)
      throws IOException {
    WrittenInputs found = none();
    rows.next();
    long end = rows.end();
    Optional<Group> last = Optional.empty();
    while (rows.next() && rows.whole()) {
      if (rows.cells().size() <= status) {
        throw new IOException(
            "%s has a row of %d columns at byte %d: another program has changed it; mend it, or name another file"
                .formatted(file, rows.cells().size(), rows.start()));
      }
      String input = rows.cells().get(0);
      if (last.isEmpty() || !last.get().input().equals(input)) {
        if (last.isPresent()) {
          found.add(last.get(), end, place.apply(last.get().input()), asked);
        }
        last = Optional.of(new Group(input, rows.cells().get(status), rows.start()));
      }
      last = Optional.of(last.get().and(rows.cells().get(status)));
      end = rows.end();
    }
    if (last.isPresent()) {
      boolean torn = rows.end() > end;
      boolean split = torn && rows.cells().stream().limit(1).anyMatch(last.get().input()::equals);
      String lastPlace = place.apply(last.get().input());
      if (split || (torn || !whole) && asked.contains(lastPlace)) {
        end = last.get().start();
      } else {
        found.add(last.get(), end, lastPlace, asked);
      }
    }
    found.faulty.keySet().removeAll(found.done);
    return new WrittenInputs(found.counts, found.done, found.faulty, end);
  }

  private void add(Group group, long end, String place, Set<String> asked) {
    count(group.status(), 1);
    if (AGAIN.contains(group.status()) && asked.contains(place)) {
      faulty.put(place, new Faulty(group.input(), group.status(), group.start(), end));
    } else if (asked.contains(place)) {
      done.add(place);
    }
  }

  /** Counts inputs of a status; a negative change takes them off. */
  void count(String status, int change) {
    counts.merge(status, change, (before, more) -> before + more == 0 ? null : before + more);
  }

  /** How many inputs there are. */
  int size() {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }
}
