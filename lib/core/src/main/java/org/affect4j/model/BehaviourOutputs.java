package org.affect4j.model;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.affect4j.face.AnnotatedExpression;
import org.affect4j.face.BehaviourVocabulary;

/**
 * What a catalogue says of the outputs of a network that reads faces: which expressions and action
 * units their numbers stand for is listed behind a colon, such as {@code "[batch, 8] probabilities:
 * 1 2 4 6 12 15 20 25"}.
 */
public final class BehaviourOutputs {
  /** Probabilities of expressions. */
  public static final String EXPRESSION = "expression";

  /** Probabilities of action units. */
  public static final String ACTION_UNITS = "action_units";

  /** Two numbers of -1 to 1. */
  public static final String VALENCE_AROUSAL = "valence_arousal";

  /** Part of raters who would see contempt, beside expressions that do without it. */
  public static final String CONTEMPT = "contempt";

  /** Features that the heads share. */
  public static final String EMBEDDING = "embedding";

  private static final String LIST = ": ";

  private BehaviourOutputs() {}

  /**
   * Describes the outputs of a network.
   *
   * @param vocabulary what it reads
   * @param embedding how many features it has, in words; empty for an output less
   * @return names in order, each with its shape in words
   */
  public static Map<String, String> of(BehaviourVocabulary vocabulary, String embedding) {
    Map<String, String> outputs = new LinkedHashMap<>();
    if (!vocabulary.classes().isEmpty()) {
      outputs.put(
          EXPRESSION,
          probabilities(vocabulary.classes().size()) + LIST + expressions(vocabulary.classes()));
    }
    if (!vocabulary.units().isEmpty()) {
      outputs.put(
          ACTION_UNITS,
          probabilities(vocabulary.units().size()) + LIST + units(vocabulary.units()));
    }
    if (vocabulary.affect()) {
      outputs.put(VALENCE_AROUSAL, "[batch, 2] in -1 to 1");
    }
    if (vocabulary.contempt()) {
      outputs.put(CONTEMPT, probabilities(1));
    }
    if (!embedding.isEmpty()) {
      outputs.put(EMBEDDING, "[batch, %s] features".formatted(embedding));
    }
    return outputs;
  }

  private static String expressions(List<AnnotatedExpression> classes) {
    return classes.stream().map(AnnotatedExpression::label).collect(Collectors.joining(", "));
  }

  private static String units(List<Integer> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(" "));
  }

  /** An output of which nobody knows yet what its numbers stand for. */
  static String probabilities(int size) {
    return "[batch, %d] probabilities".formatted(size);
  }

  /**
   * Returns what a network reads.
   *
   * @param model what the catalogue says of it
   * @return expressions, units, and whether there are valence and arousal, and contempt
   * @throws ModelException if it lists no output of the kind, or one of which it does not say what
   *     its numbers stand for
   */
  public static BehaviourVocabulary vocabulary(ModelEntry model) {
    try {
      return new BehaviourVocabulary(
          listed(model, EXPRESSION).stream().map(AnnotatedExpression::ofLabel).toList(),
          listed(model, ACTION_UNITS).stream().map(Integer::valueOf).toList(),
          model.outputs().containsKey(VALENCE_AROUSAL),
          model.outputs().containsKey(CONTEMPT));
    } catch (IllegalArgumentException e) {
      throw new ModelException(
          "model '%s' has the outputs %s; that is no network of faces: %s"
              .formatted(model.name(), model.outputs(), e.getMessage()),
          e);
    }
  }

  private static List<String> listed(ModelEntry model, String output) {
    String words = model.outputs().getOrDefault(output, LIST);
    int list = words.indexOf(LIST);
    if (list < 0) {
      throw new ModelException(
          "output '%s' of model '%s' is %s, and nothing says which: state it (--model-classes, --model-units; StoredModel.reading), or '%s' in a catalogue"
              .formatted(output, model.name(), words, NetworkKind.BEHAVIOUR.outputs().get(output)));
    }
    return Arrays.stream(words.substring(list + LIST.length()).split("[, ]+"))
        .filter(word -> !word.isEmpty())
        .toList();
  }
}
