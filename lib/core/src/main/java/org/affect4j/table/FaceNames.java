package org.affect4j.table;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.IntUnaryOperator;

/**
 * Finds the rows of a table by the names of photos, frames and faces, as other tables call them.
 *
 * <p>Tried in turn are: the whole name; the end of a path, so that {@code photos/angry/1.jpg} is
 * found as {@code angry/1.jpg}; where a frame is named, its folder as the name of the clip ({@code
 * F001/T1} or {@code F001_T1}), and the person or video of the column {@code subject}; and the bare
 * name of the file without its ending, unless two inputs share it. A row with a frame is found only
 * where the frame is the same, unless its input has no other: py-feat counts photos as frames.
 * {@code name#7} is read as frame 7 of {@code name}.
 *
 * <p>Where one name is that of several faces, the one of the highest score stands for all: {@link
 * #several} counts the others.
 */
public final class FaceNames {
  private static final int SHARED = -1;

  private final FaceTable table;
  private final Map<String, Integer> exact = new LinkedHashMap<>();
  private final Map<String, Integer> endings = new HashMap<>();

  /** Rows that stand for others of the same name too. */
  private final Set<Integer> shared = new HashSet<>();

  private long several;

  private FaceNames(FaceTable table) {
    this.table = table;
    for (int row = 0; row < table.size(); row++) {
      String name = name(table, row, frame -> frame);
      Integer before = exact.putIfAbsent(name, row);
      if (before != null) {
        several++;
        int best = score(row) > score(before) ? row : before;
        exact.put(name, best);
        shared.remove(before);
        shared.add(best);
      }
    }
    exact.forEach(this::addEndings);
    Map<String, Set<Integer>> frames = frames(table);
    for (int row : List.copyOf(exact.values())) {
      String input = slashes(table.text(row, FaceColumns.INPUT).orElse(""));
      if (frame(table, row).isPresent() && frames.get(input).size() == 1) {
        addEndings(input, row);
        endings.putIfAbsent(input, row);
      }
    }
  }

  /** The frames of each input, of photos none. */
  private static Map<String, Set<Integer>> frames(FaceTable table) {
    Map<String, Set<Integer>> frames = new HashMap<>();
    for (int row = 0; row < table.size(); row++) {
      Set<Integer> ofInput =
          frames.computeIfAbsent(
              slashes(table.text(row, FaceColumns.INPUT).orElse("")), input -> new HashSet<>());
      frame(table, row).ifPresent(ofInput::add);
    }
    return frames;
  }

  /**
   * Prepares the search in a table.
   *
   * @param table has a column {@code input}
   * @return the names of its rows
   * @throws IllegalArgumentException if it has no such column
   */
  public static FaceNames of(FaceTable table) {
    table.texts(FaceColumns.INPUT);
    return new FaceNames(table);
  }

  private double score(int row) {
    return table.number(row, FaceColumns.SCORE).orElse(0);
  }

