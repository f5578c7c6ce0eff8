package org.affect4j.dataset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.affect4j.table.FaceColumns;
import org.affect4j.table.FaceTable;

/**
 * Divides tables of a dataset for training and testing. No person ever stands on both sides of a
 * division made here; rows without a named person count as a person each. The same seed gives the
 * same division.
 */
public final class Splits {
  /** Stands for the rows of all splits. */
  public static final String ALL = "all";

  private Splits() {}

  /**
   * Divides by the dataset's own split.
   *
   * @param table table of a dataset
   * @param training name of the split to learn from, such as {@code "train"}
   * @param test name of the split to judge by
   * @return the two parts; {@link Fold#sharedSubjects()} tells whether the dataset's authors let
   *     persons leak
   * @throws IllegalArgumentException if a split has no rows
   */
  public static Fold official(FaceTable table, String training, String test) {
    return new Fold(training + " and " + test, part(table, training), part(table, test));
  }

  /**
   * Keeps the rows of one split.
   *
   * @param table table of a dataset
   * @param split name of an official split, or {@link #ALL}
   * @return its rows, or all
   * @throws IllegalArgumentException if the split has no rows
   */
  public static FaceTable part(FaceTable table, String split) {
    if (split.equals(ALL)) {
      return table;
    }
    List<String> splits = table.texts(FaceColumns.SPLIT);
    FaceTable part = table.filter(row -> splits.get(row).equals(split));
    if (part.size() == 0) {
      Set<String> names = names(table);
      throw new IllegalArgumentException(
          "no row is of the split '%s'; the dataset has %s"
              .formatted(split, names.isEmpty() ? "no official split" : names));
    }
    return part;
  }

  /**
   * Returns the official splits.
   *
   * @param table table of a dataset
   * @return sorted names, empty where there is none
   */
  public static SortedSet<String> names(FaceTable table) {
    TreeSet<String> names = new TreeSet<>(table.texts(FaceColumns.SPLIT));
    names.remove("");
    return names;
  }

  /**
   * Draws rows at random.
   *
   * @param table table of a dataset
   * @param count how many, 1 or more; all if there are no more
   * @param seed of the random numbers
   * @return the rows that were drawn
   * @throws IllegalArgumentException if the count is below 1
   */
  public static FaceTable draw(FaceTable table, int count, long seed) {
    if (count < 1) {
      throw new IllegalArgumentException("1 row or more can be drawn, got " + count);
    }
    int[] drawn =
        new Random(seed)
            .ints(0, table.size())
            .distinct()
            .limit(Math.min(count, table.size()))
            .sorted()
            .toArray();
    return table.rows(drawn);
  }

  /**
   * Divides into folds, each of which is the test part once, persons kept whole and the classes of
   * a label spread as evenly as persons allow.
   *
   * @param table table of a dataset
   * @param count folds, at least two
   * @param label text column to spread evenly, such as {@code "expression"}; the empty string for
   *     none
   * @param seed of the random numbers
   * @return the folds
   * @throws IllegalArgumentException if there are fewer persons than folds
   */
  public static List<Fold> folds(FaceTable table, int count, String label, long seed) {
    if (count < 2) {
      throw new IllegalArgumentException("at least two folds are needed, got " + count);
    }
    double[] shares = new double[count];
    Arrays.fill(shares, 1.0 / count);
    int[] part = assign(table, shares, label, seed);
    return IntStream.range(0, count)
        .mapToObj(
            f ->
                new Fold(
                    "fold %d of %d".formatted(f + 1, count),
                    table.filter(i -> part[i] != f),
                    table.filter(i -> part[i] == f)))
        .toList();
  }

