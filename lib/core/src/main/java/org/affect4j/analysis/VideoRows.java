package org.affect4j.analysis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.affect4j.behaviour.Hearing;
import org.affect4j.behaviour.SequenceModel;
import org.affect4j.image.FaceImage;
import org.affect4j.table.AnalyzedInput;
import org.affect4j.table.FaceOutput;
import org.affect4j.table.FaceTable;
import org.affect4j.table.FeatureGroup;

/**
 * Reads videos into rows, bit by bit; what is computed over time waits for the end of each.
 *
 * @param videos which of the inputs they are
 * @param work what is done with them
 * @param analyzer the pipeline
 * @param embeddings whether the embedding is written too
 * @param csv the file, beside which pictures are written; empty for none
 * @param notes takes what a user should know
 */
record VideoRows(
    Set<Path> videos,
    VideoWork work,
    FaceAnalyzer analyzer,
    boolean embeddings,
    Optional<Path> csv,
    List<String> notes)
    implements CsvRun.Clips<Path> {
  @Override
  public boolean holds(Path input) {
    return videos.contains(input);
  }

  @Override
  public void read(Path file, String name, FaceOutput out, ProgressListener listener)
      throws IOException {
    if (work.reader().isEmpty()) {
      if (!notes.contains(VideoReader.MISSING)) {
        notes.add(VideoReader.MISSING);
      }
      out.append(FaceTable.ofInput(AnalyzedInput.unreadable(name, VideoReader.MISSING), false));
      return;
    }
    VideoReader.Clip clip;
    try {
      clip = work.reader().get().open(file, work.reading());
    } catch (IOException e) {
      out.append(FaceTable.ofInput(AnalyzedInput.unreadable(name, e), false));
      return;
    }
    try (clip) {
      clip.remarks().forEach(remark -> notes.add(name + ": " + remark));
      read(clip, name, out, listener);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void read(VideoReader.Clip clip, String name, FaceOutput out, ProgressListener listener)
      throws IOException {
    Optional<Hearing> sound;
    try {
      sound = hears() ? Optional.of(clip.hearing()) : Optional.empty();
    } catch (IOException e) {
      out.append(FaceTable.ofInput(AnalyzedInput.unreadable(name, e), false));
      return;
    } catch (OutOfMemoryError e) {
      out.append(FaceTable.ofInput(AnalyzedInput.unreadable(name, e), false));
      return;
    }
    VideoFiles files = VideoFiles.of(name, out.facts(), csv);
    Map<String, String> facts = new TreeMap<>(clip.facts());
    facts.put(VideoFiles.FACT, files.stem());
    out.begin(name, facts);
    Passing passing = new Passing(name, out, listener, files, overTime(sound));
    Optional<AnalyzedInput> broken = Optional.empty();
    try {
      clip.read(analyzer, name, sound, passing);
    } catch (OutOfMemoryError e) {
      broken = Optional.of(AnalyzedInput.unreadable(name, e));
    }
    passing.end();
    if (broken.isPresent()) {
      out.add(FaceTable.ofInput(broken.get(), false));
    }
    if (work.annotated().isPresent() && !passing.held.isEmpty()) {
      // Before the end, so that a run that is ended here begins the video anew.
      clip.annotate(passing.all(), files.annotated(work.annotated().get()));
    }
    out.end();
  }

  private boolean hears() {
    return analyzer.behaviourModel().soundSide().isPresent()
        || work.overTime().filter(SequenceModel::hears).isPresent();
  }

  private Optional<SequenceModel.Reading> overTime(Optional<Hearing> sound) {
    return work.overTime()
        .map(model -> model.hears() ? model.begin(sound.orElseThrow()) : model.begin());
  }

  /** Passes rows on, at once or, where something is computed over time, at the end. */
  private final class Passing implements VideoReader.Sink {
    private final String name;
    private final FaceOutput out;
    private final ProgressListener listener;
    private final VideoFiles files;
    private final List<FaceTable> held = new ArrayList<>();
    private final Optional<SequenceModel.Reading> overTime;

    Passing(
        String name,
        FaceOutput out,
        ProgressListener listener,
        VideoFiles files,
        Optional<SequenceModel.Reading> overTime) {
      this.overTime = overTime;
      this.name = name;
      this.out = out;
      this.listener = listener;
      this.files = files;
    }

    @Override
    public void rows(FaceTable read) {
      FaceTable rows = overTime.map(reading -> reading.next(read)).orElse(read);
      if (work.steps().isEmpty()) {
        write(rows);
      }
      if (work.holdsRows()) {
        held.add(embeddings ? rows : rows.selectColumns(c -> !FeatureGroup.EMBEDDING.holds(c)));
      }
    }

    private void write(FaceTable rows) {
      try {
        out.add(rows);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Rows of the whole video. */
    FaceTable all() {
      return held.get(0).append(held.stream().skip(1).toArray(FaceTable[]::new));
    }

    void end() {
      if (!work.steps().isEmpty() && !held.isEmpty()) {
        write(work.steps().apply(all()));
      }
    }

    @Override
    public void frame(long frames, long total, double seconds) {
      listener.video(name, frames, total, seconds);
    }

    @Override
    public void best(int face, FaceImage picture) {
      try {
        files.write(face, picture);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
