package org.affect4j.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.affect4j.face.Detection;
import org.affect4j.face.Landmarks;
import org.affect4j.face.PixelBox;
import org.affect4j.metric.WiderFacePrecision;
import org.affect4j.table.FaceColumns;
import org.affect4j.table.FaceTable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The loader and the average precision, on a miniature whose figures a script computed. */
class WiderFaceTest {
  private static final String LIST = "wider_face_val_bbx_gt.txt";

  @TempDir Path root;
  private Miniature files;

  @BeforeEach
  void setUp() {
    files = new Miniature(root);
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = WiderFaceTest.class.getResourceAsStream("/golden/wider/" + name)) {
      return in.readAllBytes();
    }
  }

  private void miniature(String parts) throws IOException {
    files.bytes("wider_face_split/" + LIST, resource(LIST));
    for (WiderFace.Difficulty part : WiderFace.Difficulty.values()) {
      String name = "wider_%s_val.mat".formatted(part.column());
      files.bytes(parts + "/" + name, resource(name));
    }
  }

  @Test
  void averagePrecisionIsThatOfTheRule() throws IOException {
    miniature("eval_tools/ground_truth");
    JsonObject golden =
        JsonParser.parseString(new String(resource("wider.json"), StandardCharsets.UTF_8))
            .getAsJsonObject();
    FaceTable rows = WiderFace.load(root).table();
    for (WiderFace.Difficulty part : WiderFace.Difficulty.values()) {
      Map<String, List<WiderFacePrecision.Face>> faces = new LinkedHashMap<>();
      golden.getAsJsonObject("found").keySet().forEach(n -> faces.put(n, new ArrayList<>()));
      for (int row = 0; row < rows.size(); row++) {
        faces
            .get(rows.text(row, FaceColumns.INPUT).orElseThrow())
            .add(
                new WiderFacePrecision.Face(
                    rows.box(row).orElseThrow(), rows.numbers(part.column())[row] == 1));
      }
      List<WiderFacePrecision.Photo> photos = new ArrayList<>();
      faces.forEach(
          (name, all) ->
              photos.add(
                  new WiderFacePrecision.Photo(
                      found(golden.getAsJsonObject("found").get(name)), all)));
      JsonObject wanted = golden.getAsJsonObject(part.column());
      assertEquals(
          wanted.get("faces").getAsInt(),
          photos.stream()
              .flatMap(p -> p.faces().stream())
              .filter(WiderFacePrecision.Face::counts)
              .count());
      assertEquals(
          wanted.get("average_precision").getAsDouble(), WiderFacePrecision.of(photos), 1e-12);
    }
  }

  private static List<Detection> found(JsonElement boxes) {
    List<Detection> found = new ArrayList<>();
    for (JsonElement e : boxes.getAsJsonArray()) {
      double[] v =
          e.getAsJsonArray().asList().stream().mapToDouble(JsonElement::getAsDouble).toArray();
      found.add(
          new Detection(new PixelBox(v[0], v[1], v[2], v[3]), v[4], Landmarks.of(new double[10])));
    }
    return found;
  }

  @Test
  void withoutFacesThatCountThereIsNoFigure() {
    assertTrue(Double.isNaN(WiderFacePrecision.of(List.of())));
    PixelBox box = new PixelBox(5, 5, 10, 10);
    Detection sure = new Detection(box, .9, Landmarks.of(new double[10]));
    WiderFacePrecision.Face face = new WiderFacePrecision.Face(box, true);
    assertEquals(
        1,
        WiderFacePrecision.of(List.of(new WiderFacePrecision.Photo(List.of(sure), List.of(face)))));
    assertEquals(
        0, WiderFacePrecision.of(List.of(new WiderFacePrecision.Photo(List.of(), List.of(face)))));
  }

  @Test
  void bothListsAreOneTable() throws IOException {
    miniature("wider_face_split");
    files
        .photos(
            "WIDER_train/images/0--Parade/0_Parade_a_0_1.jpg",
            "WIDER_val/images/0--Parade/0_Parade_Parade_0_3.jpg")
        .text(
            "wider_face_split/wider_face_train_bbx_gt.txt",
            "0--Parade/0_Parade_a_0_1.jpg",
            "2",
            "1 2 30 40 2 1 1 0 1 1 ",
            "1 2 0 0 2 0 0 1 2 0 ");
    AffectDataset wider = WiderFace.load(root.resolve(".."));
    FaceTable rows = wider.table();
    assertEquals(6, rows.size());
    assertEquals(List.of("train", "train"), rows.texts(FaceColumns.SPLIT).subList(0, 2));
    assertEquals("validation", rows.text(5, FaceColumns.SPLIT).orElseThrow());
    assertEquals(Optional.of(new PixelBox(1, 2, 30, 40)), rows.box(0));
    assertEquals(Optional.empty(), rows.box(1));
    assertEquals(1, rows.number(1, "invalid").orElseThrow());
    assertEquals(2, rows.number(1, "occlusion").orElseThrow());
    assertTrue(rows.number(0, "hard").isEmpty());
    assertEquals(1, rows.number(3, "easy").orElseThrow());
    assertEquals(20, wider.photo(0).width());
    assertEquals(20, wider.photo(5).width());
    assertEquals(1, wider.report().count("photo without a face"));
    assertEquals(29, wider.report().count("photo is missing"));
  }

  @Test
  void whatIsLaidOutOtherwiseIsSaid() throws IOException {
    files.text("wider_face_split/readme.txt", "no list");
    assertSaid("wider_face_{train,val}_bbx_gt.txt");
    files.text("wider_face_split/" + LIST, "0--Parade/a.jpg", "1", "1 2 3 4");
    assertSaid("expected x, y, width, height");
    files.text("wider_face_split/" + LIST, "0--Parade/a.jpg", "0--Parade/b.jpg", "1");
    assertSaid("expected the number of faces");
    files.text("wider_face_split/" + LIST, "a/b.jpg", "1", "1 2 3 4 0 0 0 0 0 0");
    assertEquals(3, WiderFace.load(root).report().count("list of difficulty was not found"));
    files.text("ground_truth/wider_hard_val.mat", "no MATLAB file");
    assertSaid("is no list of difficulty");
    files.bytes("ground_truth/wider_hard_val.mat", resource("wider_hard_val.mat"));
    files.text(
        "wider_face_split/" + LIST,
        "0--Parade/0_Parade_marchingband_1_20.jpg",
        "1",
        "1 2 3 4 0 0 0 0 0 0");
    assertSaid("take both of one release");
  }

  private void assertSaid(String words) {
    DatasetFormatException e =
        assertThrows(DatasetFormatException.class, () -> WiderFace.load(root));
    assertTrue(e.getMessage().contains(words), e.getMessage());
  }
}
