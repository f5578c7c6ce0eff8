package org.affect4j.training.train;

import ai.djl.engine.Engine;
import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.affect4j.training.network.NetworkSpec;

/** Where a network came from, as a file beside it. */
public final class Provenance {
  private Provenance() {}

  /**
   * Writes {@code provenance.json}.
   *
   * @param folder where to
   * @param command the command line
   * @param network the network
   * @param settings everything that decided the numbers, data with checksums included
   * @param result what came of it
   * @throws IOException if the file cannot be written
   */
  public static void write(
      Path folder,
      String command,
      NetworkSpec network,
      Map<String, String> settings,
      TrainingResult result)
      throws IOException {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("command", command);
    all.put("network", network.name());
    all.put("parameters", network.parameterCount());
    all.put("multiply_accumulates", network.multiplyAccumulates(network.input()));
    all.put("settings", settings);
    all.put("epochs", result.epochs());
    all.put("finished", result.finished());
    all.put("epoch_of_weights", result.bestEpoch());
    all.put("figures_after_last_epoch", result.last());
    all.put("hours", result.seconds() / 3600);
    all.put("written", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    all.put("java", System.getProperty("java.version"));
    all.put("pytorch", Engine.getInstance().getVersion());
    all.put("djl", Engine.getDjlVersion());
    all.put("machine", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    String json =
        new GsonBuilder()
            .setPrettyPrinting()
            .disableHtmlEscaping()
            .serializeSpecialFloatingPointValues()
            .create()
            .toJson(all);
    Files.writeString(folder.resolve("provenance.json"), json + "\n");
  }
}
