package org.affect4j.training.behaviour.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.affect4j.dataset.AffectDataset;
import org.affect4j.dataset.DatasetFormat;
import org.affect4j.dataset.Splits;
import org.affect4j.image.FaceImage;
import org.affect4j.table.FaceColumns;
import org.affect4j.table.FaceTable;
import org.affect4j.training.batch.CropLabels;
import org.affect4j.training.batch.CropSet;
import org.affect4j.training.batch.internal.CropPreparation;

/**
 * A dataset to train with, of which only the list has been read.
 *
 * @param name what it is called in figures
 * @param dataset the dataset
 * @param training rows to learn from, those held back included
 * @param heldBack photos of those that are measured with instead
 * @param measured another split to measure with
 * @param passes how often an epoch shows each face; 0 to measure with all of them
 */
public record NamedSet(
    String name,
    AffectDataset dataset,
    FaceTable training,
    Set<String> heldBack,
    Optional<FaceTable> measured,
    double passes) {
  /**
   * Part of the faces that is held back where no set to measure with exists (FaceBehaviorNet, 4).
   */
  public static final double HELD_BACK = .15;

  private static final int COARSE = 64;
  private static final String TRAINING = "train";
  private static final List<String> MEASURING = List.of("validation", "test");

  /** The name, the place, and a split and passes if they are given. */
  private static final Pattern FORM =
      Pattern.compile("([\\w.-]+)=(.+?)(?::([A-Za-z][\\w -]*))?(?::(\\d*\\.?\\d+))?");

  /** Copies the names. */
  public NamedSet {
    heldBack = Set.copyOf(heldBack);
  }

  /**
   * Reads the list of a dataset. Learned from is the split that is named, or else {@code train}, or
   * else everything; measured with are the part that is held back and the split {@code validation},
   * or else {@code test}. Where there is no such split, a part is held back by whole persons.
   *
   * @param text {@code NAME=ROOT[:SPLIT][:PASSES]}, where NAME is a {@link DatasetFormat}, or ROOT
   *     a list of one's own in CSV
   * @param share part to hold back, 0 for none; empty for {@link #HELD_BACK} where no set to
   *     measure with exists
   * @param seed decides who is held back
   * @return the set
   * @throws IOException if the dataset cannot be read
   * @throws IllegalArgumentException if the text has another form, or there is no such dataset or
   *     split
   */
  public static NamedSet open(String text, Optional<Double> share, long seed) throws IOException {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "a set is given as NAME=ROOT, NAME=ROOT:SPLIT or NAME=ROOT:SPLIT:PASSES, the name of letters, digits, points and hyphens; got '%s'"
              .formatted(text));
    }
    String name = parts.group(1);
    AffectDataset dataset = dataset(name, Path.of(parts.group(2)));
    FaceTable all = dataset.table();
    Set<String> splits = Splits.names(all);
    String split =
        Optional.ofNullable(parts.group(3)).orElse(splits.isEmpty() ? Splits.ALL : TRAINING);
    FaceTable training = Splits.part(all, split);
    Optional<FaceTable> measured =
        MEASURING.stream()
            .filter(other -> splits.contains(other) && !other.equals(split))
            .filter(other -> !split.equals(Splits.ALL))
            .findFirst()
            .map(other -> Splits.part(all, other));
    double passes = Optional.ofNullable(parts.group(4)).map(Double::parseDouble).orElse(1.0);
    double held = share.orElse(measured.isPresent() ? 0 : HELD_BACK);
    FaceTable measuring =
        passes == 0
            ? training
            : held == 0 ? training.rows() : Splits.holdOut(training, held, "", seed).test();
    Set<String> heldBack = Set.copyOf(measuring.texts(FaceColumns.INPUT));
    return new NamedSet(name, dataset, training, heldBack, measured, passes);
  }

  private static AffectDataset dataset(String name, Path root) throws IOException {
    boolean known =
        Arrays.stream(DatasetFormat.values()).anyMatch(f -> f.label().equalsIgnoreCase(name));
    return !known && root.toString().endsWith(".csv")
        ? OwnList.load(name, root)
        : DatasetFormat.ofLabel(name).load(root);
  }

  /**
   * Returns what is known of the faces to learn from.
   *
   * @return labels of each row, before any photo is read
   */
  public List<CropLabels> labels() {
    List<String> photos = training.texts(FaceColumns.INPUT);
    return IntStream.range(0, training.size())
        .filter(row -> !heldBack.contains(photos.get(row)))
        .mapToObj(row -> CropPreparation.labels(training, row))
        .toList();
  }

  /** Cuts faces out of some rows of a dataset. */
  interface Cutting {
    CropSet of(String name, AffectDataset dataset, FaceTable rows) throws IOException;
  }

  /** Whether it is learned from, rather than measured with alone. */
  public boolean isLearned() {
    return passes > 0;
  }

  /**
   * The crops to train with, if any, and those to measure with; see {@link BehaviourData#prepare}.
   */
  List<CropSet> prepare(Cutting faces, LabelNeeds needs) throws IOException {
    List<CropSet> parts = new ArrayList<>();
    CropSet all = faces.of(name, dataset, training);
    if (isLearned()) {
      parts.add(part(all, name, needs, photo -> !heldBack.contains(photo)));
    }
    if (!heldBack.isEmpty()) {
      String held = isLearned() ? name + "_" + BehaviourData.HELD_OUT : name;
      parts.add(part(all, held, needs, heldBack::contains));
    }
    if (measured.isPresent()) {
      FaceTable rows = measured.get();
      String test = name + "_" + rows.texts(FaceColumns.SPLIT).get(0);
      CropSet judged = faces.of(test, dataset, rows);
      if (judged.labels().stream().anyMatch(needs::serve)) {
        parts.add(part(judged, test, needs, photo -> true));
      }
    }
    return parts;
  }

  private static CropSet part(
      CropSet set, String name, LabelNeeds needs, Predicate<String> wanted) {
    return set.subset(
        name,
        IntStream.range(0, set.size())
            .filter(i -> wanted.test(set.name(i)) && needs.serve(set.labels(i)))
            .toArray());
  }

  /**
   * Tells whether the photos are as small as those of FER2013, so that they are not made coarser.
   *
   * @return whether the first photo has at most 64 pixels a side
   */
  public boolean isCoarse() {
    try {
      FaceImage photo = dataset.photo(training.rowNumbers()[0]);
      return Math.max(photo.width(), photo.height()) <= COARSE;
    } catch (IOException e) {
      return false;
    }
  }
}
