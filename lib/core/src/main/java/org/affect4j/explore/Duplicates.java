package org.affect4j.explore;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.affect4j.dataset.AffectDataset;
import org.affect4j.image.FaceImage;
import org.affect4j.table.FaceColumns;
import org.affect4j.table.FaceTable;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Photos that occur more than once in a dataset. A test photo that was also trained on makes
 * results look better than they are.
 *
 * @param groups groups of at least two photos that are alike
 * @param unreadable photos that could not be read
 * @param flat photos that were not compared because they show no structure; only near duplicates
 *     leave them out
 */
public record Duplicates(List<List<Member>> groups, long unreadable, long flat) {
  /** Copies the lists. */
  public Duplicates {
    groups = groups.stream().map(List::copyOf).toList();
  }

  /**
   * A photo of a group.
   *
   * @param row number from the column {@code row}
   * @param input name of the photo
   * @param split its official split, or the empty string
   * @param expression its label, or the empty string
   */
  public record Member(int row, String input, String split, String expression) {}

  /**
   * Finds photos with the same pixels.
   *
   * @param dataset the dataset
   * @param rows its table, or a filtered part that kept the column {@code row}
   * @return groups in the order of their first photos
   */
  public static Duplicates exact(AffectDataset dataset, FaceTable rows) {
    Hashed<String> photos = hashed(dataset, rows, ImageHash::pixels);
    return new Duplicates(groups(photos.members, photos.hashes), photos.unreadable, 0);
  }

  /**
   * Finds photos that look alike: their difference hashes differ in few bits. Likeness is handed
   * on, so that the first and last of a group may differ more.
   *
   * <p>A difference hash sees pose, light and outline, and hardly the face. Aligned crops have all
   * the same layout, so that at 5 bits even strangers are near: look at the groups before anything
   * is left out.
   *
   * <p>Reading the photos takes nearly all of the time: a million difference hashes are grouped in
   * seconds at up to 5 bits.
   *
   * @param dataset the dataset
   * @param rows its table, or a filtered part that kept the column {@code row}
   * @param distance bits that may differ, 0 to 16; 2 is a careful choice
   * @return groups in the order of their first photos
   * @throws IllegalArgumentException if the distance is outside its range, or so many photos are
   *     alike in part that the search would take very long; then allow fewer bits
   */
  public static Duplicates near(AffectDataset dataset, FaceTable rows, int distance) {
    if (distance < 0 || distance > 16) {
      throw new IllegalArgumentException("the distance is 0 to 16 bits, got " + distance);
    }
    Hashed<Long> photos = hashed(dataset, rows, ImageHash::difference);
    int[] compared =
        IntStream.range(0, photos.hashes.size()).filter(i -> photos.hashes.get(i) != 0).toArray();
    int[] groupOf =
        NearHashes.groups(
            Arrays.stream(compared).mapToLong(photos.hashes::get).toArray(), distance);
    return new Duplicates(
        groups(
            Arrays.stream(compared).mapToObj(photos.members::get).toList(),
            Arrays.stream(groupOf).boxed().toList()),
        photos.unreadable,
        photos.hashes.size() - compared.length);
  }

  /** Photos that could be read, and how many could not. */
  private record Hashed<T>(List<Member> members, List<T> hashes, long unreadable) {}

  private static <T> Hashed<T> hashed(
      AffectDataset dataset, FaceTable rows, Function<FaceImage, T> hash) {
    List<Member> read = new ArrayList<>();
    List<T> hashes = new ArrayList<>();
    List<Member> all = members(rows);
    for (Member member : all) {
      try {
        hashes.add(hash.apply(dataset.photo(member.row())));
        read.add(member);
      } catch (IOException e) {
        // Counted below.
      }
    }
    return new Hashed<>(read, hashes, all.size() - read.size());
  }

  /** Photos of one key that are two or more. */
  private static <K> List<List<Member>> groups(List<Member> members, List<K> keys) {
    Map<K, List<Member>> groups = new LinkedHashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      groups.computeIfAbsent(keys.get(i), key -> new ArrayList<>()).add(members.get(i));
    }
    return groups.values().stream().filter(group -> group.size() > 1).toList();
  }

  private static List<Member> members(FaceTable rows) {
    int[] numbers = rows.rowNumbers();
    List<String> input = rows.texts(FaceColumns.INPUT);
    List<String> split = rows.texts(FaceColumns.SPLIT);
    List<String> expression = rows.texts(FaceColumns.EXPRESSION);
    return IntStream.range(0, numbers.length)
        .mapToObj(i -> new Member(numbers[i], input.get(i), split.get(i), expression.get(i)))
        .toList();
  }

  /**
   * Returns the photos of one split that also occur in another.
   *
   * @param split such as {@code "test"}
   * @param other such as {@code "train"}
   * @return photos of the first split
   */
  public List<Member> leaked(String split, String other) {
    return groups.stream()
        .filter(group -> group.stream().anyMatch(m -> m.split().equals(other)))
        .flatMap(group -> group.stream().filter(m -> m.split().equals(split)))
        .toList();
  }

  /**
   * Returns a table without the photos of one split that also occur in another.
   *
   * @param rows table of the dataset, or a part of it
   * @param split such as {@code "test"}
   * @param other such as {@code "train"}
   * @return a new table
   */
  public FaceTable without(FaceTable rows, String split, String other) {
    Set<Integer> leaked = new HashSet<>();
    leaked(split, other).forEach(m -> leaked.add(m.row()));
    int[] numbers = rows.rowNumbers();
    return rows.filter(i -> !leaked.contains(numbers[i]));
  }

  /**
   * Returns the groups whose labelled photos do not all have the same label; a photo without a
   * label contradicts nothing.
   *
   * @return groups, empty if all labels agree
   */
  public List<List<Member>> contradictions() {
    return groups.stream()
        .filter(
            group ->
                group.stream()
                        .map(Member::expression)
                        .filter(label -> !label.isEmpty())
                        .distinct()
                        .count()
                    > 1)
        .toList();
  }

  /**
   * Returns one row per photo: {@code group, row, input, split, expression}.
   *
   * @return a new table
   */
  public Table table() {
    List<Member> all = groups.stream().flatMap(List::stream).toList();
    return Table.create(
        "duplicates",
        IntColumn.create(
            "group",
            IntStream.range(0, groups.size())
                .flatMap(g -> groups.get(g).stream().mapToInt(member -> g))
                .toArray()),
        IntColumn.create("row", all.stream().mapToInt(Member::row).toArray()),
        StringColumn.create(FaceColumns.INPUT, all.stream().map(Member::input).toList()),
        StringColumn.create("split", all.stream().map(Member::split).toList()),
        StringColumn.create("expression", all.stream().map(Member::expression).toList()));
  }

  @Override
  public String toString() {
    return "%d groups of %d photos, %d of them with contradicting labels; %d unreadable, %d flat"
        .formatted(
            groups.size(),
            groups.stream().mapToInt(List::size).sum(),
            contradictions().size(),
            unreadable,
            flat);
  }
}