  /**
   * Divides once, persons kept whole and the classes of a label spread as evenly as persons allow.
   *
   * @param table table of a dataset
   * @param testShare part of the rows to judge by, above 0 and below 1
   * @param label text column to spread evenly; the empty string for none
   * @param seed of the random numbers
   * @return the two parts
   * @throws IllegalArgumentException if there are fewer than two persons
   */
  public static Fold holdOut(FaceTable table, double testShare, String label, long seed) {
    if (!(testShare > 0 && testShare < 1)) {
      throw new IllegalArgumentException("the share lies between 0 and 1, got " + testShare);
    }
    int[] part = assign(table, new double[] {1 - testShare, testShare}, label, seed);
    return new Fold(
        "hold-out of " + testShare,
        table.filter(i -> part[i] == 0),
        table.filter(i -> part[i] == 1));
  }

  /** A person and how many rows of each class show them. */
  private record Person(List<Integer> rows, int[] counts) {}

  /**
   * Gives each person, the most demanding first, to the part that this leaves most even: it
   * minimises the sum over parts and classes of the squared difference between the part's count and
   * its share of the class's rows, each class weighing by the inverse of its rows. The idea is that
   * of scikit-learn's StratifiedGroupKFold.
   */
  private static int[] assign(FaceTable table, double[] shares, String label, long seed) {
    int[] classes = classes(table, label);
    int classCount = Arrays.stream(classes).max().orElse(0) + 1;
    List<Person> persons = persons(table, classes, classCount);
    if (persons.size() < shares.length) {
      throw new IllegalArgumentException(
          "%d persons cannot be divided into %d parts; use fewer parts"
              .formatted(persons.size(), shares.length));
    }
    Collections.shuffle(persons, new Random(seed));
    persons.sort(Comparator.comparingInt((Person p) -> p.rows.size()).reversed());
    double[] totals = new double[classCount];
    for (int c : classes) {
      totals[c]++;
    }
    double[][] counts = new double[shares.length][classCount];
    double[] sizes = new double[shares.length];
    int[] people = new int[shares.length];
    int[] part = new int[table.size()];
    int left = persons.size();
    for (Person person : persons) {
      long empty = Arrays.stream(people).filter(n -> n == 0).count();
      int best = -1;
      double lowest = Double.POSITIVE_INFINITY;
      for (int p = 0; p < shares.length; p++) {
        // With no more persons left than empty parts, each of those has to get one.
        if (left == empty && people[p] > 0) {
          continue;
        }
        double cost = cost(person, counts[p], sizes[p], shares[p], totals, classes.length);
        if (cost < lowest) {
          lowest = cost;
          best = p;
        }
      }
      for (int c = 0; c < classCount; c++) {
        counts[best][c] += person.counts[c];
      }
      sizes[best] += person.rows.size();
      people[best]++;
      left--;
      for (int row : person.rows) {
        part[row] = best;
      }
    }
    return part;
  }

  /** How much the sum of squares grows when a part gets a person. */
  private static double cost(
      Person person, double[] counts, double size, double share, double[] totals, int rows) {
    double cost = growth(size, person.rows.size(), share * rows) / rows;
    for (int c = 0; c < counts.length; c++) {
      if (person.counts[c] > 0) {
        cost += growth(counts[c], person.counts[c], share * totals[c]) / totals[c];
      }
    }
    return cost;
  }

  private static double growth(double count, double added, double target) {
    double before = count - target;
    double after = before + added;
    return (after * after - before * before) / target;
  }

  private static int[] classes(FaceTable table, String label) {
    Map<String, Integer> index = new HashMap<>();
    return label.isEmpty()
        ? new int[table.size()]
        : table.texts(label).stream()
            .mapToInt(name -> index.computeIfAbsent(name, n -> index.size()))
            .toArray();
  }

  private static List<Person> persons(FaceTable table, int[] classes, int classCount) {
    Map<String, Person> persons = new LinkedHashMap<>();
    List<String> subject = table.texts(FaceColumns.SUBJECT);
    for (int row = 0; row < classes.length; row++) {
      String name = subject.get(row);
      String key = name.isEmpty() ? "\0" + row : name;
      Person person =
          persons.computeIfAbsent(key, k -> new Person(new ArrayList<>(), new int[classCount]));
      person.rows.add(row);
      person.counts[classes[row]]++;
    }
    return new ArrayList<>(persons.values());
  }
}
