package org.affect4j.table;

import java.io.IOException;
import java.util.Map;

/** Takes the rows of inputs, one input after another. */
public interface FaceOutput extends AutoCloseable {
  /**
   * Takes all rows of one input.
   *
   * @param rows at least one, with a status
   * @throws IOException if they cannot be written
   */
  void append(FaceTable rows) throws IOException;

  /**
   * Begins an input whose rows come bit by bit, such as a video. Only when it has ended does it
   * count as written: a later run of the same output begins it anew.
   *
   * @param input its name
   * @param facts what is known of it besides its rows, such as when it was recorded
   * @throws IOException if that cannot be written
   */
  void begin(String input, Map<String, String> facts) throws IOException;

  /**
   * Takes further rows of the input that was begun.
   *
   * @param rows at least one, with a status
   * @throws IOException if they cannot be written
   */
  void add(FaceTable rows) throws IOException;

  /**
   * Ends the input that was begun.
   *
   * @throws IOException if that cannot be written
   */
  void end() throws IOException;

  /**
   * Returns what was noted of inputs that were begun, in this run and earlier ones.
   *
   * @return facts by the names of the inputs, unmodifiable
   */
  Map<String, Map<String, String>> facts();

  @Override
  void close() throws IOException;
}
