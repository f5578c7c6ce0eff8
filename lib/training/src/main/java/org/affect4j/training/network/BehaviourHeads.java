package org.affect4j.training.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.AnnotatedExpression;
import org.affect4j.face.BehaviourVocabulary;
import org.affect4j.face.Expression;
import org.affect4j.training.network.EfficientNet.Answer;

/**
 * What a network of faces says: which expressions and action units its outputs stand for, in their
 * order, and whether it says valence and arousal. Outputs are known by their names: {@code
 * expression}, {@code action_units}, {@code valence_arousal}.
 *
 * @param classes expressions; none if there is no such output
 * @param units action units; none if there is no such output
 * @param affect whether there is an output of valence and arousal
 */
public record BehaviourHeads(
    List<AnnotatedExpression> classes, List<ActionUnit> units, boolean affect) {
  /** The seven basic expressions. */
  public static final List<AnnotatedExpression> SEVEN =
      List.of(AnnotatedExpression.values()).subList(0, Expression.COUNT);

  /** The eight expressions of AffectNet: the seven and contempt. */
  public static final List<AnnotatedExpression> AFFECT_NET =
      Stream.concat(SEVEN.stream(), Stream.of(AnnotatedExpression.CONTEMPT)).toList();

  /** The eight units that Aff-Wild2 was first annotated with (Kollias and Zafeiriou 2019). */
  public static final List<ActionUnit> AFF_WILD2 = units(1, 2, 4, 6, 12, 15, 20, 25);

  /** The twelve units of Aff-Wild2 in the ABAW competitions. */
  public static final List<ActionUnit> ABAW = units(1, 2, 4, 6, 7, 10, 12, 15, 23, 24, 25, 26);

  private static final String OWN_CLASSES = "+classes-";
  private static final String OWN_UNITS = "+units-";
  private static final String TASKS = "+tasks-";

  /** Copies the lists and checks that nothing stands twice. */
  public BehaviourHeads {
    classes = List.copyOf(classes);
    units = List.copyOf(units);
    if (classes.stream().distinct().count() < classes.size()
        || units.stream().distinct().count() < units.size()
        || classes.size() == 1) {
      throw new IllegalArgumentException(
          "expected two or more different expressions, and different action units, got %s and %s"
              .formatted(classes, units));
    }
  }

  /**
   * Returns what the multi-task networks of the library say.
   *
   * @return seven expressions, 17 units, valence and arousal
   */
  public static BehaviourHeads standard() {
    return new BehaviourHeads(SEVEN, ActionUnit.ALL, true);
  }

  /**
   * Returns what a network reads as the library knows it.
   *
   * @param network any network
   * @return classes, numbers of the units, and whether there are valence and arousal, and contempt;
   *     empty as of {@link #said}
   */
  public static Optional<BehaviourVocabulary> vocabulary(NetworkSpec network) {
    return said(network)
        .map(
            heads ->
                new BehaviourVocabulary(
                    heads.classes,
                    heads.units.stream().map(ActionUnit::number).toList(),
                    heads.affect,
                    SideOutput.CONTEMPT.index(network) >= 0));
  }

  private static List<ActionUnit> units(int... numbers) {
    return IntStream.of(numbers).mapToObj(ActionUnit::ofNumber).toList();
  }

  /**
   * Finds out what a network says. Unless its name lists them, 7 expressions are the basic ones and
   * 8 those of AffectNet; 17 units are all, 12 those of ABAW and 8 those of {@link #AFF_WILD2}.
   *
   * @param network any network
   * @return its heads; empty if it does not read pictures and nothing else, or has no output of the
   *     kind
   * @throws IllegalArgumentException if its outputs are of other sizes
   */
  public static Optional<BehaviourHeads> of(NetworkSpec network) {
    boolean pictureAlone = network.input().isMap() && network.inputs().size() == 1;
    return pictureAlone ? ofAny(network) : Optional.empty();
  }

  /**
   * Finds out what any network says, one over time or one that reads features among them.
   *
   * @param network any network
   * @return its heads; empty if it has no output of the kind, or nobody knows what its outputs
   *     stand for
   */
  public static Optional<BehaviourHeads> said(NetworkSpec network) {
    try {
      return ofAny(network);
    } catch (IllegalArgumentException unknown) {
      return Optional.empty();
    }
  }

  private static Optional<BehaviourHeads> ofAny(NetworkSpec network) {
    int classes = size(network, Answer.EXPRESSION);
    int units = size(network, Answer.ACTION_UNITS);
    boolean affect = index(network, Answer.VALENCE_AROUSAL) >= 0;
    if (classes == 0 && units == 0 && !affect) {
      return Optional.empty();
    }
    return Optional.of(
        new BehaviourHeads(
            listedClasses(network.name())
                .filter(listed -> classes > 0)
                .orElseGet(() -> usual(network, classes, List.of(SEVEN, AFFECT_NET))),
            listedUnits(network.name())
                .filter(listed -> units > 0)
                .orElseGet(() -> usual(network, units, List.of(ActionUnit.ALL, ABAW, AFF_WILD2))),
            affect));
  }

  /**
   * Returns where a network has an output.
   *
   * @param network any network
   * @param answer what the output answers
   * @return index among its outputs, -1 if it has none
   */
  public static int index(NetworkSpec network, Answer answer) {
    return network.outputNames().indexOf(answer.output());
  }

  private static int size(NetworkSpec network, Answer answer) {
    int index = index(network, answer);
    return index < 0
        ? 0
        : network.shapes(network.input()).get(network.outputs().get(index).node()).channels();
  }

  private static <T> List<T> usual(NetworkSpec network, int size, List<List<T>> lists) {
    return Stream.concat(lists.stream(), Stream.of(List.<T>of()))
        .filter(list -> list.size() == size)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "nobody knows what the %d outputs of '%s' stand for: name them"
                        .formatted(size, network.name())));
  }

  private static Optional<List<AnnotatedExpression>> listedClasses(String name) {
    return listed(name, OWN_CLASSES, AnnotatedExpression::ofLabel);
  }

  private static Optional<List<ActionUnit>> listedUnits(String name) {
    return listed(name, OWN_UNITS, number -> ActionUnit.ofNumber(Integer.parseInt(number)));
  }

  private static <T> Optional<List<T>> listed(String name, String own, Function<String, T> read) {
    int at = name.indexOf(own);
    return at < 0
        ? Optional.empty()
        : Optional.of(
            Arrays.stream(name.substring(at + own.length()).split("\\+")[0].split("-"))
                .map(read)
                .toList());
  }

  /**
   * Gives a network these classes and units in place of its own. All but the two last layers stays
   * as it is, so that it can begin with weights of the network it is made of.
   *
   * @param network a named network
   * @return a network that {@link Networks#named} finds again by its name, which lists what is not
   *     the network's own, such as {@code facebehaviour-compact+units-1-2-4}
   * @throws IllegalArgumentException if the network has no such output, or other layers before it
   */
  public NetworkSpec on(NetworkSpec network) {
    BehaviourHeads own =
        of(network)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "'%s' says nothing of faces".formatted(network.name())));
    StringBuilder name = new StringBuilder(network.name());
    List<NetworkNode> nodes = new ArrayList<>(network.nodes());
    if (!units.equals(own.units)) {
      replace(network, Answer.ACTION_UNITS, units.size(), nodes);
      name.append(OWN_UNITS)
          .append(units.stream().map(u -> "" + u.number()).collect(Collectors.joining("-")));
    }
    if (!classes.equals(own.classes)) {
      replace(network, Answer.EXPRESSION, classes.size(), nodes);
      name.append(OWN_CLASSES)
          .append(
              classes.stream().map(AnnotatedExpression::label).collect(Collectors.joining("-")));
    }
    return new NetworkSpec(name.toString(), network.input(), nodes, network.outputs());
  }

  private static void replace(
      NetworkSpec network, Answer answer, int size, List<NetworkNode> nodes) {
    int output = index(network, answer);
    for (int i = 0; output >= 0 && size > 0 && i < nodes.size(); i++) {
      NetworkNode node = nodes.get(i);
      if (node.name().equals(network.outputs().get(output).node())
          && node.operation() instanceof FullyConnected layer) {
        Operation resized = new FullyConnected(size, layer.bias());
        nodes.set(i, new NetworkNode(node.name(), resized, node.inputs()));
        return;
      }
    }
    throw new IllegalArgumentException(
        "'%s' has no output '%s' that could be given %d values"
            .formatted(network.name(), answer.output(), size));
  }

  /**
   * Leaves out what a network answers for other tasks, which nobody teaches it.
   *
   * @param network a named network
   * @param tasks those that are learned
   * @return a network that {@link Networks#named} finds again by its name, such as {@code
   *     facebehaviour-compact+tasks-expression}; the network itself if it answers nothing else, or
   *     not all of the tasks
   */
  public static NetworkSpec only(NetworkSpec network, Set<Answer> tasks) {
    Set<String> left = new HashSet<>(network.outputNames());
    boolean answersAll = tasks.stream().allMatch(task -> left.contains(task.output()));
    boolean isChanged =
        answersAll
            && EnumSet.complementOf(EnumSet.copyOf(tasks)).stream()
                .map(task -> left.remove(task.output()))
                .reduce(false, Boolean::logicalOr);
    if (!isChanged) {
      return network;
    }
    String names = tasks.stream().sorted().map(Answer::output).collect(Collectors.joining("-"));
    return network.reduced(network.name() + TASKS + names, left::contains);
  }

  /** The network that {@link #on} and {@link #only} made of another, found again by its name. */
  static NetworkSpec extended(NetworkSpec base, String name) {
    BehaviourHeads own = of(base).orElse(standard());
    NetworkSpec extended =
        new BehaviourHeads(
                listedClasses(name).orElse(own.classes),
                listedUnits(name).orElse(own.units),
                own.affect)
            .on(base);
    return SideOutput.named(
        listed(name, TASKS, task -> Answer.valueOf(task.toUpperCase(Locale.ROOT)))
            .map(tasks -> only(extended, EnumSet.copyOf(tasks)))
            .orElse(extended),
        name);
  }
}
