package org.affect4j.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private static final long SECOND = 1_000_000_000L;

  private final List<String> lines = new ArrayList<>();
  private long now = 5 * SECOND;

  private final Progress.Output output = (text, last) -> lines.add(text);

  private Progress progress(long total) {
    return new Progress("analysing", total, output, () -> now, true);
  }

  private String last() {
    return lines.get(lines.size() - 1);
  }

  @Test
  void tellsRateAndTimeLeft() {
    Progress progress = progress(1000);
    assertEquals("analysing: 0 of 1,000 (0 %), 0 s elapsed", last());
    now += 10 * SECOND;
    progress.step(250);
    assertEquals("analysing: 250 of 1,000 (25 %), 25.0/s, 10 s elapsed, 30 s left", last());
    now += 30 * SECOND;
    LongConsumer listener = progress::at;
    listener.accept(1000);
    progress.close();
    assertEquals("analysing: 1,000 of 1,000 (100 %), 25.0/s, 40 s elapsed", last());
  }

  @Test
  void tellsNoEndThatItDoesNotKnow() {
    try (Progress progress = progress(-1)) {
      now += 120 * SECOND;
      progress.step();
      assertEquals("analysing: 1, 30.0/h, 2:00 min elapsed", last());
    }
  }

  @Test
  void writesNoMoreOftenThanItShould() {
    Progress progress = progress(1000);
    for (int i = 0; i < 1000; i++) {
      now += SECOND / 1000;
      progress.step();
    }
    progress.close();
    progress.close();
    // The first line, four in the second, the last line once.
    assertEquals(6, lines.size(), lines::toString);
    assertEquals(1000, progress.done());
    progress.step();
    assertEquals(6, lines.size(), "nothing is written after the end");
  }

  @Test
  void countsNeitherAnEarlierRunNorAnotherListForTheRate() {
    Progress progress = progress(-1);
    now += 10 * SECOND;
    progress.at(501, 1000);
    assertEquals("analysing: 501 of 1,000 (50 %), 6.0/min, 10 s elapsed, 1:23:10 h left", last());
    now += SECOND;
    progress.at(1, 5);
    now += SECOND;
    progress.at(3, 5);
    assertEquals("analysing: 3 of 5 (60 %), 3.0/s, 1 s elapsed, 1 s left", last());
  }

  @Test
  void tellsCommandLinesNothingOfWhatIsShort() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Progress.Adding log = new Progress.Adding(new PrintWriter(bytes, true, StandardCharsets.UTF_8));
    try (Progress progress = new Progress("photos", -1, log, () -> now, false)) {
      progress.at(1, 1);
    }
    assertEquals("", bytes.toString(StandardCharsets.UTF_8));
    try (Progress progress = new Progress("photos", -1, log, () -> now, false)) {
      now += 10 * SECOND;
      progress.at(1, 2);
    }
    assertEquals(2, bytes.toString(StandardCharsets.UTF_8).lines().count());
  }

  @Test
  void tellsRateAndTimeLeftOfAVideo() {
    Progress progress = progress(-1);
    now += 10 * SECOND;
    progress.at(1, 4);
    progress.video("folder/a\u001bclip.mp4", 1, 1001, 0);
    now += 10 * SECOND;
    progress.video("folder/a\u001bclip.mp4", 501, 1001, 20);
    assertEquals(
        "analysing: 1 of 4 (25 %), 20 s elapsed; a?clip.mp4: frame 501 of 1,001 (50 %), 50.0/s,"
            + " 2.0 x real time, 10 s left",
        last());
    now += SECOND;
    progress.video("pictures", 1, 0, 0);
    now += SECOND;
    progress.video("pictures", 5, 0, 0);
    assertTrue(last().endsWith("22 s elapsed; pictures: frame 5, 4.0/s"), last());
    now += SECOND;
    progress.at(2, 4);
    assertEquals("analysing: 2 of 4 (50 %), 5.2/min, 23 s elapsed, 23 s left", last());
  }

  @Test
  void survivesMoreStepsThanAnnounced() {
    Progress progress = progress(2);
    now += SECOND;
    progress.step(3);
    assertTrue(last().contains("3 of 2 (100 %)"), last());
    assertFalse(last().contains("left"), last());
    progress(0).close();
    assertEquals("analysing: 0 of 0, 0 s elapsed", last());
  }

  @Test
  void countsStepsOfAllThreads() throws InterruptedException {
    Progress progress = progress(40_000);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    for (int i = 0; i < 4; i++) {
      threads.execute(
          () -> {
            for (int k = 0; k < 10_000; k++) {
              progress.step();
            }
          });
    }
    threads.shutdown();
    assertTrue(threads.awaitTermination(10, TimeUnit.SECONDS));
    assertEquals(40_000, progress.done());
  }

  @Test
  void writesTimesAndRatesAsPeopleReadThem() {
    assertEquals("59 s", Progress.time(59.4));
    assertEquals("2:05 min", Progress.time(125));
    assertEquals("1:03:20 h", Progress.time(3800));
    assertEquals("1,234/s", Progress.rate(1234));
    assertEquals("30.0/min", Progress.rate(.5));
  }

  @Test
  void refusesNegativeNumbers() {
    assertThrows(IllegalArgumentException.class, () -> Progress.start("x", -1));
    Progress progress = progress(5);
    assertThrows(IllegalArgumentException.class, () -> progress.step(-1));
    assertThrows(IllegalArgumentException.class, () -> progress.at(-1));
  }

  @Test
  void replacesItsLineInNotebooks() {
    List<String> calls = new ArrayList<>();
    Front front =
        new Front() {
          @Override
          public void show(Bundle bundle) {
            calls.add("added " + bundle.text());
          }

          @Override
          public void show(Bundle bundle, String id) {
            calls.add("shown " + bundle.text());
          }

          @Override
          public void update(Bundle bundle, String id) {
            calls.add("replaced " + bundle.text());
          }

          @Override
          public boolean updatesInPlace() {
            return true;
          }
        };
    Progress progress = new Progress("x", 2, new Progress.Updating(front), () -> now, true);
    now += SECOND;
    progress.step();
    progress.close();
    assertEquals(3, calls.size());
    assertTrue(calls.get(0).startsWith("shown x: 0 of 2"));
    assertTrue(calls.get(2).startsWith("replaced x: 1 of 2"));
  }

  @Test
  void wipesLongerLinesOnTerminals() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Progress.Terminal terminal =
        new Progress.Terminal(new PrintWriter(bytes, true, StandardCharsets.UTF_8));
    terminal.line("long line", false);
    terminal.line("short", true);
    assertEquals(
        "\rlong line\rshort    " + System.lineSeparator(), bytes.toString(StandardCharsets.UTF_8));
  }
}
