package org.affect4j.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaceNamesTest {
  @TempDir Path root;

  private FaceTable read(String name, String... lines) throws IOException {
    return FaceTable.read(Files.write(root.resolve(name), List.of(lines)));
  }

  @Test
  void photosThatPyFeatCountsAsFramesAreFoundByTheirNames() throws IOException {
    FaceTable feat =
        read(
            "feat.csv",
            "frame,FaceRectX,FaceRectY,FaceRectWidth,FaceRectHeight,FaceScore,AU01,AU12,anger,disgust,fear,happiness,sadness,surprise,neutral,input",
            "0,1,2,30,30,0.99,0.25,0.75,0.1,0,0,0.7,0,0,0.2,p/a.jpg",
            "1,,,,,,,,,,,,,,,p/b.jpg");
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
