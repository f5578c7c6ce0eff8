package org.affect4j.training.batch;

import java.util.Optional;
import org.affect4j.face.AnnotatedExpression;

/**
 * A set of faces as a source of batches.
 *
 * @param set the faces
 * @param passes how often each face is shown in an epoch, positive; may be a fraction
 * @param augmentation how its faces are varied
 * @param expressionWeight how much an expression of this set counts, 1 for a full label, 0 for none
 * @param teacher networks or raters that have a say in the labels of expressions
 * @param weakUnits action units by a weak teacher
 */
public record BatchSource(
    CropSet set,
    double passes,
    Augmentation augmentation,
    double expressionWeight,
    Optional<TeacherLabels> teacher,
    Optional<WeakUnits> weakUnits) {
  /** Checks the passes, the weight and that the teacher knows each face. */
  public BatchSource {
    if (!(expressionWeight >= 0 && expressionWeight <= 1)) {
      throw new IllegalArgumentException(
          "a label weighs 0 to 1, got %s for %s".formatted(expressionWeight, set));
    }
    if (!(passes > 0) || passes * set.size() < 1) {
      throw new IllegalArgumentException(
          "%s must be shown at least one face an epoch, got %s passes".formatted(set, passes));
    }
    if (teacher.isPresent() && teacher.get().size() != set.size()) {
      throw new IllegalArgumentException(
          "a teacher of %d faces cannot teach %s".formatted(teacher.get().size(), set));
    }
    if (weakUnits.isPresent() && weakUnits.get().size() != set.size()) {
      throw new IllegalArgumentException("%s cannot teach %s".formatted(weakUnits.get(), set));
    }
  }

  /**
   * A source whose labels are taken as they are.
   *
   * @param set the faces
   * @param passes how often each face is shown in an epoch
   * @param augmentation how its faces are varied
   * @param expressionWeight how much an expression of this set counts
   */
  public BatchSource(
      CropSet set, double passes, Augmentation augmentation, double expressionWeight) {
    this(set, passes, augmentation, expressionWeight, Optional.empty(), Optional.empty());
  }

  /**
   * A source whose expressions count in full.
   *
   * @param set the faces
   * @param passes how often each face is shown in an epoch
   * @param augmentation how its faces are varied
   */
  public BatchSource(CropSet set, double passes, Augmentation augmentation) {
    this(set, passes, augmentation, 1);
  }

  /**
   * The same with a teacher; one who has a say already keeps what the new one leaves.
   *
   * @param labels what the teacher says of each face of the set
   * @return changed copy
   */
  public BatchSource taughtBy(TeacherLabels labels) {
    TeacherLabels all = teacher.map(first -> first.then(labels)).orElse(labels);
    return new BatchSource(
        set, passes, augmentation, expressionWeight, Optional.of(all), weakUnits);
  }

  /**
   * The same with a weak teacher of action units.
   *
   * @param weak what it says of each face of the set
   * @return changed copy
   */
  public BatchSource withWeakUnits(WeakUnits weak) {
    return new BatchSource(set, passes, augmentation, expressionWeight, teacher, Optional.of(weak));
  }

  /**
   * Writes the shares of the expressions in what is learned of a face, if it has a label: {@link
   * FaceBatch#CLASSES} values.
   */
  public void putExpressions(int face, float[] into, int from) {
    Optional<AnnotatedExpression> label = set.labels(face).annotated();
    if (label.isEmpty()) {
      return;
    }
    double hard = 1 - teacher.map(TeacherLabels::share).orElse(0.0);
    into[from + label.get().ordinal()] = (float) (expressionWeight * hard);
    if (teacher.isPresent()) {
      teacher.get().addTo(face, expressionWeight, into, from);
    }
  }

  /** Writes what a weak teacher says of the units of a face, if there is one: 17 values. */
  public void putWeakUnits(int face, float[] into, int from) {
    weakUnits.ifPresent(weak -> weak.put(face, into, from));
  }

  /** Faces shown in an epoch. */
  public int facesPerEpoch() {
    return Math.toIntExact(Math.round(passes * set.size()));
  }
}
