package org.affect4j.training.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.affect4j.model.ModelStore;
import picocli.CommandLine.Option;

/** Option that says where models lie besides the bundled ones. */
final class ModelFolders {
  @Option(
      names = "--models",
      arity = "1..*",
      paramLabel = "FOLDER",
      description = "Folders with a catalog.json, looked through before the bundled models.")
  private List<Path> folders = List.of();

  /** Made by picocli. */
  ModelFolders() {}

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
