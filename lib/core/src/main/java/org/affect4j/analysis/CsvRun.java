package org.affect4j.analysis;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.affect4j.table.AnalyzedInput.Status;
import org.affect4j.table.FaceColumns;
import org.affect4j.table.FaceCsv;
import org.affect4j.table.FaceStream;
import org.affect4j.table.FaceTable;
import org.affect4j.table.InputName;

/**
 * Reads many inputs into rows, in their order.
 *
 * @param <T> what stands for an input
 * @param workers inputs read at the same time, 1 or more
 * @param name gives an input's name in a file whose relative names start from a folder
 * @param place gives what is the same for all names of an input, by a name and that folder
 * @param columns header: "input" first, a "status", and "face_id" where rows are faces
 * @param settings models and options that change a row
 * @param rows reads one input and gives its rows under a name; called by all workers at once
 */
record CsvRun<T>(
    int workers,
    BiFunction<T, Path, String> name,
    BiFunction<String, Path, String> place,
    List<String> columns,
    Map<String, String> settings,
    BiFunction<T, String, FaceTable> rows) {

  /** Writes where the user wants them, each input once. */
  FolderAnalysis.Summary run(List<T> inputs, CsvOutput output, ProgressListener listener)
      throws IOException {
    Map<String, T> asked = new LinkedHashMap<>();
    Path here = InputName.real(Path.of(""));
    inputs.forEach(input -> asked.putIfAbsent(place.apply(name.apply(input, here), here), input));
    Tally tally = new Tally();
    if (output.file().isEmpty()) {
      return stream(asked, output.stream(), Path.of("standard output"), listener, tally);
    }
    Path file = output.file().get();
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      try (OutputStream out = Files.newOutputStream(file)) {
        return stream(asked, out, file, listener, tally);
      }
    }
    try (FaceCsv csv = FaceCsv.open(file, output.overwriting(), columns, settings)) {
      Path base = csv.base();
      csv.takeUp(named -> place.apply(named, base), asked.keySet());
      asked.keySet().removeAll(csv.done());
      int kept = csv.done().size();
      int total = kept + asked.size();
      int again = readAgain(csv, asked, tally, (done, all) -> listener.at(kept + done, total));
      ProgressListener further = (done, all) -> listener.at(kept + again + done, total);
      read(asked, base, csv::append, further, tally);
      csv.finish();
      return tally.summary(kept, csv.notes());
    }
  }

  /** Reads what was faulty before, which may have been mended, and takes it off the list. */
  private int readAgain(FaceCsv csv, Map<String, T> asked, Tally tally, ProgressListener listener)
      throws IOException {
    List<Map.Entry<String, FaceCsv.Faulty>> before = List.copyOf(csv.faulty().entrySet());
    Map<FaceCsv.Faulty, FaceTable> better = new LinkedHashMap<>();
    List<FaceCsv.Faulty> places = new ArrayList<>();
    OrderedWork.run(
        before,
        workers,
        entry -> rows.apply(asked.get(entry.getKey()), entry.getValue().input()),
        result -> {
          FaceCsv.Faulty place = before.get(places.size()).getValue();
          places.add(place);
          if (!csv.holds(place, result)) {
            better.put(place, result);
          }
          tally.add(result);
        },
        listener);
    if (!better.isEmpty()) {
      csv.replace(better);
    }
    before.forEach(entry -> asked.remove(entry.getKey()));
    return before.size();
  }

  private FolderAnalysis.Summary stream(
      Map<String, T> asked, OutputStream out, Path where, ProgressListener listener, Tally tally)
      throws IOException {
    Path base = InputName.real(Path.of(""));
    try (FaceStream csv = new FaceStream(out, where, columns)) {
      read(asked, base, csv::append, listener, tally);
    }
    return tally.summary(0, List.of());
  }

  private void read(
      Map<String, T> asked,
      Path base,
      OrderedWork.Sink<FaceTable> csv,
      ProgressListener listener,
      Tally tally)
      throws IOException {
    OrderedWork.run(
        List.copyOf(asked.values()),
        workers,
        input -> rows.apply(input, name.apply(input, base)),
        result -> {
          csv.accept(result);
          tally.add(result);
        },
        listener);
  }

  /** What this run has read. */
  private static final class Tally {
    private final Map<Status, Integer> counts = new EnumMap<>(Status.class);
    private int faces;

    void add(FaceTable rows) {
      counts.merge(Status.of(rows.text(0, FaceColumns.STATUS).orElseThrow()), 1, Integer::sum);
      faces +=
          IntStream.range(0, rows.size())
              .filter(row -> rows.number(row, FaceColumns.FACE).isPresent())
              .count();
    }

    FolderAnalysis.Summary summary(int kept, List<String> notes) {
      return new FolderAnalysis.Summary(counts, faces, kept, notes);
    }
  }
}
