package org.affect4j.training.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.affect4j.detect.DetectorOptions;
import org.affect4j.detect.RetinaFace;
import org.affect4j.model.ModelStore;
import picocli.CommandLine.Option;

/** Options that say which detectors are used, and where they lie if they are not bundled. */
final class ChosenDetectors {
  @Option(
      names = "--detectors",
      arity = "1..*",
      paramLabel = "NAME",
      description = "Detectors of the bundled models or of --models; default: ${DEFAULT-VALUE}.")
  private List<String> names = List.of("detector-v2");

  @Option(
      names = "--models",
      arity = "1..*",
      paramLabel = "FOLDER",
      description = "Folders with a catalog.json, looked through before the bundled models.")
  private List<Path> folders = List.of();

  List<String> names() {
    return names;
  }

  /** Opens a detector for one thread. */
  RetinaFace open(String name, DetectorOptions options) throws IOException {
    return RetinaFace.open(storeOf(name), name, options, 1);
  }

  /** The first folder that lists a model, or the bundled models. */
  ModelStore storeOf(String name) throws IOException {
    for (Path folder : folders) {
      ModelStore store = ModelStore.at(folder);
      if (store.catalog().entries().stream().anyMatch(m -> m.name().equals(name))) {
        return store;
      }
    }
    return ModelStore.bundled();
  }
}
