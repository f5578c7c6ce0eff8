package org.affect4j.synthesis.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.affect4j.synthesis.internal.geometry.FaceGeometry;
import org.affect4j.synthesis.internal.sample.Studio;
import picocli.CommandLine.Option;

/** The face model of all commands that draw. */
final class GeometryOption {
  @Option(
      names = "--geometry",
      required = true,
      paramLabel = "DIR",
      description = "folder with the face geometry (see the command import)")
  private Path geometry;

  Studio studio() throws IOException {
    return new Studio(FaceGeometry.read(geometry));
  }
}
