package org.affect4j.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.affect4j.model.ModelEntry;
import org.affect4j.model.ModelException;
import org.affect4j.model.ModelStore;
import org.affect4j.notebook.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** Lists, verifies and fetches models. */
@Command(
    name = "models",
    description = "Lists, verifies and fetches models; nothing is ever fetched by itself.",
    mixinStandardHelpOptions = true)
final class ModelsCommand {
  @Option(
      names = "--dir",
      paramLabel = "FOLDER",
      scope = ScopeType.INHERIT,
      description = "Folder with a catalog.json of your own; default: the bundled models.")
  private Optional<Path> folder;

  @Spec private CommandSpec spec;

  private ModelStore store() throws IOException {
    return folder.isPresent() ? ModelStore.at(folder.get()) : ModelStore.bundled();
  }

  @Command(description = "Lists the models with licence, source and what was measured.")
  int list() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    ModelStore store = store();
    for (ModelEntry entry : store.catalog().entries()) {
      out.println(entry.name() + " (" + entry.task() + ")");
      out.println("  file      " + store.location(entry));
      out.println("  SHA-256   " + entry.sha256());
      out.println("  licence   " + entry.licence());
      out.println("  source    " + entry.source());
      entry.url().ifPresent(url -> out.println("  URL       " + url));
      out.println("  trained   " + entry.trainingData());
      entry.metrics().forEach((what, value) -> out.println("  measured  " + what + ": " + value));
    }
    out.flush();
    return 0;
  }

  @Command(description = "Verifies the checksums, and that every model opens and has its outputs.")
  int verify() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    ModelStore store = store();
    int failures = 0;
    for (ModelEntry entry : store.catalog().entries()) {
      try {
        store.open(entry.name(), 1).close();
        out.println("ok      " + entry.name());
      } catch (ModelException e) {
        failures++;
        out.println("FAILED  " + entry.name() + ": " + e.getMessage());
      }
    }
    out.flush();
    return failures == 0 ? 0 : 1;
  }

  @Command(description = "Downloads catalogued models into --dir, verified.")
  int fetch(@Parameters(arity = "1..*", paramLabel = "NAME") List<String> names)
      throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    ModelStore store = store();
    for (String name : names) {
      try (Progress progress = Progress.start(spec.commandLine().getErr(), "bytes")) {
        Path file = store.fetch(name, progress::at);
        out.println(name + " is at " + file);
      }
    }
    out.flush();
    return 0;
  }
}
