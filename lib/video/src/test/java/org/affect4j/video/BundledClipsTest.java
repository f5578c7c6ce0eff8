package org.affect4j.video;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.affect4j.analysis.AnalyzerOptions;
import org.affect4j.analysis.FaceAnalyzer;
import org.affect4j.analysis.ProgressListener;
import org.affect4j.face.ActionUnit;
import org.affect4j.series.FaceSeries;
import org.affect4j.series.Filling;
import org.affect4j.table.FaceColumns;
import org.affect4j.table.FaceTable;
import org.affect4j.video.BundledClip.Pair;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What is read in the bundled clips against their truth; prints the table of docs/video.md. */
class BundledClipsTest {
  private static final List<String> CLIPS = BundledClip.NAMES;

  /** The part of each clip in which a search of every frame is compared with following. */
  private static final int SEARCHED_SECONDS = 4;

  private static final Map<String, Map<ActionUnit, Double>> FIGURES = new TreeMap<>();

  @AfterAll
  static void print() {
    if (FIGURES.size() == CLIPS.size()) {
      StringBuilder table = new StringBuilder("| unit |");
      CLIPS.forEach(clip -> table.append(' ').append(clip).append(" |"));
      table.append("\n|---|").append("---:|".repeat(CLIPS.size())).append('\n');
      for (ActionUnit unit : ActionUnit.ALL) {
        table.append("| ").append(unit.label()).append(" |");
        CLIPS.forEach(
            clip ->
                table
                    .append(' ')
                    .append(
                        FIGURES.get(clip).containsKey(unit)
                            ? three(FIGURES.get(clip).get(unit))
                            : "")
                    .append(" |"));
        table.append('\n');
      }
      table.append("| mean |");
      CLIPS.forEach(clip -> table.append(' ').append(three(mean(FIGURES.get(clip)))).append(" |"));
      System.out.println(table);
    }
  }

  private static String three(double figure) {
    return String.format(Locale.ROOT, "%.3f", figure).replace("0.", ".");
  }

  private static double mean(Map<ActionUnit, Double> figures) {
    return figures.values().stream().mapToDouble(v -> v).average().orElseThrow();
  }

  @Tag("slow")
  @ParameterizedTest
  @FieldSource("CLIPS")
  void everyFrameHasItsTruth(String name) throws IOException {
    BundledClip clip = BundledClip.of(name);
    List<Integer> frames = new ArrayList<>(BundledClip.faces(clip.truth()).keySet());
    try (VideoSource video = VideoSource.open(clip.video())) {
      List<VideoFrame> read = video.stream().toList();
      assertEquals(frames, read.stream().map(f -> (int) f.number()).toList());
      assertTrue(frames.size() >= 250 && frames.size() <= 500, frames.size() + " frames");
      for (VideoFrame frame : read) {
        assertEquals(640, frame.width());
        assertEquals(480, frame.height());
        assertEquals(frame.number() / 25.0, frame.seconds().orElseThrow(), 1e-6);
      }
      assertEquals("", video.damage());
      assertEquals(
          name.equals("joke") || name.equals("conversation") ? 2 : 1,
          video.info().streams().size());
    }
  }