  private void addEndings(String name, int row) {
    Set<String> mine = new LinkedHashSet<>();
    for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
      mine.add(name.substring(slash + 1));
      mine.add(withoutEnding(name.substring(slash + 1)));
    }
    mine.add(withoutEnding(name));
    mine.add(bare(name));
    for (String ending : mine) {
      if (!exact.containsKey(ending)) {
        endings.merge(ending, row, (one, other) -> SHARED);
      }
    }
  }

  /**
   * Finds the rows of this table that belong to the rows of another.
   *
   * @param rows has a column {@code input}
   * @return for each of its rows the number of the row here; empty where there is none
   */
  public List<OptionalInt> find(FaceTable rows) {
    return find(rows, frame -> frame);
  }

  /**
   * Finds rows where the two tables count frames otherwise: OpenFace counts them from 1, py-feat
   * and affect4j from 0. A shift that is forgotten lowers every correlation without any other sign.
   *
   * @param rows has a column {@code input}
   * @param frame turns the number of a frame in {@code rows} into that of this table
   * @return for each of its rows the number of the row here; empty where there is none
   */
  public List<OptionalInt> find(FaceTable rows, IntUnaryOperator frame) {
    Map<String, Set<String>> bareNames = new HashMap<>();
    for (String input : rows.texts(FaceColumns.INPUT)) {
      bareNames.computeIfAbsent(bare(slashes(input)), b -> new LinkedHashSet<>()).add(input);
    }
    Map<String, Set<Integer>> frames = frames(rows);
    List<OptionalInt> found = new ArrayList<>();
    for (int row = 0; row < rows.size(); row++) {
      String name = name(rows, row, frame);
      String input = slashes(rows.text(row, FaceColumns.INPUT).orElse(""));
      List<String> candidates = new ArrayList<>(List.of(name));
      Optional<String> subject = rows.text(row, FaceColumns.SUBJECT);
      if (frame(rows, row).isPresent()) {
        String number = name.substring(name.lastIndexOf('#'));
        String folder = input.substring(0, Math.max(0, input.lastIndexOf('/')));
        candidates.add(folder + number);
        candidates.add(folder.replace('/', '_') + number);
        subject.ifPresent(clip -> candidates.add(clip + number));
      }
      candidates.addAll(List.of(withoutEnding(name), input));
      if (bareNames.get(bare(input)).size() == 1) {
        candidates.add(bare(name));
        if (frames.get(input).size() <= 1) {
          candidates.add(bare(input));
        }
      }
      found.add(
          candidates.stream()
              .map(this::find)
              .filter(OptionalInt::isPresent)
              .findFirst()
              .orElse(OptionalInt.empty()));
    }
    return found;
  }

  private OptionalInt find(String name) {
    Integer row = exact.getOrDefault(name, endings.get(name));
    return row == null || row == SHARED ? OptionalInt.empty() : OptionalInt.of(row);
  }

  /**
   * Returns how many rows stand beside another of a higher score under the same name.
   *
   * @return rows that are never found
   */
  public long several() {
    return several;
  }

  /**
   * Two rows of one photo or frame.
   *
   * @param row number of the row in this table
   * @param other number of the row in the other table
   */
  public record Pair(int row, int other) {}

  /**
   * What two tables have in common.
   *
   * @param rows photos or frames that stand in both, each with one row, unmodifiable
   * @param unpaired photos or frames of this table alone
   * @param unpairedOthers photos or frames of the other table alone
   * @param ambiguous photos or frames with several rows in either table, which cannot be paired
   *     with certainty
   */
  public record Pairs(List<Pair> rows, long unpaired, long unpairedOthers, long ambiguous) {}

  /**
   * Pairs the rows of this table with those of another.
   *
   * @param other names of the other table
   * @param shift what has to be added to the frames of the other table
   * @return the pairs, and how many rows are in none
   */
  public Pairs pair(FaceNames other, int shift) {
    List<OptionalInt> partners = other.find(table, frame -> frame - shift);
    Set<Integer> left = new HashSet<>(other.exact.values());
    List<Pair> pairs = new ArrayList<>();
    long unpaired = 0;
    long ambiguous = 0;
    for (int row : exact.values()) {
      OptionalInt partner = partners.get(row);
      partner.ifPresent(left::remove);
      if (shared.contains(row) || partner.stream().anyMatch(other.shared::contains)) {
        ambiguous++;
      } else if (partner.isEmpty()) {
        unpaired++;
      } else {
        pairs.add(new Pair(row, partner.getAsInt()));
      }
    }
    long unpairedOthers = left.stream().filter(row -> !other.shared.contains(row)).count();
    return new Pairs(
        List.copyOf(pairs), unpaired, unpairedOthers, ambiguous + left.size() - unpairedOthers);
  }

  /**
   * Returns the photos or frames that are named.
   *
   * @return each name and the number of the row that stands for it, unmodifiable
   */
  public Map<String, Integer> rows() {
    return Collections.unmodifiableMap(exact);
  }

  private static String name(FaceTable table, int row, IntUnaryOperator shift) {
    String input = slashes(table.text(row, FaceColumns.INPUT).orElse(""));
    OptionalInt frame = frame(table, row);
    return frame.isPresent() ? input + "#" + shift.applyAsInt(frame.getAsInt()) : input;
  }

  private static OptionalInt frame(FaceTable table, int row) {
    return table.number(row, FaceColumns.FRAME).stream().mapToInt(f -> (int) f).findFirst();
  }

  private static String slashes(String path) {
    return path.replace('\\', '/');
  }

  private static String bare(String name) {
    return withoutEnding(name.substring(name.lastIndexOf('/') + 1));
  }

  /** {@code a/b.jpg#7} is {@code a/b#7}. */
  private static String withoutEnding(String name) {
    int hash = name.lastIndexOf('#');
    String path = hash < 0 ? name : name.substring(0, hash);
    int dot = path.lastIndexOf('.');
    return (dot <= path.lastIndexOf('/') + 1 ? path : path.substring(0, dot))
        + (hash < 0 ? "" : name.substring(hash));
  }
}
