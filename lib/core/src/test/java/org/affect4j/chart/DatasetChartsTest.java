package org.affect4j.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.affect4j.Bundled;
import org.affect4j.dataset.AffectDataset;
import org.affect4j.dataset.RenderedFaces;
import org.affect4j.explore.Duplicates;
import org.affect4j.explore.EmbeddingMap;
import org.affect4j.explore.LabelCounts;
import org.affect4j.explore.LabelErrors;
import org.affect4j.explore.ToolComparison;
import org.affect4j.explore.UnitsByLabel;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.Relatedness;
import org.affect4j.table.FaceTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.selection.Selection;

class DatasetChartsTest {
  private static void complete(Picture picture, String words) {
    assertTrue(Samples.cleanBorder(picture.toImage()), picture.description());
    assertTrue(picture.description().contains(words), picture.description());
  }

  @Test
  void statisticsOfTheBundledCrops() throws IOException {
    AffectDataset dataset = RenderedFaces.load(Bundled.path("data/compound"));
    FaceTable table = dataset.table();
    complete(DatasetCharts.labels(LabelCounts.of(table, "expression")), "880 rows");
    StringColumn split = StringColumn.create("split", table.size());
    table = table.with(split.set(Selection.withRange(0, 400), "train"));
    complete(DatasetCharts.labels(LabelCounts.of(table, "compound", "split")), "train (400)");
    UnitsByLabel units = UnitsByLabel.of(table, "compound", .2);
    complete(DatasetCharts.units(units), "AU26");
    Relatedness own = units.relatedness("rendered");
    complete(DatasetCharts.relatedness(own), "rendered");
    complete(DatasetCharts.difference(own, Relatedness.du()), "rendered minus Du");
    complete(
        DatasetCharts.suspects(
            dataset, List.of(new LabelErrors.Suspect(3, "fear", "happiness", .01, .9))),
        "is fear 0.01");
    complete(
        DatasetCharts.duplicates(
            dataset, Duplicates.near(dataset, table.filter(i -> i < 80), 6).groups(), 3),
        "1: ");
  }

  @Test
  void differenceOfATableToItselfIsWhite() {
    Relatedness du = Relatedness.du();
    Picture none = DatasetCharts.difference(Relatedness.empirical(), Relatedness.empirical());
    Picture some = DatasetCharts.difference(Relatedness.empirical(), du);
    int white = ColourMap.BLUE_RED.at(.5).getRGB() & 0xFFFFFF;
    assertTrue(
        Samples.count(none.toImage(), new Color(white))
            > 1.2 * Samples.count(some.toImage(), new Color(white)));
  }

  @Test
  void pointsHaveTheColoursOfTheirExpressions() {
    Random random = new Random(1);
    double[][] features = new double[40][];
    Arrays.setAll(features, i -> random.doubles(5).toArray());
    List<String> groups =
        random.ints(40, 0, 3).mapToObj(i -> List.of("happiness", "fear", "").get(i)).toList();
    complete(DatasetCharts.map(EmbeddingMap.pca(features), groups), LabelCounts.UNKNOWN);
    assertThrows(
        IllegalArgumentException.class,
        () -> DatasetCharts.map(EmbeddingMap.pca(features), groups.subList(0, 3)));
  }

  @Test
  void densitiesLeaveOutWhatIsIncomplete() {
    Picture picture =
        DatasetCharts.valenceArousal(
            List.of("happiness", "happiness", "", "fear", "anger"),
            new double[] {.5, Double.NaN, .1, -1, 0},
            new double[] {.5, .2, .1, 1, 0});
    complete(picture, "anger 1 points, fear 1 points, happiness 1 points");
    assertThrows(
        IllegalArgumentException.class,
        () -> DatasetCharts.valenceArousal(List.of(""), new double[1], new double[1]));
    assertThrows(
        IllegalArgumentException.class,
        () -> DatasetCharts.valenceArousal(List.of("a"), new double[] {-5}, new double[] {-5}));
  }

  @Test
  void comparisonOfTools() throws IOException {
    FaceTable truth = RenderedFaces.load(Bundled.path("data/portraits")).table();
    ToolComparison same =
        ToolComparison.of(
            ToolComparison.Side.of("one", truth), ToolComparison.Side.of("other", truth));
    ActionUnit unit = ActionUnit.ofNumber(12);
    assertEquals(1, same.of(unit).ccc(), 1e-12);
    complete(DatasetCharts.agreement(same, unit), "36 of other over one");
    complete(DatasetCharts.blandAltman(same, unit), "other minus one");
    complete(DatasetCharts.agreement(same), "kappa");
    complete(DatasetCharts.expressions(same), "21 of 21 alike");
  }

  @Test
  void aPhotoThatCannotBeReadIsGrey(@TempDir Path folder) throws IOException {
    Files.writeString(
        folder.resolve("labels.csv"), "file,category,person,au12\nbroken.jpg,fear,1,0\n");
    Files.writeString(folder.resolve("broken.jpg"), "no picture");
    Picture sheet = DatasetCharts.faces(RenderedFaces.load(folder), List.of(0), List.of("broken"));
    assertTrue(Samples.count(sheet.toImage(), new Color(192, 192, 192)) > 20_000);
  }
}
