package org.affect4j.training.cli;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.affect4j.training.behaviour.Coupling;
import org.affect4j.training.loss.DistributionMatching.Form;
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
        coupled(
            Form.BEHAVIOUR4ALL, Map.of("--network", "facebehaviour-paper", "--relatedness", "du"))),
    /** Face Behavior a la carte, sections 3 and 4.1. */
    FACEBEHAVIORNET(
        coupled(
            Form.FACE_BEHAVIOR_NET,
            Map.of(
                "--network",
                "facebehaviornet-vggface",
                "--relatedness",
                "du",
                // 401 of valence and arousal, 247 of units, 103 of expressions.
                "--batch",
                401 + 247 + 103,
                "--rate",
                1e-4,
                "--dropout",
                .5))),
    /**
     * The unified framework, section VI.A.1: the sum of the losses of the tasks (equations 4-6).
     */
    MT_VGG(
        plain(
            Map.of(
                "--network",
                "mt-vgg",
                "--batch",
                256,
                "--rate",
                1e-4,
                "--weight-decay",
                0.0,
                "--dropout",
                .5,
                "--coupling",
                Coupling.NONE,
                "--unit-loss",
                new Either.Choice(true),
                "--loss-weights",
                Map.of("expression", 1.0, "units", 1.0, "affect", 1.0))));

    private final Map<String, Object> values;

    Preset(Map<String, Object> values) {
      this.values = values;
    }

    /** Labels as they are, and none that are made up. */
    private static Map<String, Object> plain(Map<String, Object> more) {
      Map<String, Object> values = new LinkedHashMap<>(more);
      values.put("--smoothing", 0.0);
      values.put("--balance", 0.0);
      values.put("--affect-prior", new Either.Choice(false));
      return values;
    }

    /** Matching of all faces and soft co-annotation of all that have labels of units. */
    private static Map<String, Object> coupled(Form form, Map<String, Object> more) {
      Map<String, Object> values = plain(more);
      values.put("--matching-form", form);
      values.put("--matching-on", new Either.Choice(true));
      values.put("--matching-weights", new Either.Choice(true));
      values.put("--matching-moves", new Either.Choice(true));
      values.put("--label-matching", new Either.Choice(false));
      values.put("--co-annotation-on", new Either.Choice(true));
      return values;
    }

    /** Returns the name in lower case, which commands take. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** Sets the options of the command that were not given. */
  void apply() {
    if (preset == null) {
      return;
    }
    ParseResult given = spec.commandLine().getParseResult();
    preset.values.forEach(
        (name, value) -> {
          OptionSpec option = spec.findOption(name);
          if (option != null && !given.hasMatchedOption(name)) {
            option.setValue(value);
          }
        });
  }
}
