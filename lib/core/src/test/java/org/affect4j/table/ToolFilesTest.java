package org.affect4j.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What other tools wrote, as a table of faces. */
class ToolFilesTest {
  @TempDir Path root;

  private FaceTable read(String name, String... lines) throws IOException {
    return FaceTable.read(Files.write(root.resolve(name), List.of(lines)));
  }

  @Test
  void videosAndPhotosOfOpenFace() throws IOException {
    FaceTable clip =
        read(
            "clip.csv",
            "frame, face_id, timestamp, confidence, success, AU01_r, AU12_r, AU01_c, AU12_c, AU45_c",
            "1, 0, 0.000, 0.98, 1, 0.20, 3.10, 0.00, 1.00, 0.00",
            "2, 0, 0.033, 0.10, 0, 0.00, 0.00, 0.00, 0.00, 0.00");
    assertEquals(1, clip.number(0, "au12").orElseThrow());
    assertEquals(3.1, clip.number(0, "au12_intensity").orElseThrow());
    assertTrue(clip.number(1, "au12").isEmpty(), "the face was lost");
    assertEquals("no_face", clip.text(1, FaceColumns.STATUS).orElseThrow());
    FaceTable photo =
        read(
            "012.csv",
            "face, confidence, AU01_r, AU12_r, AU01_c, AU12_c",
            "0, 0.98, 0.20, 3.10, 0.00, 1.00");
    assertEquals(List.of("012"), photo.texts(FaceColumns.INPUT));
    assertEquals(1, photo.number(0, "au12").orElseThrow());
    assertTrue(photo.number(0, FaceColumns.FRAME).isEmpty());
  }

  @Test
  void photosThatPyFeatCountsAsFramesAreFoundByTheirNames() throws IOException {
    FaceTable feat =
        read(
            "feat.csv",
            "frame,FaceRectX,FaceRectY,FaceRectWidth,FaceRectHeight,FaceScore,AU01,AU12,anger,disgust,fear,happiness,sadness,surprise,neutral,input",
            "0,1,2,30,30,0.99,0.25,0.75,0.1,0,0,0.7,0,0,0.2,p/a.jpg",
            "1,,,,,,,,,,,,,,,p/b.jpg");
    assertEquals(.75, feat.number(0, "au12").orElseThrow());
    assertEquals(List.of("happiness", ""), feat.texts(FaceColumns.EXPRESSION));
    assertEquals(.7, feat.number(0, "p_happiness").orElseThrow());
    assertEquals("no_face", feat.text(1, FaceColumns.STATUS).orElseThrow());
    FaceTableBuilder photos = new FaceTableBuilder("photos", List.of(FaceColumns.INPUT));
    for (String name : List.of("b.jpg", "x/c.jpg", "a")) {
      photos.set(FaceColumns.INPUT, name).add();
    }
    FaceTable names = photos.build();
    assertEquals(
        List.of(OptionalInt.of(1), OptionalInt.empty(), OptionalInt.of(0)),
        FaceNames.of(feat).find(names));
    assertEquals(List.of(OptionalInt.of(2), OptionalInt.of(0)), FaceNames.of(names).find(feat));
  }

  @Test
  void framesOfAVideoAreNotItsPhoto() throws IOException {
    FaceTable clip =
        read(
            "clip.csv",
            "frame, face_id, timestamp, confidence, success, AU01_c",
            "1, 0, 0.000, 0.98, 1, 0",
            "2, 0, 0.033, 0.98, 1, 0");
    FaceTable photo = read("photos.csv", "input,face_id", "a/clip.png,0");
    assertFalse(FaceNames.of(clip).find(photo).get(0).isPresent());
  }
}
