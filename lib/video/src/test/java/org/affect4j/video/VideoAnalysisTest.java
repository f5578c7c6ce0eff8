package org.affect4j.video;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.affect4j.analysis.AnalyzerOptions;
import org.affect4j.analysis.FaceAnalyzer;
import org.affect4j.analysis.ProgressListener;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.PixelBox;
import org.affect4j.series.FaceSeries;
import org.affect4j.series.Filling;
import org.affect4j.table.FaceColumns;
import org.affect4j.table.FaceTable;
import org.affect4j.video.SharedClips.Expected;
import org.affect4j.video.track.TrackerOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class VideoAnalysisTest {
  private static FaceAnalyzer analyzer;

  @BeforeAll
  static void load() {
    analyzer = FaceAnalyzer.load(AnalyzerOptions.defaults().withThreads(1));
  }

  @AfterAll
  static void close() {
    analyzer.close();
  }

  private static FaceTable rows(String clip) throws IOException {
    return VideoAnalysis.standard()
        .run(analyzer, SharedClips.clip(clip), ProgressListener.silent());
  }

  /** The numbers of the faces of each frame. */
  private static TreeMap<Integer, List<Integer>> faces(FaceTable rows) {
    TreeMap<Integer, List<Integer>> faces = new TreeMap<>();
    for (int row = 0; row < rows.size(); row++) {
      OptionalDouble frame = rows.number(row, FaceColumns.FRAME);
      if (frame.isPresent()) {
        List<Integer> here =
            faces.computeIfAbsent((int) frame.getAsDouble(), f -> new ArrayList<>());
        rows.number(row, FaceColumns.FACE).ifPresent(face -> here.add((int) face));
      }
    }
    return faces;
  }

  @Test
  @Tag("slow")
  void whereOneFaceIsExpectedOneIsFollowed() throws IOException {
    for (Expected clip : SharedClips.all()) {
      if (!clip.faces().equals("all: 1") || clip.tracks() != 1 || clip.file().equals("numbered")) {
        continue;
      }
      TreeMap<Integer, List<Integer>> faces = faces(rows(clip.file()));
      assertEquals(clip.frames(), faces.size(), clip.file());
      faces.forEach((frame, here) -> assertEquals(List.of(0), here, clip + " frame " + frame));
    }
  }

  @Test
  void twoWhoPassEachOtherKeepTheirNumbers() throws IOException {
    FaceTable rows = rows("crossing.mp4");
    TreeMap<Integer, List<Integer>> faces = faces(rows);
    assertEquals(75, faces.size());
    Set<Integer> numbers = new TreeSet<>();
    faces.forEach(
        (frame, here) -> {
          numbers.addAll(here);
          boolean mayHide = frame >= 25 && frame <= 49;
          assertTrue(here.size() == 2 || mayHide && here.size() == 1, "frame " + frame + here);
        });
    assertEquals(Set.of(0, 1), numbers);
    assertEquals(side(rows, 0, 0), !side(rows, 74, 0), "who comes from the left ends on the right");
  }

  private static boolean side(FaceTable rows, int frame, int face) {
    int row =
        IntStream.range(0, rows.size())
            .filter(r -> rows.number(r, FaceColumns.FRAME).getAsDouble() == frame)
            .filter(r -> rows.number(r, FaceColumns.FACE).getAsDouble() == face)
            .findFirst()
            .orElseThrow();
    return rows.box(row).orElseThrow().x() < 200;
  }

  @Test
  void whoReturnsWithinASecondKeepsTheNumberAndTheGapCanBeFilled() throws IOException {
    FaceTable rows = rows("leaves-returns.mp4");
    faces(rows)
        .forEach(
            (frame, here) -> {
              boolean there = frame < 25 || frame >= 40 && frame < 60 || frame >= 110;
              List<Integer> expected = there ? List.of(frame < 100 ? 0 : 1) : List.of();
              assertEquals(expected, here, "frame " + frame);
            });
    FaceTable filled = FaceSeries.of(rows).filled(new Filling(1)).table();
    faces(filled)
        .forEach((frame, here) -> assertEquals(frame >= 60 && frame < 110, here.isEmpty()));
    int row = 30;
    assertEquals("interpolated", filled.text(row, FaceColumns.STATUS).orElseThrow());
    assertTrue(
        filled.number(row, "au12").isEmpty() && filled.number(row, "au12_filled").isPresent());
  }

  @Test
  void behindACutFacesHaveOtherNumbers() throws IOException {
    FaceTable rows = rows("cut.mp4");
    faces(rows)
        .forEach((frame, here) -> assertEquals(List.of(frame < 30 ? 0 : 1), here, "" + frame));
    assertEquals(FaceSeries.CUT, rows.text(30, FaceColumns.REASON).orElseThrow());
  }

  @Test
  void aBrokenTailIsToldBehindTheRowsBeforeIt() throws IOException {
    FaceTable rows = rows("cut-off.mp4");
    assertEquals(26, rows.size());
    assertEquals("partial", rows.text(25, FaceColumns.STATUS).orElseThrow());
    assertTrue(rows.text(25, FaceColumns.REASON).orElseThrow().contains("ends early"));
    assertTrue(rows.number(25, FaceColumns.FRAME).isEmpty());
  }

  @Test
  @Tag("slow")
  void followedFacesAreThoseThatASearchOfEveryFrameFinds() throws IOException {
    VideoAnalysis standard = VideoAnalysis.standard();
    VideoAnalysis every = new VideoAnalysis(standard.video(), standard.tracker().everyFrame());
    FaceTable followed = rows("crossing.mp4");
    FaceTable searched =
        every.run(analyzer, SharedClips.clip("crossing.mp4"), ProgressListener.silent());
    assertEquals(faces(searched), faces(followed));
    double apart = 0;
    for (int row = 0; row < searched.size(); row++) {
      PixelBox box = searched.box(row).orElseThrow();
      assertTrue(box.intersectionOverUnion(followed.box(row).orElseThrow()) > .85, "row " + row);
      for (ActionUnit unit : ActionUnit.ALL) {
        apart +=
            Math.abs(
                searched.number(row, unit.column()).getAsDouble()
                    - followed.number(row, unit.column()).getAsDouble());
      }
    }
    assertTrue(apart / searched.size() / ActionUnit.COUNT < .01, "mean difference of a unit");
  }

  @Test
  void theLargestFaceAloneCanBeFollowed() throws IOException {
    VideoAnalysis one =
        new VideoAnalysis(VideoOptions.defaults().withEvery(10), TrackerOptions.of(.95).largest(1));
    FaceTable rows = one.run(analyzer, SharedClips.clip("crossing.mp4"), ProgressListener.silent());
    assertEquals(8, rows.size());
    assertEquals(70, rows.number(7, FaceColumns.FRAME).getAsDouble());
  }
}
