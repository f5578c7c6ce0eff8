package org.affect4j.synthesis.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.affect4j.synthesis.internal.geometry.FaceGeometry;
import org.affect4j.synthesis.internal.geometry.IctFaceKitImporter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = "Makes the compact geometry from the OBJ files of ICT-FaceKit.")
final class ImportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--obj",
      required = true,
      paramLabel = "DIR",
      description = "the folder FaceXModel of ICT-FaceKit")
  private Path obj;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "OUT",
      description = "folder for the compact file and its checksums")
  private Path output;

  @Override
  public Integer call() throws IOException {
    FaceGeometry geometry = new IctFaceKitImporter().convert(obj, output);
    spec.commandLine().getOut().println("wrote " + geometry + " to " + output);
    return 0;
  }
}
