package org.affect4j.training.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.affect4j.dataset.LabelFile;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.CompoundExpression;
import org.affect4j.face.Relatedness;
import org.affect4j.training.behaviour.BehaviourLosses;
import org.affect4j.training.behaviour.Coupling;
import org.affect4j.training.behaviour.LossWeights;
import org.affect4j.training.loss.DistributionMatching.Form;
import org.affect4j.training.network.BehaviourHeads;
import org.affect4j.training.network.EfficientNet.Answer;
import org.affect4j.training.network.NetworkSpec;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.Table;

/** Options that say what a behaviour network learns, and by which losses. */
final class LossOptions {
  @Option(
      names = "--tasks",
      split = ",",
      converter = TaskName.class,
      paramLabel = "TASK",
      description =
          "What is learned: expr, au, va. Default: all that the network answers and the sets have"
              + " labels of.")
  private List<Answer> tasks = List.of();

  @Option(
      names = "--coupling",
      paramLabel = "KIND",
      description =
          "${COMPLETION-CANDIDATES}: how expressions and units teach each other, where both are"
              + " learned.")
  private Coupling coupling = Coupling.BOTH;

  /** How labels of units give labels of expressions. */
  enum CoAnnotation {
    /** By a distribution over the expressions. */
    SOFT,
    /** As if they were labels, and the other way round too. */
    HARD,
    /** Not at all. */
    NONE
  }

  @Option(
      names = "--co-annotation",
      paramLabel = "KIND",
      description = "${COMPLETION-CANDIDATES}; default: as --coupling says.")
  private CoAnnotation coAnnotation;

  @Option(
      names = "--co-annotation-on",
      converter = Either.AllOrWithoutExpression.class,
      paramLabel = "FACES",
      defaultValue = "without-expression",
      description =
          "all (with labels of units) or without-expression: which faces are softly co-annotated.")
  private Either.Choice softEverywhere;

  @Option(
      names = "--matching-form",
      converter = FormName.class,
      paramLabel = "FORM",
      defaultValue = "bernoulli",
      description =
          "b4a (-q log p, Behaviour4All), fbn (-p log q, FaceBehaviorNet) or bernoulli (that lowers"
              + " units too).")
  private Form form;

  @Option(
      names = "--matching-on",
      converter = Either.AllOrWithoutUnits.class,
      paramLabel = "FACES",
      defaultValue = "without-units",
      description = "all (as in the papers) or without-units: where distributions are matched.")
  private Either.Choice matchingEverywhere;

  @Option(
      names = "--matching-weights",
      converter = Either.OnesOrFractions.class,
      paramLabel = "W",
      defaultValue = "fractions",
      description =
          "ones (as in the papers) or fractions: how sure an expression is of its observational"
              + " units.")
  private Either.Choice matchingOnes;

  @Option(
      names = "--matching-moves",
      converter = Either.BothOrUnits.class,
      paramLabel = "HEADS",
      defaultValue = "units",
      description = "both or units: which heads learn from matching.")
  private Either.Choice matchingMovesBoth;

  @Option(
      names = "--label-matching",
      converter = Either.Switch.class,
      paramLabel = "SWITCH",
      defaultValue = "on",
      description =
          "on or off: whether units are matched with the labelled expression too (ours), not only"
              + " with the predicted one.")
  private Either.Choice labelMatching;

  @Option(
      names = "--relatedness",
      paramLabel = "TABLE",
      description =
          "du (Du et al. 2014), du-binary, empirical (inferred from Aff-Wild2) or a file in CSV:"
              + " expression, au01, au02 and so on, weights of 0 to 1.")
  private String relatedness = "du";

  @Option(
      names = "--unit-loss",
      converter = Either.SumOrMean.class,
      paramLabel = "KIND",
      defaultValue = "mean",
      description = "sum or mean over the units of a face.")
  private Either.Choice unitsSummed;

  @Option(
      names = "--affect-prior",
      converter = Either.Switch.class,
      paramLabel = "SWITCH",
      description =
          "on or off: whether expressions stand for valence and arousal where these are not"
              + " labelled. Default: off once a set has labels of them.")
  private Either.Choice affectPrior;

  @Option(
      names = "--loss-weights",
      split = ",",
      paramLabel = "PART=W",
      description =
          "Weights of parts of the loss: expression, units, affect, matching, label_matching,"
              + " co_annotation. Default: 1, 2, .5, .03, .03, .2.")
  private Map<String, Double> weights = Map.of();

  @Option(names = "--smoothing", paramLabel = "S", description = "Label smoothing.")
  private double smoothing = .1;

  @Option(
      names = "--balance",
      paramLabel = "P",
      description = "Power of the inverse frequency by which expressions are weighted.")
  private double balance = .3;

