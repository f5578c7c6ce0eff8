package org.affect4j.synthesis.internal.clip;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.affect4j.face.ActionUnit;
import org.affect4j.series.FaceSeries;
import org.affect4j.synthesis.facs.FacsUnit;
import org.affect4j.table.AnalyzedInput.Status;
import org.affect4j.table.FaceColumns;
import org.affect4j.table.FaceTable;
import org.affect4j.table.FaceTableBuilder;

/**
 * The truth of a clip, frame by frame in order, as {@link FaceTable} has rows of videos. Faces have
 * numbers in the order in which they appear, larger ones first; one that is back within a second
 * keeps its number, and a cut ends all.
 */
final class Truth {
  /** From this part of its box on a face is there. */
  static final double VISIBLE = .5;

  private static final double MEMORY_SECONDS = 1;

  private static final List<FacsUnit> OTHER_UNITS =
      FacsUnit.ALL.stream().filter(u -> u.labelled().isEmpty()).toList();

  /** The columns of a file, those without any truth left out. */
  static final List<String> COLUMNS =
      Stream.of(
              FaceColumns.analysis(0).stream()
                  .filter(c -> !c.startsWith("p_") && !c.equals(FaceColumns.SCORE)),
              Stream.of("person", "shot", "visible", "yaw_deg", "pitch_deg"),
              OTHER_UNITS.stream().map(FacsUnit::column))
          .flatMap(Function.identity())
          .toList();

  private record Track(int id, double seen) {}

  private final Story story;
  private final String input;
  private final FaceTableBuilder rows = new FaceTableBuilder("truth", COLUMNS);
  private final Map<Long, Track> tracks = new HashMap<>();
  private int shot;
  private int next;

  Truth(Story story, String input) {
    this.story = story;
    this.input = input;
  }

  void add(int frame, List<Stage.Seen> seen) {
    double time = story.time(frame);
    boolean cut = story.scene(time) != shot;
    if (cut) {
      shot = story.scene(time);
      tracks.clear();
    }
    List<Stage.Seen> there = seen.stream().filter(s -> s.visible() >= VISIBLE).toList();
    there.stream()
        .sorted(Comparator.comparingDouble((Stage.Seen s) -> -s.face().box().area()))
        .forEach(
            s -> {
              Track before = tracks.get(s.role().person());
              boolean known = before != null && time - before.seen <= MEMORY_SECONDS + 1e-9;
              tracks.put(s.role().person(), new Track(known ? before.id : next++, time));
            });
    List<Stage.Seen> ordered = new ArrayList<>(there);
    ordered.sort(Comparator.comparingInt(s -> tracks.get(s.role().person()).id));
    for (int i = 0; i < Math.max(1, ordered.size()); i++) {
      rows.set(FaceColumns.INPUT, input).set(FaceColumns.FRAME, frame);
      rows.set(FaceColumns.TIMESTAMP, time).set("shot", Integer.toString(shot));
      rows.set(FaceColumns.STATUS, (ordered.isEmpty() ? Status.NO_FACE : Status.OK).label());
      rows.set(FaceColumns.REASON, cut ? FaceSeries.CUT : "");
      if (i < ordered.size()) {
        face(ordered.get(i), time);
      }
      rows.add();
    }
  }

  private void face(Stage.Seen seen, double time) {
    rows.set(FaceColumns.FACE, tracks.get(seen.role().person()).id);
    rows.box(seen.face().box()).landmarks(seen.face().landmarks());
    rows.set(FaceColumns.ROLL, seen.face().landmarks().rollDegrees());
    ActionUnit.ALL.forEach(u -> rows.set(u.column(), seen.shape().label(u)));
    OTHER_UNITS.forEach(u -> rows.set(u.column(), seen.shape().action().intensity(u)));
    rows.set("person", Long.toString(seen.role().person()));
    rows.set("visible", String.format(Locale.ROOT, "%.2f", seen.visible()));
    rows.set(FaceColumns.YAW, seen.pose().yaw());
    rows.set(FaceColumns.PITCH, seen.pose().pitch());
    Feeling.of(seen.role().showing(time), time)
        .ifPresent(
            feeling -> {
              rows.set(FaceColumns.EXPRESSION, feeling.expression().label());
              rows.set(FaceColumns.VALENCE, feeling.valence());
              rows.set(FaceColumns.AROUSAL, feeling.arousal());
            });
  }

  /** All rows so far. */
  FaceTable table() {
    return rows.build();
  }
}
