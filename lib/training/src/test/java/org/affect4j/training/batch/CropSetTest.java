package org.affect4j.training.batch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.affect4j.face.Expression;
import org.affect4j.image.FaceImage;
import org.affect4j.training.MadeUpCrops;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CropSetTest {
  @TempDir Path folder;

  @Test
  void whatIsWrittenIsRead() throws IOException {
    CropSet set =
        MadeUpCrops.write(
            folder, "mixed", 9, i -> i < 7 ? MadeUpCrops.expression(i) : MadeUpCrops.units(i));
    CropSet again = CropSet.open(folder, "mixed", "made up").orElseThrow();
    byte[] one = new byte[16 * 16];
    byte[] other = new byte[16 * 16];
    for (int i = 0; i < 9; i++) {
      set.readPixels(i, one);
      again.readPixels(i, other);
      assertArrayEquals(one, other);
      assertEquals(set.labels(i), again.labels(i));
      assertEquals("mixed" + i, again.name(i));
    }
    assertEquals(20 + 30 * 2, other(again, 2) & 0xFF, 20);
    assertArrayEquals(new long[] {1, 1, 1, 1, 1, 1, 1}, again.expressionCounts());
    CropSet part = again.where("part", CropLabels::hasUnits);
    assertEquals(2, part.size());
    assertEquals(other(again, 8), other(part, 1));
    assertEquals("mixed8", part.subset("last", new int[] {1}).name(0));
  }

  private static byte other(CropSet set, int face) {
    byte[] pixels = new byte[16 * 16];
    set.readPixels(face, pixels);
    return pixels[0];
  }

  @Test
  void facesInMemoryAreLikeWrittenOnes() throws IOException {
    List<LabelledCrop> crops =
        List.of(
            new LabelledCrop("light", FaceImage.plain(4, 4, 200), MadeUpCrops.expression(3)),
            new LabelledCrop("dark", FaceImage.plain(4, 4, 100), MadeUpCrops.units(1)));
    CropSet written = CropSet.write(folder, "few", "k", 4, false, crops.iterator());
    CropSet kept = CropSet.of("few", crops);
    byte[] one = new byte[3 * 16];
    byte[] other = new byte[3 * 16];
    for (int i = 0; i < crops.size(); i++) {
      written.readPixels(i, one);
      kept.readPixels(i, other);
      assertArrayEquals(one, other);
      assertEquals(written.labels(i), kept.labels(i));
      assertEquals(written.name(i), kept.name(i));
    }
    assertEquals(written.toString(), kept.toString());
    assertEquals("dark", kept.subset("last", new int[] {1}).name(0));
    assertEquals(kept.key(), CropSet.of("again", crops).key());
    LabelledCrop relabelled =
        new LabelledCrop("light", crops.get(0).crop(), MadeUpCrops.expression(4));
    assertTrue(!kept.key().equals(CropSet.of("few", List.of(relabelled, crops.get(1))).key()));
    assertThrows(IllegalArgumentException.class, () -> CropSet.of("none", List.of()));
    LabelledCrop wide = new LabelledCrop("wide", FaceImage.plain(5, 4, 0), MadeUpCrops.units(0));
    assertThrows(
        IllegalArgumentException.class, () -> CropSet.of("mixed", List.of(crops.get(0), wide)));
  }

  @Test
  void anotherKeyOrAnUnfinishedSetIsNotThere() throws IOException {
    MadeUpCrops.expressions(folder, "set", 7);
    assertEquals(Optional.empty(), CropSet.open(folder, "set", "made otherwise"));
    assertEquals(Optional.empty(), CropSet.open(folder, "absent", "made up"));
    Files.delete(folder.resolve("set.labels"));
    assertEquals(Optional.empty(), CropSet.open(folder, "set", "made up"));
  }

  @Test
  void brokenFilesAreNamed() throws IOException {
    MadeUpCrops.expressions(folder, "cut", 7);
    Path pixels = folder.resolve("cut.pixels");
    Files.write(pixels, Arrays.copyOf(Files.readAllBytes(pixels), 100));
    IOException cut = assertThrows(IOException.class, () -> CropSet.open(folder, "cut", "made up"));
    assertTrue(cut.getMessage().contains("cut.pixels has 100 bytes"), cut.getMessage());
    Files.writeString(folder.resolve("cut.labels"), "something else");
    assertThrows(IOException.class, () -> CropSet.open(folder, "cut", "made up"));
  }

  @Test
  void emptySetsAndWrongSizesAreRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> CropSet.write(folder, "none", "k", 16, true, Collections.emptyIterator()));
    LabelledCrop large =
        new LabelledCrop("large", FaceImage.plain(17, 16, 0), CropLabels.of(Expression.FEAR));
    IllegalArgumentException size =
        assertThrows(
            IllegalArgumentException.class,
            () -> CropSet.write(folder, "large", "k", 16, true, List.of(large).iterator()));
    assertTrue(size.getMessage().contains("17 x 16"), size.getMessage());
    assertEquals(Optional.empty(), assertOpens("large"));
  }

  private Optional<CropSet> assertOpens(String name) {
    try {
      return CropSet.open(folder, name, "k");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void labelsOutsideTheirRangeAreRefused() {
    float[] units = CropLabels.unknownUnits();
    units[4] = 1.5f;
    IllegalArgumentException wrong =
        assertThrows(
            IllegalArgumentException.class,
            () -> new CropLabels(Optional.empty(), units, Float.NaN, Float.NaN));
    assertTrue(wrong.getMessage().contains("AU6"), wrong.getMessage());
    assertThrows(
        IllegalArgumentException.class,
        () -> new CropLabels(Optional.empty(), CropLabels.unknownUnits(), 1.1f, 0));
    assertThrows(
        IllegalArgumentException.class,
        () -> new CropLabels(Optional.empty(), CropLabels.unknownUnits(), .5f, Float.NaN));
  }
}