  @Option(
      names = "--even-odds",
      description =
          "Learn to speak as if each expression were as likely as any, whatever the frequencies of"
              + " the labels.")
  private boolean evenOdds;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  /** Reads the name of a task. */
  static final class TaskName implements ITypeConverter<Answer> {
    @Override
    public Answer convert(String text) {
      return switch (text) {
        case "expr" -> Answer.EXPRESSION;
        case "au" -> Answer.ACTION_UNITS;
        case "va" -> Answer.VALENCE_AROUSAL;
        default -> throw new TypeConversionException("expected expr, au or va, got '" + text + "'");
      };
    }
  }

  /** Reads the name of a form of matching. */
  static final class FormName implements ITypeConverter<Form> {
    @Override
    public Form convert(String text) {
      return switch (text) {
        case "b4a" -> Form.BEHAVIOUR4ALL;
        case "fbn" -> Form.FACE_BEHAVIOR_NET;
        case "bernoulli" -> Form.BERNOULLI;
        default ->
            throw new TypeConversionException("expected b4a, fbn or bernoulli, got '" + text + "'");
      };
    }
  }

  /** Whether each expression is to be as likely as any. */
  boolean evenOdds() {
    return evenOdds;
  }

  /**
   * Whether expressions stand for valence and arousal.
   *
   * @param labelled whether a set has labels of valence and arousal
   */
  boolean affectPrior(boolean labelled) {
    return affectPrior == null ? !labelled : affectPrior.first();
  }

  /** The network without what it answers for tasks that are not asked for. */
  NetworkSpec only(NetworkSpec network) {
    return tasks.isEmpty() ? network : BehaviourHeads.only(network, EnumSet.copyOf(tasks));
  }

  /**
   * What is learned.
   *
   * @param possible what the network answers
   * @param labelled what the sets have labels of
   */
  Set<Answer> tasks(Set<Answer> possible, Set<Answer> labelled) {
    if (!tasks.isEmpty()) {
      return EnumSet.copyOf(tasks);
    }
    Set<Answer> all = EnumSet.copyOf(labelled);
    // Expressions alone teach no valence and arousal unless that is asked for.
    if (affectPrior(all.contains(Answer.VALENCE_AROUSAL))
        && all.containsAll(Set.of(Answer.EXPRESSION, Answer.ACTION_UNITS))) {
      all.add(Answer.VALENCE_AROUSAL);
    }
    all.retainAll(possible);
    return all;
  }

  /**
   * The losses.
   *
   * @param learned the tasks
   * @param labelled whether a set has labels of valence and arousal
   */
  BehaviourLosses losses(Set<Answer> learned, boolean labelled) throws IOException {
    return new BehaviourLosses(
        weights().ofTasks(learned),
        smoothing,
        balance,
        evenOdds,
        relatedness(relatedness),
        new BehaviourLosses.Matching(
            form, matchingOnes.first(), matchingEverywhere.first(), matchingMovesBoth.first()),
        softEverywhere.first(),
        coAnnotation == null
            ? coupling == Coupling.HARD_CO_ANNOTATION
            : coAnnotation == CoAnnotation.HARD,
        unitsSummed.first(),
        affectPrior(labelled));
  }

  private LossWeights weights() {
    LossWeights usual = LossWeights.coupled();
    Map<String, Double> all = new LinkedHashMap<>();
    all.put("expression", usual.expression());
    all.put("units", usual.units());
    all.put("affect", usual.affect());
    all.put("matching", usual.matching());
    all.put("label_matching", usual.labelMatching());
    all.put("co_annotation", usual.softCoAnnotation());
    if (!all.keySet().containsAll(weights.keySet())) {
      throw ((TrainingCommand) spec.userObject())
          .wrong("--loss-weights are of %s, got %s".formatted(all.keySet(), weights.keySet()));
    }
    all.putAll(weights);
    boolean soft =
        coAnnotation == null ? coupling.coAnnotation() : coAnnotation == CoAnnotation.SOFT;
    return new LossWeights(
        all.get("expression"),
        all.get("units"),
        all.get("affect"),
        coupling.matching() ? all.get("matching") : 0,
        coupling.matching() && labelMatching.first() ? all.get("label_matching") : 0,
        soft ? all.get("co_annotation") : 0);
  }

  /** A table by its name, or from a file. */
  static Relatedness relatedness(String name) throws IOException {
    Path file = Path.of(name);
    if (!Files.isRegularFile(file)) {
      return Relatedness.ofLabel(name);
    }
    Table list = LabelFile.read(file);
    String label =
        LabelFile.classColumn(list)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "%s has no column 'expression'; it has %s"
                            .formatted(file, list.columnNames())));
    Relatedness.Estimator table = new Relatedness.Estimator();
    for (Row row : list) {
      Map<ActionUnit, Double> units = new HashMap<>();
      for (ActionUnit unit : ActionUnit.ALL) {
        if (list.containsColumn(unit.column()) && !row.getString(unit.column()).isEmpty()) {
          units.put(unit, Double.valueOf(row.getString(unit.column())));
        }
      }
      table.add(CompoundExpression.ofLabel(row.getString(label)), units);
    }
    return table.estimate(file.getFileName().toString());
  }
}
