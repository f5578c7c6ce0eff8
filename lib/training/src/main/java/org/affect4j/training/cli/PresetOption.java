package org.affect4j.training.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.affect4j.training.behaviour.Coupling;
import org.affect4j.training.loss.DistributionMatching.Form;
import org.affect4j.training.network.FacebehaviourNet;
import org.affect4j.training.network.VggFaceNet;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The option that sets others to what a paper states. */
final class PresetOption {
  @Option(
      names = "--preset",
      paramLabel = "PAPER",
      description =
          "${COMPLETION-CANDIDATES}: set what the paper states of network, losses and training;"
              + " options that are given go before. docs/training.md lists what each paper leaves"
              + " open.")
  private Preset preset;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  /** What papers state, by option. */
  enum Preset {
    /** Behaviour4All, section 3. */
    BEHAVIOUR4ALL(
        List.of(
            network("facebehaviour-paper", FacebehaviourNet.SIDE), coupled(Form.BEHAVIOUR4ALL))),
    /**
     * Face Behavior a la carte, sections 3 and 4.1: 401 faces of a batch have valence and arousal,
     * 247 units and 103 expressions.
     */
    FACEBEHAVIORNET(
        List.of(
            network("facebehaviornet-vggface", VggFaceNet.SIDE),
            training(401 + 247 + 103, 1e-4, .5),
            coupled(Form.FACE_BEHAVIOR_NET))),
    /**
     * The unified framework, section VI.A.1: the sum of the losses of the tasks (equations 4-6), by
     * Adam.
     */
    MT_VGG(
        List.of(
            network("mt-vgg", VggFaceNet.SIDE),
            training(256, 1e-4, .5),
            Map.of("--weight-decay", 0.0, "--coupling", Coupling.NONE),
            Map.of("--unit-loss", new Either.Choice(true)),
            Map.of("--loss-weights", Map.of("expression", 1.0, "units", 1.0, "affect", 1.0))));

    private final Map<String, Object> values = new LinkedHashMap<>();

    Preset(List<Map<String, Object>> stated) {
      // Labels as they are, and none that are made up.
      values.put("--smoothing", 0.0);
      values.put("--balance", 0.0);
      values.put("--affect-prior", new Either.Choice(false));
      stated.forEach(values::putAll);
    }

    private static Map<String, Object> network(String name, int side) {
      return Map.of("--network", name, "--resolution", side);
    }

    private static Map<String, Object> training(int batch, double rate, double dropout) {
      return Map.of("--batch", batch, "--rate", rate, "--dropout", dropout);
    }

    /** Matching of all faces and soft co-annotation of all that have labels of units. */
    private static Map<String, Object> coupled(Form form) {
      return Map.of(
          "--relatedness", "du",
          "--matching-form", form,
          "--matching-on", new Either.Choice(true),
          "--matching-weights", new Either.Choice(true),
          "--matching-moves", new Either.Choice(true),
          "--label-matching", new Either.Choice(false),
          "--co-annotation-on", new Either.Choice(true));
    }

    /** Returns the name in lower case, which commands take. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** Sets the options of the command that were not given. */
  void apply() {
    if (preset != null) {
      apply(spec, preset.values);
    }
  }

  /** Sets those options of a command that were not given. */
  static void apply(CommandSpec spec, Map<String, Object> values) {
    ParseResult given = spec.commandLine().getParseResult();
    values.forEach(
        (name, value) -> {
          OptionSpec option = spec.findOption(name);
          if (option != null && !given.hasMatchedOption(name)) {
            option.setValue(value);
          }
        });
  }
}
