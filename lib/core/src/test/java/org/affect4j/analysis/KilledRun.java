package org.affect4j.analysis;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.affect4j.table.AnalyzedInput;
import org.affect4j.table.FaceColumns;
import org.affect4j.table.FaceTable;
import org.affect4j.table.FaceTableBuilder;
import org.affect4j.table.InputName;

/** A run without networks, for tests of files; as a program of its own it can be killed. */
final class KilledRun {
  static final Map<String, String> SETTINGS = Map.of("network", "one");

  private KilledRun() {}

  /** Rows of an input with a number of faces, or without. */
  static FaceTable rows(String name, int faces, AnalyzedInput.Status status) {
    FaceTableBuilder rows = new FaceTableBuilder("rows", List.of());
    for (int face = 0; face < Math.max(1, faces); face++) {
      rows.set("input", name);
      rows.set("face_id", faces == 0 ? Double.NaN : face);
      rows.set("status", status.label());
      rows.add();
    }
    return rows.build();
  }

  static CsvRun<Path> run(
      int workers, Map<String, String> settings, BiFunction<Path, String, FaceTable> rows) {
    return new CsvRun<>(
        workers, InputName::of, InputName::place, FaceColumns.analysis(0), settings, rows);
  }

  /** A run over names of the form {@code NAME-FACES}. */
  static CsvRun<Path> run(Map<String, String> settings) {
    return run(
        2,
        settings,
        (path, name) -> {
          String text = path.getFileName().toString();
          int faces = Integer.parseInt(text.substring(text.lastIndexOf('-') + 1));
          return rows(
              name, faces, faces == 0 ? AnalyzedInput.Status.NO_FACE : AnalyzedInput.Status.OK);
        });
  }

  static List<Path> inputs(String prefix, int count) {
    return IntStream.range(0, count).mapToObj(i -> Path.of(prefix + i + "-" + i % 4)).toList();
  }

  /** Arguments: file, prefix of the inputs, how many. */
  public static void main(String[] arguments) throws IOException {
    run(SETTINGS)
        .run(
            inputs(arguments[1], Integer.parseInt(arguments[2])),
            CsvOutput.continuing(Path.of(arguments[0])),
            ProgressListener.silent());
  }
}
