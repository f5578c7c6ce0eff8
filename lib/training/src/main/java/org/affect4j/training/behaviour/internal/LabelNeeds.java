package org.affect4j.training.behaviour.internal;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.AnnotatedExpression;
import org.affect4j.training.batch.CropLabels;
import org.affect4j.training.network.BehaviourHeads;
import org.affect4j.training.network.EfficientNet.Answer;

/**
 * The labels that a training needs. Whether sets have them can be asked of their lists, before any
 * photo is read.
 *
 * @param heads what the network says
 * @param tasks what of it is to be learned
 * @param affectPrior whether an expression implies valence and arousal
 */
public record LabelNeeds(BehaviourHeads heads, Set<Answer> tasks, boolean affectPrior) {
  /** Copies the tasks and checks that the network has outputs for them. */
  public LabelNeeds {
    tasks = Set.copyOf(tasks);
    Set<Answer> there = outputs(heads);
    if (tasks.isEmpty() || !there.containsAll(tasks)) {
      throw new IllegalArgumentException(
          "the network answers %s and cannot be trained for %s"
              .formatted(words(there), words(tasks)));
    }
  }

  /**
   * Returns the tasks that a network has outputs for.
   *
   * @param heads what the network says
   * @return those of its tasks
   */
  public static Set<Answer> outputs(BehaviourHeads heads) {
    Set<Answer> there = EnumSet.noneOf(Answer.class);
    if (!heads.classes().isEmpty()) {
      there.add(Answer.EXPRESSION);
    }
    if (!heads.units().isEmpty()) {
      there.add(Answer.ACTION_UNITS);
    }
    if (heads.affect()) {
      there.add(Answer.VALENCE_AROUSAL);
    }
    return there;
  }

  /**
   * Tells whether a face has something to teach.
   *
   * @param labels what is known of it
   * @return whether a task takes one of its labels
   */
  public boolean serve(CropLabels labels) {
    return tasks.stream().anyMatch(task -> has(labels, task));
  }

  /**
   * Returns the tasks that have labels to learn from.
   *
   * @param labels what is known of faces
   * @return those of the tasks that take a label of at least one face
   */
  public Set<Answer> found(List<CropLabels> labels) {
    Set<Answer> found = EnumSet.noneOf(Answer.class);
    tasks.stream().filter(t -> labels.stream().anyMatch(l -> has(l, t))).forEach(found::add);
    return found;
  }

  private boolean has(CropLabels labels, Answer task) {
    return switch (task) {
      case EXPRESSION -> labels.annotated().filter(heads.classes()::contains).isPresent();
      case ACTION_UNITS -> heads.units().stream().anyMatch(u -> !Float.isNaN(unit(labels, u)));
      case VALENCE_AROUSAL -> labels.hasAffect() || affectPrior && labels.expression().isPresent();
    };
  }

  private static float unit(CropLabels labels, ActionUnit unit) {
    return labels.unit(unit.ordinal());
  }

  /**
   * Refuses sets that cannot teach what is to be learned.
   *
   * @param sets labels of the faces of each set, by its name
   * @throws IllegalArgumentException if no set has labels of a task, no face shows one of the
   *     expressions, or a set has no label that any task takes
   */
  public void require(Map<String, List<CropLabels>> sets) {
    for (Answer task : tasks) {
      if (sets.values().stream().noneMatch(labels -> found(labels).contains(task))) {
        throw new IllegalArgumentException(
            "%s are to be learned but none of %s has labels of them; add a set that has, or learn other tasks"
                .formatted(word(task), sets.keySet()));
      }
    }
    if (tasks.contains(Answer.EXPRESSION)) {
      for (AnnotatedExpression shown : heads.classes()) {
        if (sets.values().stream()
            .flatMap(List::stream)
            .noneMatch(l -> l.annotated().filter(shown::equals).isPresent())) {
          throw new IllegalArgumentException(
              "expressions are to be learned but no face of %s shows %s; add a set that does, or learn other classes"
                  .formatted(sets.keySet(), shown.label()));
        }
      }
    }
    requireEach(sets);
  }

  /**
   * Refuses sets that teach nothing.
   *
   * @param sets labels of the faces of each set, by its name
   * @throws IllegalArgumentException if a set has no label that any task takes
   */
  public void requireEach(Map<String, List<CropLabels>> sets) {
    sets.forEach(
        (name, labels) -> {
          if (found(labels).isEmpty()) {
            throw new IllegalArgumentException(
                "no face of '%s' has a label of what is learned, which is %s; leave the set out, or learn other tasks"
                    .formatted(name, words(tasks)));
          }
        });
  }

  private static String word(Answer task) {
    return switch (task) {
      case EXPRESSION -> "expressions";
      case ACTION_UNITS -> "action units";
      case VALENCE_AROUSAL -> "valence and arousal";
    };
  }

  private static List<String> words(Set<Answer> tasks) {
    return tasks.stream().sorted().map(LabelNeeds::word).toList();
  }
}
