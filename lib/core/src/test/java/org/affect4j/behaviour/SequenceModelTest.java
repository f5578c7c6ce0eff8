package org.affect4j.behaviour;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.affect4j.TinyNetworks;
import org.affect4j.face.Landmarks;
import org.affect4j.image.FaceAligner;
import org.affect4j.image.FaceImage;
import org.affect4j.image.PixelLayout;
import org.affect4j.model.NetworkKind;
import org.affect4j.model.StoredModel;
import org.affect4j.table.FaceColumns;
import org.affect4j.table.FaceTable;
import org.affect4j.table.FaceTableBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.DoubleColumn;

class SequenceModelTest {
  @TempDir private Path folder;

  /** Rows with three features each, the first of which is the number that is given. */
  private static final class Rows {
    final FaceTableBuilder builder = new FaceTableBuilder("faces", FaceColumns.analysis(3));

    Rows add(String input, double frame, int face, double feature, String reason) {
      builder.set("input", input).set("frame", frame).set("face_id", face).set("reason", reason);
      builder.set("e000", feature).set("e001", 0).set("e002", 0).add();
      return this;
    }
  }

  private SequenceModel open() throws IOException {
    Path file = TinyNetworks.rowsOverTime(folder.resolve("rows.onnx"));
    return SequenceModel.open(StoredModel.of(file.toString(), NetworkKind.SEQUENCE));
  }

  /** What the network adds up: tanh of 0 times and 1 times the sum of the first feature. */
  private static double[] sums(FaceTable rows) {
    return DoubleStream.of(rows.numbers("arousal"))
        .map(a -> .5 * Math.log((1 + a) / (1 - a)))
        .toArray();
  }

  @Test
  void everyFaceIsRememberedUntilACut() throws IOException {
    FaceTable rows =
        new Rows()
            .add("a.mp4", 0, 0, .1, "")
            .add("a.mp4", 0, 1, .01, "")
            .add("a.mp4", 1, 0, .2, "")
            .add("a.mp4", 1, 1, .02, "")
            .add("a.mp4", 2, 0, Double.NaN, "")
            .add("a.mp4", 3, 0, .4, "")
            .add("a.mp4", 4, 2, .3, FaceColumns.CUT)
            .add("a.mp4", 4, 3, .05, FaceColumns.CUT)
            .add("a.mp4", 5, 2, .1, "")
            .add("a.mp4", 5, 3, .01, "")
            .add("b.mp4", 0, 0, .25, "")
            .add("photo.jpg", Double.NaN, 0, .15, "")
            .add("photo.jpg", Double.NaN, 0, .15, "")
            .builder
            .build();
    try (SequenceModel model = open()) {
      FaceTable read = model.read(rows);
      double nan = Double.NaN;
      double[] expected = {.1, .01, .3, .03, nan, .7, .3, .05, .4, .06, .25, .15, .15};
      assertArrayEquals(expected, sums(read), 1e-5);
      assertEquals(rows.texts("input"), read.texts("input"));
      assertTrue(read.columns().stream().noneMatch(c -> c.startsWith("p_")), "not read over time");
      SequenceModel.Reading reading = model.begin();
      double[] bitByBit =
          IntStream.range(0, rows.size())
              .mapToDouble(i -> sums(reading.next(rows.rows(i)))[0])
              .toArray();
      assertArrayEquals(expected, bitByBit, 1e-5);
    }
  }

  /** The loudest value around each frame is added to its features, and counts four times. */
  @Test
  void soundIsHeardAroundEachFrame() throws IOException {
    Path file = TinyNetworks.hearing(folder.resolve("hearing.onnx"));
    FaceTableBuilder rows =
        new Rows().add("a.mp4", 0, 0, .1, "").add("a.mp4", 1, 0, .2, "").builder;
    FaceTable silent = rows.build();
    FaceTable timed =
        silent.with(DoubleColumn.create(FaceColumns.TIMESTAMP, new double[] {.5, 1.5}));
    try (SequenceModel model =
        SequenceModel.open(StoredModel.of(file.toString(), NetworkKind.SEQUENCE))) {
      assertTrue(model.hears());
      Hearing sound = (seconds, side) -> new float[] {(float) seconds / 5, -1, 0, -side};
      assertArrayEquals(
          new double[] {.1 + 4 * .1, .3 + 4 * .4}, sums(model.read(timed, sound)), 1e-5);
      Exception alone = assertThrows(IllegalArgumentException.class, () -> model.read(timed));
      assertTrue(alone.getMessage().contains("hears"), alone.getMessage());
      Exception when =
          assertThrows(IllegalArgumentException.class, () -> model.read(silent, sound));
      assertTrue(when.getMessage().contains("timestamp_s"), when.getMessage());
    }
  }

  @Test
  void mistakesAreTold() throws IOException {
    try (SequenceModel model = open()) {
      FaceTable back = new Rows().add("a", 1, 0, .1, "").add("a", 0, 0, .1, "").builder.build();
      Exception order = assertThrows(IllegalArgumentException.class, () -> model.read(back));
      assertTrue(order.getMessage().contains("frame 0 of face 0"), order.getMessage());
      FaceTable none = new FaceTableBuilder("faces", FaceColumns.analysis(0)).build();
      Exception width = assertThrows(IllegalArgumentException.class, () -> model.read(none));
      assertTrue(width.getMessage().contains("3 numbers"), width.getMessage());
    }
  }

  @Test
  void landmarksAreReadBesideThePicture() throws IOException {
    Path file = TinyNetworks.facesOverTime(folder.resolve("shaped.onnx"), true);
    PixelLayout pixels =
        new PixelLayout(PixelLayout.Order.RGB, 0, 0, 0, 255, PixelLayout.Storage.FLOAT_PLANES);
    StoredModel stored =
        StoredModel.ofFile(file, NetworkKind.BEHAVIOUR, pixels, java.util.OptionalInt.empty());
    // All points in the middle of the crop, but one at its right edge.
    LandmarkReader reader =
        (photo, faces) -> {
          double[] points = new double[LandmarkReader.COUNT];
          java.util.Arrays.fill(points, photo.width() / 2.0);
          points[0] = photo.width();
          return List.of(points);
        };
    try (BehaviourModel model =
        BehaviourModel.of(stored.open(1), BehaviourOptions.defaults(), reader)) {
      assertTrue(model.isOverTime());
      FaceImage crop = FaceImage.plain(8, 8, 51);
      assertEquals(1.2, model.predict(List.of(crop)).get(0).embedding()[0], 1e-5);
      Landmarks template = new FaceAligner(8).template();
      FaceMemory memory = new FaceMemory();
      for (int frame = 1; frame <= 3; frame++) {
        float sum =
            model.predict(crop, List.of(template), List.of(5), memory).get(0).embedding()[1];
        assertEquals(1.2 * frame, sum, 1e-4);
      }
      memory.forget();
      assertEquals(
          1.2,
          model.predict(crop, List.of(template), List.of(5), memory).get(0).embedding()[1],
          1e-4);
    }
  }
}
