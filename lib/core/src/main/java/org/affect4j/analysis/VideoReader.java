package org.affect4j.analysis;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.affect4j.behaviour.Hearing;
import org.affect4j.image.FaceImage;
import org.affect4j.table.FaceTable;

/**
 * Reads the faces of videos. The library itself has none: the module {@code affect4j-video} brings
 * one, which is found on the class path.
 */
public interface VideoReader {
  /** What to do where there is none. */
  String MISSING =
      "videos are read by the module affect4j-video: add org.affect4j:affect4j-video to the class"
          + " path, and run it again";

  /**
   * Finds the reader on the class path.
   *
   * @return the reader; empty without the module
   */
  static Optional<VideoReader> installed() {
    return ServiceLoader.load(VideoReader.class, VideoReader.class.getClassLoader()).findFirst();
  }

  /**
   * Returns all that changes a row.
   *
   * @param options which frames and faces
   * @return name and value of each setting
   */
  Map<String, String> settings(VideoReading options);

  /**
   * Opens a video.
   *
   * @param file a file, or a folder of numbered pictures
   * @param options which frames and faces
   * @return the video, to be closed
   * @throws IOException if it cannot be read
   */
  Clip open(Path file, VideoReading options) throws IOException;

  /** An open video. */
  interface Clip extends AutoCloseable {
    /**
     * Returns what the file says of itself.
     *
     * @return such as where its clock starts, and when it was recorded
     */
    Map<String, String> facts();

    /**
     * Returns what a user should know.
     *
     * @return sentences, perhaps none
     */
    List<String> remarks();

    /**
     * Reads all frames, once.
     *
     * @param analyzer the pipeline
     * @param input name of the video in the rows
     * @param sound of {@link #hearing}, for networks that hear
     * @param sink takes what is read
     */
    void read(FaceAnalyzer analyzer, String input, Optional<Hearing> sound, Sink sink);

    /**
     * Writes the video with what was read drawn on it.
     *
     * @param rows all rows of the video
     * @param out the new video
     * @throws IOException if it cannot be written
     */
    void annotate(FaceTable rows, Path out) throws IOException;

    /**
     * Returns the sound, for networks that hear.
     *
     * @return all of it
     * @throws IOException if there is none, or it cannot be read
     */
    Hearing hearing() throws IOException;

    @Override
    void close();
  }

  /** Takes what is read, in order. */
  interface Sink {
    /**
     * Takes the rows of some frames.
     *
     * @param rows at least one row per frame
     */
    void rows(FaceTable rows);

    /**
     * Hears how far the reading is.
     *
     * @param frames frames read so far
     * @param total an estimate of all frames; 0 if there is none
     * @param seconds how long the part that was read lasts; 0 where frames have no times
     */
    void frame(long frames, long total, double seconds);

    /**
     * Takes the picture of a person whose face has a higher score than in all frames before.
     *
     * @param face number of the track
     * @param picture face and surroundings
     */
    void best(int face, FaceImage picture);
  }
}
