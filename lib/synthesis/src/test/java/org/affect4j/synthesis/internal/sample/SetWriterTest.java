package org.affect4j.synthesis.internal.sample;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.affect4j.image.FaceImage;
import org.affect4j.synthesis.internal.geometry.TinyHead;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SetWriterTest {
  private static Studio studio;

  @TempDir Path folder;

  @BeforeAll
  static void prepare() {
    studio = new Studio(TinyHead.geometry());
  }

  private static SetWriter writer(int threads) {
    return new SetWriter(studio, threads, line -> {});
  }

  private static FaceSet set(int faces) {
    return new AuSet(faces, 64, false, 42, ImageFormat.PNG);
  }

  @Test
  void pixelsDoNotDependOnTheNumberOfThreads() throws Exception {
    Path one = folder.resolve("one");
    Path three = folder.resolve("three");
    assertEquals(4, writer(1).write(set(14), "test", one));
    writer(3).write(set(14), "test", three);
    List<String> labels = Files.readAllLines(one.resolve("labels.csv"));
    assertEquals(15, labels.size());
    assertEquals(labels, Files.readAllLines(three.resolve("labels.csv")));
    for (String line : labels.subList(1, 15)) {
      String file = line.substring(0, line.indexOf(','));
      assertArrayEquals(
          Files.readAllBytes(one.resolve(file)), Files.readAllBytes(three.resolve(file)), file);
    }
    int columns = labels.get(0).split(",").length;
    assertTrue(labels.get(0).startsWith("file,expression,eye_left_x"));
    assertEquals(columns, set(14).header().size());
    assertTrue(Files.readString(one.resolve("provenance.json")).contains("\"seed\": 42"));
    assertFalse(Files.exists(one.resolve("labels.csv.part")));
  }

  @Test
  void anInterruptedRunGoesOn() throws Exception {
    Path whole = folder.resolve("whole");
    writer(1).write(set(20), "test", whole);
    List<String> labels = Files.readAllLines(whole.resolve("labels.csv"));

    Path broken = folder.resolve("broken");
    Thread run =
        new Thread(
            () -> {
              SetWriter stopping =
                  new SetWriter(studio, 1, line -> Thread.currentThread().interrupt());
              assertThrows(IOException.class, () -> stopping.write(interrupting(), "test", broken));
            });
    run.start();
    run.join();
    assertTrue(Files.exists(broken.resolve("labels.csv.part")));
    // A line that was cut off by the interruption is not believed.
    Files.writeString(
        broken.resolve("labels.csv.part"), "000/0000", java.nio.file.StandardOpenOption.APPEND);
    int drawn = writer(1).write(set(20), "test", broken);
    assertEquals(3, drawn, "two of five items were finished");
    assertEquals(labels, Files.readAllLines(broken.resolve("labels.csv")));
    assertEquals(0, writer(1).write(set(20), "test", broken), "complete");
  }

  /** The set of twenty faces whose third item is never finished. */
  private static FaceSet interrupting() {
    AuSet real = new AuSet(20, 64, false, 42, ImageFormat.PNG);
    return new FaceSet(
        real.name(), real.items(), 42, ImageFormat.PNG, real.labels, "file", "expression") {
      @Override
      protected Item draw(Studio.Worker worker, int index) {
        if (index == 2) {
          throw new java.io.UncheckedIOException(new IOException("the machine went away"));
        }
        return real.draw(worker, index);
      }
    };
  }

  @Test
  void aFolderWithAnotherSetIsLeftAlone() throws Exception {
    writer(1).write(set(1), "test", folder);
    String message =
        assertThrows(
                IOException.class,
                () -> writer(1).write(new AuSet(1, 64, false, 43, ImageFormat.PNG), "test", folder))
            .getMessage();
    assertTrue(message.contains("holds another set"), message);
  }

  @Test
  void badRequestsAreRefused() throws Exception {
    assertThrows(
        IllegalArgumentException.class, () -> new AuSet(0, 112, false, 1, ImageFormat.PNG));
    assertThrows(IllegalArgumentException.class, () -> new Portraits(0, 1, ImageFormat.JPEG));
    assertThrows(IllegalArgumentException.class, () -> writer(0));
    Path file = Files.createFile(folder.resolve("file"));
    String message =
        assertThrows(IOException.class, () -> writer(1).write(set(1), "test", file.resolve("in")))
            .getMessage();
    assertTrue(message.contains("cannot write into"), message);
  }

  @Test
  void everyKindOfSetCanBeDrawn() throws Exception {
    for (FaceSet set :
        List.of(
            new Portraits(1, 1, ImageFormat.JPEG),
            new Groups(1, 1, ImageFormat.JPEG),
            new CompoundSet(1, 1, ImageFormat.JPEG),
            new Gallery(1, 1, ImageFormat.JPEG))) {
      Studio.Worker worker = new Studio.Worker(studio);
      FaceSet.Item item = set.draw(worker, set.items() / 2);
      assertEquals(1, item.files().size());
      for (List<String> row : item.rows()) {
        assertEquals(set.header().size(), row.size(), set.name());
      }
    }
  }

  /** Nothing but the surroundings differs: light does not come from a backdrop. */
  @Test
  void surroundingsOfAPortraitCanBeTransparent() throws Exception {
    Studio.Worker worker = new Studio.Worker(studio);
    FaceSet.Item opaque = new Portraits(1, 3, ImageFormat.PNG).draw(worker, 0);
    FaceSet.Item cut = Portraits.transparent(1, 3).draw(worker, 0);
    assertEquals(opaque.rows(), cut.rows());
    BufferedImage before = read(opaque);
    BufferedImage after = read(cut);
    int[] counts = new int[3];
    for (int y = 0; y < after.getHeight(); y++) {
      for (int x = 0; x < after.getWidth(); x++) {
        int alpha = after.getRGB(x, y) >>> 24;
        counts[alpha == 0 ? 0 : alpha == 255 ? 2 : 1]++;
        if (alpha == 255) {
          assertEquals(before.getRGB(x, y), after.getRGB(x, y), x + ", " + y);
        }
      }
    }
    int pixels = after.getWidth() * after.getHeight();
    assertTrue(counts[0] > pixels / 4, "transparent: " + counts[0]);
    assertTrue(counts[1] > 100, "at the outline: " + counts[1]);
    assertTrue(counts[2] > pixels / 8, "opaque: " + counts[2]);
  }

  private static BufferedImage read(FaceSet.Item item) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(item.files().get("000.png")));
  }

  @Test
  void speedCountsWhatCameAfterWarmingUp() throws Exception {
    List<Long> drawn = Collections.synchronizedList(new ArrayList<>());
    Speed speed = Speed.measure(studio, set(15), 1, 2, drawn::add);
    assertEquals(7, speed.faces(), "four persons, the last with three faces");
    assertTrue(speed.facesPerSecond() > 0 && speed.facesPerProcessorSecond() > 0);
    assertEquals(4, drawn.size());
    assertEquals(15, Collections.max(drawn));
    assertThrows(
        IllegalArgumentException.class, () -> Speed.measure(studio, set(16), 2, 2, drawn::add));
    assertThrows(
        IllegalArgumentException.class, () -> Speed.measure(studio, set(16), 1, 0, drawn::add));
  }

  @Test
  void memoryIsThatOfThisProcess() {
    MemoryUse memory = MemoryUse.now();
    assertTrue(memory.heapMib() > 1, memory.toString());
    // The heap alone holds more than that; not every system tells what is resident.
    assertTrue(memory.residentMib().orElse(memory.heapMib()) >= 10, memory.toString());
  }

  @Test
  void sheetsShowEveryUnitExpressionToneAndAge() throws Exception {
    Sheets sheets = new Sheets(1, 1);
    assertEquals(24 + 22 + 10 + 4, sheets.items());
    Studio.Worker worker = new Studio.Worker(studio);
    Map<String, List<List<String>>> shown = new LinkedHashMap<>();
    for (int index : new int[] {9, 24 + 4, 24 + 22 + 2, 24 + 22 + 10 + 3}) {
      FaceSet.Item item = sheets.draw(worker, index);
      assertEquals(1, item.files().size());
      String file = item.files().keySet().iterator().next();
      FaceImage sheet = FaceImage.decode(item.files().get(file), file);
      assertTrue(sheet.width() > 6 * 100 && sheet.height() > 100, file);
      shown.put(file, item.rows());
    }
    assertEquals(
        List.of("unit-12.png", "expression-happiness.png", "tone-03.png", "age-60-79.png"),
        List.copyOf(shown.keySet()));
    int au12 = sheets.header().indexOf("au12");
    int caption = sheets.header().indexOf("caption");
    assertEquals(
        List.of("0.000", "0.200", "0.400", "0.600", "0.800", "1.000"),
        shown.get("unit-12.png").stream().map(row -> row.get(au12)).toList());
    assertTrue(shown.get("unit-12.png").get(3).get(caption).startsWith("AU12 C Monk "));
    for (List<String> row : shown.get("tone-03.png")) {
      assertEquals(sheets.header().size(), row.size());
      assertEquals("3", row.get(sheets.header().indexOf("monk_tone")));
    }
    for (List<String> row : shown.get("age-60-79.png")) {
      assertEquals("60-79", row.get(sheets.header().indexOf("age")));
    }
    assertThrows(IllegalArgumentException.class, () -> new Sheets(0, 1));
  }

  @Test
  void unitsAreNotTiedBeyondFacs() {
    double[][] r = Audit.correlations(studio, 4000, 7);
    for (int i = 0; i < r.length; i++) {
      for (int j = i + 1; j < r.length; j++) {
        boolean tied = i == r.length - 2 && j == r.length - 1; // a dropped jaw parts the lips
        assertTrue(tied || Math.abs(r[i][j]) < .5, "units %d, %d: %f".formatted(i, j, r[i][j]));
      }
    }
  }
}
