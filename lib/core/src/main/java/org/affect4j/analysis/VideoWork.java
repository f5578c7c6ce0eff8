package org.affect4j.analysis;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.affect4j.behaviour.BehaviourModel;
import org.affect4j.behaviour.SequenceModel;
import org.affect4j.face.BehaviourVocabulary;
import org.affect4j.series.SeriesSteps;
import org.affect4j.table.Provenance;

/**
 * What is done with the videos among the inputs.
 *
 * @param reader reads them; empty without the module, so that each gets a row that says so
 * @param reading which frames and faces
 * @param steps what is computed over time
 * @param keyPictures whether a picture of each person is written beside the rows
 * @param annotated folder for the videos with what was read drawn on them; empty for none
 * @param overTime reads the embeddings of faces frame after frame, those of photos as one frame;
 *     stays open; empty for none
 */
public record VideoWork(
    Optional<VideoReader> reader,
    VideoReading reading,
    SeriesSteps steps,
    boolean keyPictures,
    Optional<Path> annotated,
    Optional<SequenceModel> overTime) {
  /**
   * Returns the usual work, with the reader that is installed.
   *
   * @return all frames and faces, nothing computed over time, no pictures
   */
  public static VideoWork standard() {
    return new VideoWork(
        VideoReader.installed(),
        VideoReading.standard(),
        SeriesSteps.none(),
        false,
        Optional.empty(),
        Optional.empty());
  }

  /**
   * Returns the same work with a network over time.
   *
   * @param model reads embeddings; stays open
   * @return a copy
   */
  public VideoWork with(SequenceModel model) {
    return new VideoWork(reader, reading, steps, keyPictures, annotated, Optional.of(model));
  }

  /** What is read in the rows, by the network over time if there is one. */
  BehaviourVocabulary vocabulary(BehaviourModel frames) {
    overTime.ifPresent(
        model ->
            model.requireEmbedding(frames.embeddingLength(), "'" + frames.entry().name() + "'"));
    return overTime.map(SequenceModel::vocabulary).orElse(frames.vocabulary());
  }

  /** Whether the rows of a video are needed whole. */
  boolean holdsRows() {
    return !steps.isEmpty() || annotated.isPresent();
  }

  Map<String, String> settings() {
    Map<String, String> settings = new TreeMap<>();
    reader.ifPresent(
        r -> {
          r.settings(reading)
              .forEach((name, value) -> settings.put(Provenance.OF_VIDEOS + name, value));
          settings.put(Provenance.OF_VIDEOS + "series", steps.toString());
        });
    return settings;
  }
}