  /** Peaks of the intensity, in the five steps of FACS. */
  @Test
  void togetherTheyMoveEveryUnitAtThreeStrengths() throws IOException {
    Map<ActionUnit, TreeSet<Long>> strengths = new EnumMap<>(ActionUnit.class);
    for (String name : CLIPS) {
      FaceTable truth = BundledClip.of(name).truth();
      Map<Integer, List<Integer>> tracks =
          BundledClip.faces(truth).values().stream()
              .flatMap(here -> here.entrySet().stream())
              .collect(
                  Collectors.groupingBy(
                      Map.Entry::getKey,
                      Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
      for (ActionUnit unit : ActionUnit.ALL) {
        for (List<Integer> rows : tracks.values()) {
          for (int i = 3; i + 3 < rows.size(); i++) {
            double here = BundledClip.value(truth, rows.get(i), unit);
            boolean peak = here >= .3;
            for (int k = i - 3; k <= i + 3; k++) {
              peak &= BundledClip.value(truth, rows.get(k), unit) <= here;
            }
            if (peak) {
              strengths.computeIfAbsent(unit, u -> new TreeSet<>()).add(Math.round(5 * here));
            }
          }
        }
      }
    }
    assertEquals(ActionUnit.COUNT, strengths.size());
    strengths.forEach((unit, steps) -> assertTrue(steps.size() >= 3, unit + " at " + steps));
  }

  @Tag("slow")
  @ParameterizedTest
  @FieldSource("CLIPS")
  void whatIsReadIsTrue(String name) throws IOException {
    BundledClip clip = BundledClip.of(name);
    VideoAnalysis standard = VideoAnalysis.standard();
    FaceTable rows;
    FaceTable every;
    try (FaceAnalyzer analyzer = FaceAnalyzer.load(AnalyzerOptions.defaults().withThreads(1))) {
      rows = standard.run(analyzer, clip.video(), ProgressListener.silent());
      every =
          new VideoAnalysis(
                  standard.video().withRange(0, SEARCHED_SECONDS), standard.tracker().everyFrame())
              .run(analyzer, clip.video(), ProgressListener.silent());
    }
    assertTracks(clip.truth(), rows);
    Map<ActionUnit, Double> figures = clip.correlations(rows);
    FIGURES.put(name, figures);
    assertTrue(mean(figures) >= .85, name + ": " + figures);
    List<Pair> both = BundledClip.pairs(every, rows);
    assertEquals(BundledClip.pairs(every, every).size(), both.size(), "faces of both");
    assertTrue(both.size() >= 25 * SEARCHED_SECONDS - 10, both.size() + " faces of both");
    double apart =
        both.stream()
            .flatMapToDouble(
                p ->
                    ActionUnit.ALL.stream()
                        .mapToDouble(
                            unit ->
                                Math.abs(
                                    BundledClip.value(every, p.first(), unit)
                                        - BundledClip.value(rows, p.second(), unit))))
            .average()
            .orElseThrow();
    assertTrue(apart <= .005, name + ": units " + apart + " apart");
    long same =
        both.stream()
            .filter(
                p ->
                    BundledClip.box(every, p.first())
                            .intersectionOverUnion(BundledClip.box(rows, p.second()))
                        >= .9)
            .count();
    assertTrue(same >= .99 * both.size(), name + ": " + same + " of " + both.size());
    if (name.equals("tasting")) {
      assertGap(clip.truth(), rows);
    }
  }

  /** In every frame those faces that the truth knows, under its numbers. */
  private static void assertTracks(FaceTable truth, FaceTable rows) {
    TreeMap<Integer, TreeMap<Integer, Integer>> read = BundledClip.faces(rows);
    TreeMap<Integer, TreeMap<Integer, Integer>> wanted = BundledClip.faces(truth);
    assertEquals(wanted.keySet(), read.keySet());
    wanted.forEach(
        (frame, here) -> assertEquals(here.keySet(), read.get(frame).keySet(), "frame " + frame));
  }

  private static void assertGap(FaceTable truth, FaceTable rows) {
    List<Integer> hidden =
        BundledClip.faces(truth).entrySet().stream()
            .filter(e -> e.getValue().isEmpty())
            .map(Map.Entry::getKey)
            .toList();
    assertEquals(10, hidden.size());
    FaceTable filled = FaceSeries.of(rows).filled(new Filling(1)).table();
    TreeMap<Integer, TreeMap<Integer, Integer>> faces = BundledClip.faces(filled);
    for (int frame : hidden) {
      int row = faces.get(frame).get(0);
      assertEquals("interpolated", filled.text(row, FaceColumns.STATUS).orElseThrow());
      assertTrue(filled.number(row, "au12").isEmpty());
      assertTrue(filled.number(row, "au12_filled").isPresent());
    }
  }
}
