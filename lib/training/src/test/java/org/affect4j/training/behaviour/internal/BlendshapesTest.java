package org.affect4j.training.behaviour.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.Expression;
import org.affect4j.image.FaceImage;
import org.affect4j.training.batch.CropLabels;
import org.affect4j.training.batch.CropSet;
import org.affect4j.training.batch.LabelledCrop;
import org.affect4j.training.batch.WeakUnits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlendshapesTest {
  private static final String HEADER =
      "file,browDownLeft,browDownRight,browInnerUp,browOuterUpLeft,browOuterUpRight,eyeSquintLeft,"
          + "eyeSquintRight,eyeWideLeft,eyeWideRight,jawOpen,mouthFrownLeft,mouthFrownRight,"
          + "mouthLowerDownLeft,mouthLowerDownRight,mouthPressLeft,mouthPressRight,mouthShrugLower,"
          + "mouthSmileLeft,mouthSmileRight,mouthStretchLeft,mouthStretchRight,mouthUpperUpLeft,"
          + "mouthUpperUpRight\n";
  private static final String FACE =
      "happy/a.jpg,.1,.3,.05,0,0,0,0,0,0,.2,0,0,.6,.4,0,0,0,.8,1,0,0,.1,.1\n";

  @TempDir private Path folder;

  private static CropSet set() {
    return CropSet.of(
        "faces",
        Stream.of("images/happy/a.jpg", "sad/b.jpg", "sad/c.jpg")
            .map(
                name ->
                    new LabelledCrop(
                        name, FaceImage.plain(16, 16, 0), CropLabels.of(Expression.SADNESS)))
            .toList());
  }

  private Path file(String text) throws IOException {
    Path file = folder.resolve("shapes.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return file;
  }

  @Test
  void unitsAreMeansOfBothSidesAndUnknownWhereNothingWasFound() throws IOException {
    String noFace = "sad/b.jpg" + ",".repeat(23) + "\n";
    WeakUnits found = Blendshapes.read(List.of(file(HEADER + FACE + noFace))).of(set());
    float[] units = found.units()[0];
    assertEquals(.2f, units[ActionUnit.AU04.ordinal()], 1e-6);
    assertEquals(.9f, units[ActionUnit.AU12.ordinal()], 1e-6);
    // The largest of jaw, lower and upper lip.
    assertEquals(.5f, units[ActionUnit.AU25.ordinal()], 1e-6);
    assertEquals(.2f, units[ActionUnit.AU26.ordinal()], 1e-6);
    for (ActionUnit unit :
        List.of(ActionUnit.AU06, ActionUnit.AU09, ActionUnit.AU11, ActionUnit.AU23)) {
      assertTrue(Float.isNaN(units[unit.ordinal()]), unit.label());
    }
    for (int other = 1; other < 3; other++) {
      for (float unit : found.units()[other]) {
        assertTrue(Float.isNaN(unit));
      }
    }
  }

  @Test
  void brokenTablesAreRefused() throws IOException {
    Path noSuchShape = Files.writeString(folder.resolve("a.csv"), "file,jawOpen\nx,0\n");
    IOException wrong =
        assertThrows(IOException.class, () -> Blendshapes.read(List.of(noSuchShape)));
    assertTrue(wrong.getMessage().contains("there is no column"), wrong.getMessage());
    Path outside = file(HEADER + FACE.replace(",.8,", ",1.8,"));
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> Blendshapes.read(List.of(outside)))
            .getMessage()
            .contains("happy/a.jpg"));
    Path cut = folder.resolve("cut.csv.gz");
    Files.write(cut, new byte[] {0x1f, (byte) 0x8b, 8});
    assertThrows(IOException.class, () -> Blendshapes.read(List.of(cut)));
    Blendshapes ofOthers = Blendshapes.read(List.of(file(HEADER + FACE.replace("a.jpg", "z.jpg"))));
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> ofOthers.of(set()))
            .getMessage()
            .contains("happy/a.jpg"));
  }
}
