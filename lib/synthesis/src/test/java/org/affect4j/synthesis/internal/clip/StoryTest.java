package org.affect4j.synthesis.internal.clip;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.affect4j.face.CircumplexPrior;
import org.affect4j.face.Expression;
import org.affect4j.series.FaceSeries;
import org.affect4j.synthesis.facs.FacsUnit;
import org.affect4j.synthesis.internal.clip.Role.Axis;
import org.affect4j.synthesis.internal.clip.Story.Scene;
import org.affect4j.synthesis.internal.common.RandomStream;
import org.affect4j.synthesis.internal.geometry.TinyHead;
import org.affect4j.synthesis.internal.sample.Studio;
import org.affect4j.table.FaceColumns;
import org.affect4j.table.FaceTable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoryTest {
  private static final Studio STUDIO = new Studio(TinyHead.geometry());

  @TempDir Path folder;

  private static Role role(long person, double x) {
    return new Role(person, x, 40, 4);
  }

  private static Story story(double seconds, Scene... scenes) {
    return new Story("story", 160, 112, 10, seconds, List.of(scenes));
  }

  private FaceTable written(Story story, int threads, String name) throws Exception {
    return new ClipWriter(STUDIO, threads, 5).write(story, folder.resolve(name), frame -> {});
  }

  @Test
  void coursesSwingFromKeyToKey() {
    Course course = Course.of(1, 10, 3, 20);
    assertEquals(10, course.at(0));
    assertEquals(15, course.at(2), 1e-12);
    assertEquals(10 + 10 * (.5 - .5 * Math.sqrt(.5)), course.at(1.5), 1e-12);
    assertEquals(20, course.at(9));
    assertThrows(IllegalArgumentException.class, () -> Course.of(2, 1, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> Course.of(2));
  }

  @Test
  void unitsComeStayAndGoAndTheStrongerCounts() {
    Role role = role(0, 80).acts(1, .4, 1, .2, "6C+12D").acts(1.2, .2, 1, .2, "12B+L4E");
    assertEquals(0, role.action(.9).intensity(FacsUnit.AU12));
    assertEquals(.4, role.action(1.2).intensity(FacsUnit.AU12), 1e-12);
    assertEquals(.8, role.action(2).intensity(FacsUnit.AU12), 1e-12);
    assertEquals(1, role.action(2).left(FacsUnit.AU04));
    assertEquals(0, role.action(2).right(FacsUnit.AU04));
    assertEquals(0, role.action(2.7).intensity(FacsUnit.AU12));
    assertEquals(2, role.showing(2).size());
  }

  @Tag("slow")
  @Test
  void theSameSeedMakesTheSameBytesForAnyNumberOfThreads() throws Exception {
    Story story =
        story(1.2, new Scene(0, 1, role(0, 80).heardAt(150).speaks(.1, 1.1)).hidden(.4, .9));
    FaceTable one = written(story, 1, "one.mp4");
    FaceTable two = written(story, 3, "two.mp4");
    assertArrayEquals(
        Files.readAllBytes(folder.resolve("one.mp4")),
        Files.readAllBytes(folder.resolve("two.mp4")));
    assertEquals(one.renamed(name -> "").toString(), two.renamed(name -> "").toString());
    Path csv = folder.resolve("one.csv");
    ClipWriter.write(one, csv);
    FaceTable read = FaceTable.read(csv);
    assertEquals(12, read.size());
    assertEquals(one.texts(FaceColumns.STATUS), read.texts(FaceColumns.STATUS));
    assertEquals(Truth.COLUMNS, read.table().columnNames());
  }

  /** Away for half a second, then for longer; a second scene with two others. */
  @Test
  void numbersAreThoseThatATrackerShouldGive() throws Exception {
    Role wanders =
        role(0, 80)
            .moves(
                Axis.X, 0, 80, .9, 80, .91, 900, 1.4, 900, 1.41, 80, 2, 80, 2.01, 900, 3.9, 900,
                3.91, 80);
    Role far = new Role(1, 40, 40, 3);
    Role near = new Role(2, 120, 40, 4);
    FaceTable truth =
        written(story(5, new Scene(0, 1, wanders), new Scene(4.5, 2, far, near)), 2, "clip.mp4");
    double[] ids = truth.numbers(FaceColumns.FACE);
    double[] frames = truth.numbers(FaceColumns.FRAME);
    for (int row = 0; row < truth.size(); row++) {
      int frame = (int) frames[row];
      boolean away = frame >= 10 && frame < 15 || frame > 20 && frame < 40;
      if (frame < 45) {
        assertEquals(away ? Double.NaN : frame < 30 ? 0 : 1, ids[row], "frame " + frame);
        assertEquals(away ? "no_face" : "ok", truth.text(row, FaceColumns.STATUS).orElseThrow());
      }
    }
    int last = truth.size() - 1;
    assertEquals("2", truth.text(last - 1, "person").orElseThrow(), "the larger one comes first");
    assertEquals(2, ids[last - 1]);
    assertEquals("1", truth.text(last, "person").orElseThrow());
    assertEquals(3, ids[last]);
    int cut =
        IntStream.range(0, truth.size()).filter(r -> frames[r] == 45).findFirst().orElseThrow();
    assertEquals(FaceSeries.CUT, truth.text(cut, FaceColumns.REASON).orElseThrow());
    FaceSeries.of(truth);
  }

  @Test
  void feelingsAreKnownWhereExpressionsAlone() throws Exception {
    Role role =
        role(0, 80).shows(Expression.HAPPINESS, .5, .2, .6, .2, "6E+12E").acts(2, .1, .5, .1, "4C");
    FaceTable truth = written(story(3, new Scene(0, 1, role)), 2, "clip.mp4");
    double[] valence = truth.numbers(FaceColumns.VALENCE);
    assertEquals(CircumplexPrior.of(Expression.NEUTRAL).valence(), valence[0], 1e-9);
    assertEquals(CircumplexPrior.of(Expression.HAPPINESS).valence(), valence[10], 1e-9);
    assertEquals("happiness", truth.text(10, FaceColumns.EXPRESSION).orElseThrow());
    assertTrue(Double.isNaN(valence[23]));
    assertEquals(.6, truth.number(23, "au04").orElseThrow(), 1e-9);
  }

  @Test
  void aVoiceIsHeardWhileTheJawIsOpen() {
    float[] sound = Voice.of(120, List.of(0., 0., 1., 1., 0., 0.), 10);
    assertEquals(.6 * Voice.RATE, sound.length);
    assertEquals(0, loudest(sound, 0, .1));
    assertTrue(loudest(sound, .2, .3) > .05);
    assertTrue(loudest(sound, 0, .6) < 1);
    assertEquals(0, loudest(sound, .45, .6));
  }

  private static double loudest(float[] sound, double from, double to) {
    double most = 0;
    for (int i = (int) (from * Voice.RATE); i < (int) (to * Voice.RATE); i++) {
      most = Math.max(most, Math.abs(sound[i]));
    }
    return most;
  }

  @Test
  void ratersAreRightAsOftenAsTheReadmeSays() {
    RandomStream r = RandomStream.of(1, 1);
    for (Mood mood : Mood.values()) {
      long right = IntStream.range(0, 4000).filter(i -> mood.rated(r) == mood).count();
      assertEquals(.7, right / 4000.0, .03, mood.label());
    }
  }

  @Test
  void unknownClipsAreRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> Clips.write(STUDIO, 1, 1, List.of("nobody"), folder, "test", line -> {}));
  }

  @Test
  void theFourStoriesHaveTheirLengths() {
    List<Story> all = Stories.all();
    assertEquals(
        List.of("joke", "tasting", "evening", "conversation"),
        all.stream().map(Story::name).toList());
    for (Story story : all) {
      assertTrue(story.seconds() >= 10 && story.seconds() <= 20, story.name());
    }
  }
}
