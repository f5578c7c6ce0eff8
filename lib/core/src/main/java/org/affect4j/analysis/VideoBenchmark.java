package org.affect4j.analysis;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.ServiceLoader;
import org.affect4j.image.FaceImage;

/** Times the reading of videos; the module {@code affect4j-video} brings it, as the reader. */
public interface VideoBenchmark {
  /**
   * Finds it on the class path.
   *
   * @return the benchmark; empty without the module
   */
  static Optional<VideoBenchmark> installed() {
    return ServiceLoader.load(VideoBenchmark.class, VideoBenchmark.class.getClassLoader())
        .findFirst();
  }

  /**
   * Measures each part of the way from a file to rows alone, and the whole.
   *
   * @param portrait one face, of which the clips are made
   * @param options the networks
   * @param seconds for each measurement, after one run to warm up; 0 measures the first run
   * @param out takes a table with a row for each part
   * @throws IOException if a clip cannot be written or read
   */
  void run(FaceImage portrait, AnalyzerOptions options, double seconds, PrintWriter out)
      throws IOException;
}
