package org.affect4j.analysis;

import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.affect4j.table.AnalyzedInput.Status;
import org.affect4j.table.FaceColumns;
import org.affect4j.table.FaceOutput;
import org.affect4j.table.FaceTable;

/** Counts what a run has read, on its way to the output. */
final class Tally {
  private final Map<Status, Integer> counts = new EnumMap<>(Status.class);
  private int faces;
  private int videos;
  private long frames;

  /** The output, told of everything that it takes. */
  FaceOutput of(FaceOutput out) {
    return new Counted(out);
  }

  FolderAnalysis.Summary summary(int kept, List<String> notes) {
    return new FolderAnalysis.Summary(counts, faces, kept, notes, videos, frames);
  }

  private void count(FaceTable rows) {
    faces +=
        (int)
            IntStream.range(0, rows.size())
                .filter(row -> rows.number(row, FaceColumns.FACE).isPresent())
                .count();
  }

  /** Counts, and passes on. */
  private final class Counted implements FaceOutput {
    private final FaceOutput out;
    private double last = Double.NaN;
    private Optional<Status> begun = Optional.empty();

    Counted(FaceOutput out) {
      this.out = out;
    }

    @Override
    public void append(FaceTable rows) throws IOException {
      out.append(rows);
      counts.merge(Status.together(rows.texts(FaceColumns.STATUS)), 1, Integer::sum);
      count(rows);
    }

    @Override
    public void begin(String input, Map<String, String> facts) throws IOException {
      out.begin(input, facts);
      begun = Optional.empty();
      last = Double.NaN;
    }

    @Override
    public void add(FaceTable rows) throws IOException {
      out.add(rows);
      Status status = Status.together(rows.texts(FaceColumns.STATUS));
      begun = Optional.of(begun.map(status::and).orElse(status));
      count(rows);
      for (double frame : rows.numbers(FaceColumns.FRAME)) {
        // The rows of a frame follow one another.
        if (!Double.isNaN(frame) && frame != last) {
          last = frame;
          frames++;
        }
      }
    }

    @Override
    public void end() throws IOException {
      out.end();
      counts.merge(begun.orElseThrow(), 1, Integer::sum);
      videos++;
    }

    @Override
    public Map<String, Map<String, String>> facts() {
      return out.facts();
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }
}
