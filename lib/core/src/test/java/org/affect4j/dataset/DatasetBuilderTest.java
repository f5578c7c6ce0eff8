package org.affect4j.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.affect4j.dataset.DatasetFace.Source;
import org.affect4j.face.PixelBox;
import org.affect4j.image.FaceAligner;
import org.affect4j.image.FaceImage;
import org.affect4j.table.FaceColumns;
import org.affect4j.table.FaceTable;
import org.affect4j.table.FaceTableBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class DatasetBuilderTest {
  @TempDir Path root;

  private static FaceTable labels() {
    return FaceTable.of(
        Table.create(
            "mine",
            StringColumn.create("input", "x/a.png", "b.png", "gone.png"),
            StringColumn.create("expression", "anger", "", "fear"),
            DoubleColumn.create("warmth", 1, 2, 3)));
  }

  @Test
  void tableAndFolderAreADataset() throws IOException {
    new Miniature(root).photos("x/a.png", "b.png");
    AffectDataset dataset = AffectDataset.of(labels(), root);
    assertEquals(FaceColumns.DATASET, dataset.table().columns().subList(0, 29));
    assertEquals("warmth", dataset.table().columns().get(29));
    FaceTable warm = dataset.table().filter(row -> row > 0);
    assertEquals(List.of(1, 2), IntStream.of(warm.rowNumbers()).boxed().toList());
    FaceAligner aligner = new FaceAligner(16);
    assertEquals(Source.NONE, dataset.face(0, aligner).source());
    assertEquals(
        List.of(Source.NONE, Source.UNREADABLE),
        IntStream.of(warm.rowNumbers())
            .mapToObj(row -> dataset.face(row, aligner).source())
            .toList());
    AffectDataset crops =
        new DatasetBuilder(labels(), root)
            .name("other")
            .ofCrops()
            .photos(input -> FaceImage.plain(8, 8, input.length()))
            .build();
    assertEquals(Source.WHOLE_PHOTO, crops.face(2, aligner).source());
    assertEquals("other", crops.name());
    assertEquals(0x070707, crops.photo(0).rgb(0, 0));
    assertEquals(dataset.checksum(), crops.checksum());
    assertThrows(IndexOutOfBoundsException.class, () -> crops.photo(3));
    FaceTable nameless = FaceTable.of(Table.create(DoubleColumn.create("warmth", 1)));
    assertThrows(IllegalArgumentException.class, () -> AffectDataset.of(nameless, root));
  }

  @Test
  void boxesAreUsedAndGivenOut() {
    FaceTableBuilder table = new FaceTableBuilder("boxed", List.of("input"));
    table.set("input", "a").box(new PixelBox(2, 2, 4, 4)).add();
    AffectDataset dataset =
        new DatasetBuilder(table.build(), root).photos(i -> FaceImage.plain(9, 9, 5)).build();
    assertEquals(4, dataset.box(0).orElseThrow().width());
    assertTrue(dataset.landmarks(0).isEmpty());
    assertEquals(Source.BOX, dataset.face(0, new FaceAligner(16)).source());
  }

  @Test
  void anOverlayFitsADatasetOfOnesOwn() throws IOException {
    Files.writeString(
        root.resolve("people.csv"), "name,age,gender,race\na.png,20-29,female,\nb.png,,male,\n");
    AffectDataset joined =
        DemographicOverlay.read(root.resolve("people.csv"))
            .applyTo(AffectDataset.of(labels(), root));
    assertEquals(List.of("female", "male", ""), joined.table().texts("gender"));
    assertEquals(List.of("20-29", "", ""), joined.table().texts("age"));
    assertEquals(1, joined.report().count("not in the demographic list"));
    assertEquals("2", joined.table().text(1, "warmth").orElseThrow());
  }
}
