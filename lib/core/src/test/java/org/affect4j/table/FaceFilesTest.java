package org.affect4j.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.affect4j.Bundled;
import org.affect4j.face.ActionUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaceFilesTest {
  private static final String PY_FEAT =
      "frame,FaceRectX,FaceRectY,FaceRectWidth,FaceRectHeight,FaceScore,AU01,AU12,AU43,"
          + "anger,disgust,fear,happiness,sadness,surprise,neutral,input\n";

  @TempDir private Path folder;

  private Path file(String name, String... lines) throws IOException {
    return Files.writeString(folder.resolve(name), String.join("\n", lines));
  }

  @Test
  void theSamePhotosAreReadFromThreeTools() throws IOException {
    FaceTable own = FaceTable.read(Bundled.path("data/tool-output/affect4j.csv"));
    FaceTable openFace = FaceTable.read(Bundled.path("data/tool-output/openface"));
    FaceTable pyFeat = FaceTable.read(Bundled.path("data/tool-output/py-feat.csv"));
    assertEquals(
        List.of("affect4j", "OpenFace", "py-feat"),
        List.of(own.name(), openFace.name(), pyFeat.name()));
    int faces = own.faces().size();
    assertTrue(faces > 30, faces + " faces");
    for (FaceTable other : List.of(openFace, pyFeat)) {
      assertEquals(faces, other.faces().size());
      long paired =
          FaceNames.of(other).find(own.faces()).stream().filter(r -> r.isPresent()).count();
      assertEquals(faces, paired);
    }
    double[] presence = openFace.numbers(ActionUnit.AU12.column());
    double[] intensity = openFace.numbers("au12_intensity");
    for (int i = 0; i < faces; i++) {
      assertTrue(presence[i] == 0 || presence[i] == 1);
      assertTrue(intensity[i] >= 0 && intensity[i] <= 5);
    }
    FaceTable photo = FaceTable.read(Bundled.path("data/tool-output/openface/001.csv"));
    assertEquals("001", photo.text(0, "input").orElseThrow());
    assertTrue(photo.number(0, "frame").isEmpty());
    assertEquals(0, photo.number(0, "face_id").orElseThrow());
  }

  @Test
  void videosOfOpenFaceKeepFramesTimesAndUnknownUnits() throws IOException {
    FaceTable clip =
        FaceTable.read(
            file(
                "clip.csv",
                "frame, face_id, timestamp, confidence, success, AU12_r, AU14_r, AU12_c, AU45_c",
                "1, 0, 0.000, 0.98, 1, 3.10, 1.5, 1.00, 0.00",
                "2, 0, 0.033, 0.10, 0, 0.00, 0.00, 0.00, 0.00"));
    assertEquals("clip", clip.text(1, "input").orElseThrow());
    assertEquals(List.of("ok", "no_face"), clip.texts("status"));
    assertEquals(2, clip.number(1, "frame").orElseThrow());
    assertEquals(.033, clip.number(1, "timestamp_s").orElseThrow());
    assertEquals(.1, clip.number(1, "score").orElseThrow());
    assertEquals(1, clip.number(0, "au12").orElseThrow());
    assertEquals(3.1, clip.number(0, "au12_intensity").orElseThrow());
    assertEquals(1.5, clip.number(0, "au14_intensity").orElseThrow());
    assertEquals(0, clip.number(0, "au45").orElseThrow());
    assertTrue(clip.number(1, "au12").isEmpty());
  }

  @Test
  void pyFeatKeepsBoxesFacesAndProbabilities() throws IOException {
    FaceTable read =
        FaceTable.read(
            file(
                "pyfeat.csv",
                PY_FEAT + "0,1,2,30,30,0.99,0.25,0.75,.5,0.1,0,0,0.7,0,0,0.2,a.jpg",
                "0,9,2,30,30,0.9,0.25,0.75,.5,0.1,0,0,0,0,0,0.9,a.jpg",
                "1,,,,,,,,,,,,,,,,b.jpg",
                "0,9,2,30,30,0.9,0.25,0.75,.5,0.1,0,0,0,0,0,0.9,c.mp4",
                "24,9,2,30,30,0.9,0.25,0.75,.5,0.1,0,0,0,0,0,0.9,c.mp4"));
    assertEquals(List.of("", "", "", "0", "24"), read.texts("frame"));
    assertEquals(
        List.of("happiness", "neutral", "", "neutral", "neutral"), read.texts("expression"));
    assertEquals(List.of("0", "1", "", "0", "0"), read.texts("face_id"));
    assertEquals(.7, read.number(0, "p_happiness").orElseThrow());
    assertEquals(9, read.number(1, "box_x").orElseThrow());
    assertEquals(.5, read.number(0, "au43").orElseThrow());
    assertEquals("py-feat found no face", read.text(2, "reason").orElseThrow());
  }

  @Test
  void columnsOfTheUsersOwnAreNumbersOnlyWhereAllAre() throws IOException {
    FaceTable read =
        FaceTable.read(file("own.csv", "input;x;person;age", "a.jpg;1.5;007;30", "b.jpg;;008;40"));
    assertEquals(1.5, read.number(0, "x").orElseThrow());
    assertTrue(read.number(1, "x").isEmpty());
    assertEquals(List.of("007", "008"), read.texts("person"));
    assertEquals(List.of("30", "40"), read.texts("age"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "image,label\\na.jpg,1 | py-feat",
        "frame,AU01_r\\n1,0.5 | OpenFace",
        "'' | is empty",
        "face, confidence, gaze\\n0, 1, 0 | run OpenFace with -aus",
        "face, confidence, AU01_r\\n0, 1 | record 2: 2 values, expected 3",
        "input,au01\\na.jpg,.1\\nb.jpg,much | record 3: 'much' in column 'au01' is no number",
        "input,frame\\na.jpg,1.5 | record 2: column 'frame'",
        "input,au01,au01\\na.jpg,1,1 | two columns 'au01'",
        "FaceScore,AU01\\n1,1 | no column 'facerectx'",
      })
  void brokenFilesAreNamedWithWhatIsExpected(String text, String part) throws IOException {
    Path csv = file("broken.csv", text.replace("\\n", "\n"));
    IOException e = assertThrows(IOException.class, () -> FaceTable.read(csv));
    assertTrue(e.getMessage().contains("broken.csv"), e.getMessage());
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }

  @Test
  void foldersHoldFilesOfOneTool() throws IOException {
    IOException none = assertThrows(IOException.class, () -> FaceTable.read(folder));
    assertTrue(none.getMessage().contains("no file *.csv"), none.getMessage());
    file("a.csv", "face, confidence, AU01_r", "0, 1, 2");
    file("b.csv", "input,au01", "a.jpg,1");
    IOException mixed = assertThrows(IOException.class, () -> FaceTable.read(folder));
    assertTrue(mixed.getMessage().contains("OpenFace"), mixed.getMessage());
    assertThrows(IOException.class, () -> FaceTable.read(folder.resolve("none.csv")));
  }
}
