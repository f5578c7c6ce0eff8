package org.affect4j.analysis;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.affect4j.table.FaceCsv;
import org.affect4j.table.FaceOutput;
import org.affect4j.table.FaceParts;
import org.affect4j.table.FaceStream;
import org.affect4j.table.FaceTable;
import org.affect4j.table.InputName;
import org.affect4j.table.PartFormat;

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
 * @param clips inputs whose rows come bit by bit, one input at a time
 */
record CsvRun<T>(
    int workers,
    BiFunction<T, Path, String> name,
    BiFunction<String, Path, String> place,
    List<String> columns,
    Map<String, String> settings,
    BiFunction<T, String, FaceTable> rows,
    Clips<T> clips) {
  /** Inputs whose rows come bit by bit. */
  interface Clips<T> {
    /** Whether an input is one of them. */
    boolean holds(T input);

    /** Reads one of them, and begins and ends it in the output. */
    void read(T input, String name, FaceOutput out, ProgressListener listener) throws IOException;
  }

  /** Inputs whose rows come all at once. */
  CsvRun(
      int workers,
      BiFunction<T, Path, String> name,
      BiFunction<String, Path, String> place,
      List<String> columns,
      Map<String, String> settings,
      BiFunction<T, String, FaceTable> rows) {
    this(workers, name, place, columns, settings, rows, none());
  }

  private static <T> Clips<T> none() {
    return new Clips<>() {
      @Override
      public boolean holds(T input) {
        return false;
      }

      @Override
      public void read(T input, String name, FaceOutput out, ProgressListener listener) {
        throw new IllegalStateException("no input is one of these");
      }
    };
  }

  /** An input with its name in the output. */
  private record Named<T>(T input, String name) {}

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
    Optional<PartFormat> parts = PartFormat.of(file);
    if (parts.isPresent()) {
      return parts(asked, file, parts.get(), output.overwriting(), listener, tally);
    }
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
      int again = readAgain(csv, asked, tally, new Shifted(kept, total, listener));
      read(named(asked, base), tally.of(csv), new Shifted(kept + again, total, listener));
      csv.finish();
      return tally.summary(kept, csv.notes());
    }
  }

  private FolderAnalysis.Summary parts(
      Map<String, T> asked,
      Path folder,
      PartFormat format,
      boolean overwriting,
      ProgressListener listener,
      Tally tally)
      throws IOException {
    try (FaceParts out = FaceParts.open(folder, format, overwriting, columns, settings)) {
      Path base = out.base();
      int total = asked.size();
      asked.keySet().removeAll(out.takeUp(named -> place.apply(named, base), asked.keySet()));
      int kept = total - asked.size();
      read(named(asked, base), tally.of(out), new Shifted(kept, total, listener));
      out.finish();
      return tally.summary(kept, List.of());
    }
  }

  private List<Named<T>> named(Map<String, T> asked, Path base) {
    return asked.values().stream()
        .map(input -> new Named<>(input, name.apply(input, base)))
        .toList();
  }

  /** Reads what was faulty before, which may have been mended, and takes it off the list. */
  private int readAgain(FaceCsv csv, Map<String, T> asked, Tally tally, ProgressListener listener)
      throws IOException {
    List<Named<T>> before = new ArrayList<>();
    csv.faulty()
        .forEach((place, rows) -> before.add(new Named<>(asked.remove(place), rows.input())));
    try (MendedRows mended = new MendedRows(csv)) {
      read(before, tally.of(mended), listener);
      mended.replace();
    }
    return before.size();
  }

  private FolderAnalysis.Summary stream(
      Map<String, T> asked, OutputStream out, Path where, ProgressListener listener, Tally tally)
      throws IOException {
    Path base = InputName.real(Path.of(""));
    try (FaceStream csv = new FaceStream(out, where, columns)) {
      read(named(asked, base), tally.of(csv), listener);
    }
    return tally.summary(0, List.of());
  }

  private void read(List<Named<T>> inputs, FaceOutput out, ProgressListener listener)
      throws IOException {
    for (int from = 0; from < inputs.size(); ) {
      int to = from;
      while (to < inputs.size() && !clips.holds(inputs.get(to).input())) {
        to++;
      }
      if (to == from) {
        Named<T> clip = inputs.get(to++);
        clips.read(clip.input(), clip.name(), out, listener);
        listener.at(to, inputs.size());
      } else {
        OrderedWork.run(
            inputs.subList(from, to),
            workers,
            input -> rows.apply(input.input(), input.name()),
            out::append,
            new Shifted(from, inputs.size(), listener));
      }
      from = to;
    }
  }

  /** Tells of a part of the work as of all of it. */
  private record Shifted(long before, long total, ProgressListener listener)
      implements ProgressListener {
    @Override
    public void at(long done, long all) {
      listener.at(before + done, total);
    }

    @Override
    public void video(String name, long frames, long all, double seconds) {
      listener.video(name, frames, all, seconds);
    }
  }
}
