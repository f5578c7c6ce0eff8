package org.affect4j.synthesis.internal.geometry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.affect4j.SharedFiles;
import org.affect4j.synthesis.RealHead;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeometryTest {
  @TempDir Path folder;

  @Test
  void importsAMiniatureFolder() throws Exception {
    Path obj = folder.resolve("obj");
    MiniatureObjFolder.write(obj);
    Path out = folder.resolve("out");
    FaceGeometry g = new IctFaceKitImporter(MiniatureObjFolder.layout()).convert(obj, out);
    assertEquals(84, g.vertexCount(), "81 of the face and 3 of the lash; 3 are dropped");
    assertEquals(2 * 64 + 1, g.triangleCount());
    assertEquals(2, g.modeCount());
    assertEquals("jawOpen", g.blendshapes().get(0));
    assertEquals(1, g.movedVertices(0).length);
    assertEquals(10, g.movedVertices(0)[0]);
    assertEquals(-.5f, g.movements(0)[1], 1e-3);
    assertEquals(.3f, g.modeOffset(0, 70, 1), .002);
    assertEquals(Material.LASHES, g.material(g.triangleCount() - 1));
    assertTrue(g.attribute(40) > 0, "the middle of the ring is lip");
    assertTrue(g.attribute(0) < 0, "the corner of the grid is not");
    assertEquals(14, g.wrinkles().names().size());
    assertEquals(g.checksum(), FaceGeometry.read(out).checksum());
  }

  @Test
  void theLipGapIsTakenOutOfIdentity() throws Exception {
    Path obj = folder.resolve("obj");
    MiniatureObjFolder.write(obj);
    FaceGeometry g =
        new IctFaceKitImporter(MiniatureObjFolder.layout()).convert(obj, folder.resolve("out"));
    // identity001 moves landmark 61 alone, which would open the lips.
    assertEquals(0, g.modeOffset(1, 61, 1), .003);
  }

  @Test
  void aMissingGeometrySaysWhatToFetch() {
    String message =
        assertThrows(GeometryException.class, () -> FaceGeometry.read(folder)).getMessage();
    assertTrue(message.contains("ICT-FaceKit"), message);
    assertTrue(message.contains("affect4j-synth import"), message);
    assertTrue(message.contains(CompactFormat.KNOWN_MODEL), message);
  }

  @Test
  void anAlteredGeometryIsRefused() throws Exception {
    Path obj = folder.resolve("obj");
    MiniatureObjFolder.write(obj);
    Path out = folder.resolve("out");
    new IctFaceKitImporter(MiniatureObjFolder.layout()).convert(obj, out);
    Files.delete(out.resolve(CompactFormat.CHECKSUMS));
    String message =
        assertThrows(GeometryException.class, () -> FaceGeometry.read(out)).getMessage();
    assertTrue(message.contains("altered"), message);
    Files.write(out.resolve(CompactFormat.ARCHIVE), new byte[] {1, 2, 3});
    String damaged =
        assertThrows(GeometryException.class, () -> FaceGeometry.read(out)).getMessage();
    assertTrue(damaged.contains("damaged"), damaged);
  }

  @Test
  void anIncompleteObjFolderIsRefused() throws Exception {
    IctFaceKitImporter importer = new IctFaceKitImporter(MiniatureObjFolder.layout());
    assertTrue(
        assertThrows(GeometryException.class, () -> importer.convert(folder, folder))
            .getMessage()
            .contains("generic_neutral_mesh.obj"));
    MiniatureObjFolder.write(folder);
    Files.writeString(folder.resolve("jawOpen.obj"), "v 1 2 3\n");
    assertTrue(
        assertThrows(GeometryException.class, () -> importer.convert(folder, folder))
            .getMessage()
            .contains("do not belong together"));
    Files.writeString(folder.resolve("jawOpen.obj"), "v 1 two 3\n");
    assertTrue(
        assertThrows(GeometryException.class, () -> importer.convert(folder, folder))
            .getMessage()
            .contains("line 1"));
    assertTrue(
        assertThrows(
                GeometryException.class,
                () -> new IctFaceKitImporter().convert(folder, folder.resolve("o")))
            .getMessage()
            .contains("26,719"));
  }

  @Test
  void readsThePublishedModel() {
    FaceGeometry g = RealHead.geometry();
    assertEquals(25959, g.vertexCount());
    assertEquals(50996, g.triangleCount());
    assertEquals(100, g.modeCount());
    assertEquals(57, g.blendshapes().size());
    assertEquals(CompactFormat.KNOWN_MODEL, g.checksum());
    double sum = 0;
    for (int v = 0; v < g.vertexCount(); v++) {
      for (int axis = 0; axis < 3; axis++) {
        sum += Math.abs(g.neutral(v, axis));
      }
    }
    assertEquals(374622.5283, sum, .01, "as the layout's reference reader computes it");
    assertEquals(.41, g.neutral(g.landmark(30), 1), .01);
  }

  @Test
  void writingWhatWasReadGivesTheSameBytes() throws Exception {
    Path archive = SharedFiles.path("datasets/ict-facekit/ict-compact.zip");
    byte[] bytes;
    byte[] maps;
    try (java.util.zip.ZipFile zip = new java.util.zip.ZipFile(archive.toFile())) {
      bytes = zip.getInputStream(zip.getEntry(CompactFormat.MODEL)).readAllBytes();
      maps = zip.getInputStream(zip.getEntry(CompactFormat.WRINKLES)).readAllBytes();
    }
    assertEquals(
        CompactFormat.KNOWN_MODEL,
        DigestUtils.sha256Hex(CompactWriter.modelBytes(CompactFormat.readModel(bytes))));
    assertEquals(
        CompactFormat.KNOWN_WRINKLES,
        DigestUtils.sha256Hex(CompactWriter.wrinkleBytes(CompactFormat.readWrinkles(maps))));
  }
}
