package org.affect4j.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.affect4j.image.FaceAligner;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;

/** The common datasets as they are passed on: folders of classes, names, lists of pixels, boxes. */
class RedistributionsTest {
  private static final String PIXELS = String.join(" ", Collections.nCopies(48 * 48, "200"));

  @TempDir Path root;
  private Miniature files;

  @BeforeEach
  void setUp() {
    files = new Miniature(root);
  }

  /** Split and expression by the name of the photo. */
  private static Map<String, String> labels(AffectDataset dataset) {
    Table table = dataset.table().table();
    Map<String, String> labels = new TreeMap<>();
    for (int i = 0; i < table.rowCount(); i++) {
      labels.put(
          table.stringColumn("input").get(i),
          (table.stringColumn("split").get(i) + " " + table.stringColumn("expression").get(i))
              .strip());
    }
    return labels;
  }

  private static AffectDataset load(String format, Path place) throws IOException {
    return DatasetFormat.ofLabel(format).load(place);
  }

  private static String refused(String format, Path place) {
    return assertThrows(DatasetFormatException.class, () -> load(format, place)).getMessage();
  }

  @Test
  void rafDbOfKaggleOpensAtAnyOfItsFolders() throws IOException {
    files
        .photos("raf/DATASET/train/5/train_00001_aligned.jpg")
        .photos("raf/DATASET/train/1/train_00002_aligned.jpg")
        .photos("raf/DATASET/train/1/train_00009_aligned.jpg")
        .photos("raf/DATASET/test/7/test_0001_aligned.jpg")
        .text("raf/train_labels.csv", "image,label", "train_00001_aligned.jpg,5")
        .text("raf/DATASET/Thumbs.db", "");
    for (Path place : List.of(root, root.resolve("raf"), root.resolve("raf/DATASET"))) {
      Map<String, String> labels = labels(load("raf-db", place));
      assertEquals(
          List.of("test neutral", "train surprise", "train surprise", "train sadness"),
          List.copyOf(labels.values()),
          place.toString());
    }
    files.text(
        "raf/train_labels.csv",
        "image,label",
        "train_00001_aligned.jpg,6",
        "train_00002_aligned.jpg,1",
        "train_00003_aligned.jpg,1");
    AffectDataset dataset = load("raf-db", root);
    assertTrue(labels(dataset).containsValue("train"), "folder and list differ: masked");
    assertEquals(1, dataset.report().count("name different ones"));
    assertEquals(1, dataset.report().count("photo is missing"));
    assertEquals(1, dataset.report().count("but in no list"));
    assertEquals(1, dataset.report().count("no picture: not looked at (.db)"));
    assertEquals(20, dataset.photo(0).width());
    assertTrue(dataset.holdsCrops());
  }

  @Test
  void rafDbIsReadByItsListsWhereFoldersAreNoClasses() throws IOException {
    files
        .photos("train/a.jpg", "train/b.jpg", "test/c.jpg")
        .text("train_labels.csv", "image;label", "a.jpg;4", "d.jpg;4")
        .text("test_labels.csv", "image;label", "c.jpg;6");
    AffectDataset dataset = load("raf-db", root);
    assertEquals(
        Map.of("train/a.jpg", "train happiness", "test/c.jpg", "test anger"), labels(dataset));
    assertEquals(1, dataset.report().count("photo is missing"));
    assertEquals(1, dataset.report().count("photo has no label"));
  }

  @Test
  void rafDbListsOfficialPhotosWithoutALabel() throws IOException {
    files
        .text("basic/EmoLabel/list_patition_label.txt", "train_00001.jpg 5")
        .photos("basic/Image/aligned/train_00001_aligned.jpg")
        .photos("basic/Image/aligned/train_00002_aligned.jpg");
    AffectDataset dataset = load("raf-db", root);
    assertEquals(Map.of("train_00001.jpg", "train sadness"), labels(dataset));
    assertEquals(1, dataset.report().count("photo has no label"));
  }

  @Test
  void ckPlusIsFoundAsFoldersAndAsPixels() throws IOException {
    files.photos(
        "CK+48/anger/S010_004_00000017.png",
        "CK+48/contempt/S138_008_00000007.png",
        "CK+48/happy/S010_006_00000014.png",
        "CK+48/sadness/other.png");
    AffectDataset folders = load("ck-plus", root);
    Table table = folders.table().table();
    assertEquals(
        List.of("anger", "contempt", "happiness", "sadness"),
        table.stringColumn("expression").asList());
    assertEquals(List.of("S010", "S138", "S010", ""), table.stringColumn("subject").asList());
    assertEquals(17, table.intColumn("frame").get(0));
    assertEquals(1, folders.report().count("tells no subject"));

    files.text(
        "csv/ckextended.csv",
        "emotion,pixels,Usage",
        "0," + PIXELS + ",Training",
        "7," + PIXELS + ",PublicTest");
    assertTrue(refused("ck-plus", root).contains("as pictures too"));
    for (String place : List.of("csv", "csv/ckextended.csv")) {
      assertEquals(
          Map.of("fer0000000", "train anger", "fer0000001", "validation contempt"),
          labels(load("ck-plus", root.resolve(place))));
    }
  }

  @Test
  void fer2013IsFoundInEveryForm() throws IOException {
    files.photos(
        "fer/train/angry/0.jpg",
        "fer/train/happy/im1.PNG",
        "fer/test/sad/PublicTest_2.jpg",
        "fer/test/sad/3.jpg");
    AffectDataset dataset = load("fer2013", root);
    assertEquals(
        Map.of(
            "fer/train/angry/0.jpg", "train anger",
            "fer/train/happy/im1.PNG", "train happiness",
            "fer/test/sad/PublicTest_2.jpg", "validation sadness",
            "fer/test/sad/3.jpg", "test sadness"),
        labels(dataset));
    assertEquals(1, dataset.report().count("does not tell PublicTest"));
    files.photos("hub/versions/3/train/angry/0.jpg", "hub/versions/3/test/fear/0.jpg");
    assertEquals(
        List.of("test fear", "train anger"),
        List.copyOf(labels(load("fer2013", root.resolve("hub"))).values()),
        "the number of a version is no class");
    files.photos("raf/versions/2/DATASET/train/5/0.jpg", "raf/versions/2/DATASET/train/1/0.jpg");
    assertEquals(
        List.of("train surprise", "train sadness"),
        List.copyOf(labels(load("raf-db", root.resolve("raf"))).values()));
    Path zip = root.resolve("archive.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      for (String name : List.of("train/angry/0.jpg", "__MACOSX/train/angry/._0.jpg")) {
        out.putNextEntry(new ZipEntry(name));
        out.write(Files.readAllBytes(root.resolve("fer/train/angry/0.jpg")));
        out.closeEntry();
      }
    }
    assertEquals(Map.of("train/angry/0.jpg", "train anger"), labels(load("fer2013", zip)));
    assertEquals(20, load("fer2013", zip).photo(0).width());
    files.text("fer/icml_face_data.csv", "emotion, Usage, pixels", "3,Training," + PIXELS);
    assertEquals(Map.of("fer0000000", "train happiness"), labels(load("fer2013", root)));
    files.text("fer/copy.csv", "emotion,pixels,Usage", "3," + PIXELS + ",Training");
    assertTrue(refused("fer2013", root).contains("copy.csv"));
  }

  @Test
  void jaffeAndKdefAreReadByTheirNames() throws IOException {
    files
        .photos("jaffe/KA.AN1.39.png", "jaffe/happy/KM.HA2.5.TIFF", "jaffe/odd.png")
        .photos("KDEF/AF01/AF01AFHL.JPG", "KDEF/BM35/BM35SUS.JPG", "KDEF/readme.png")
        .text("jaffe/README", "not a picture");
    AffectDataset jaffe = load("jaffe", root.resolve("jaffe"));
    assertEquals(
        Map.of("KA.AN1.39.png", "anger", "happy/KM.HA2.5.TIFF", "happiness"), labels(jaffe));
    assertEquals(1, jaffe.report().count("not named as KA.AN1.39.tiff"));
    assertEquals(1, jaffe.report().count("no ending"));
    files.photos("jaffe/tiff/KA.AN1.39.tiff");
    assertTrue(refused("jaffe", root).contains("KA.AN1.39.png"), "one photo twice");

    Table kdef = load("kdef", root.resolve("KDEF")).table().table();
    assertEquals(List.of("fear", "surprise"), kdef.stringColumn("expression").asList());
    assertEquals(List.of("F01", "M35"), kdef.stringColumn("subject").asList());
    assertEquals(List.of("female", "male"), kdef.stringColumn("gender").asList());
    assertEquals(List.of("half left", "straight"), kdef.stringColumn("angle").asList());
    assertTrue(refused("kdef", root.resolve("jaffe")).contains("AF01ANS.JPG"));
  }

  @Test
  void affectNetFoldersKeepItsNumbers() throws IOException {
    files.photos("a/train/0/1.jpg", "a/train/7/2.jpg", "a/val/3/1.jpg", "a/train/8/9.jpg");
    AffectDataset dataset = load("affectnet", root);
    assertEquals(
        List.of("train neutral", "train contempt", "train", "validation surprise"),
        List.copyOf(labels(dataset).values()));
    assertEquals(1, dataset.report().count("none of the expressions"));
    assertEquals(1, dataset.report().count("read as those of AffectNet: 0 (neutral), 1 (happ"));
    files.photos("b/train_class/class001/1.jpg", "b/train_class/class008/1.jpg");
    String refusal = refused("affectnet", root.resolve("b"));
    assertTrue(refusal.contains("begin at 0") && refusal.contains("class001 (1)"), refusal);
    files.photos("c/train/Anger/1.jpg", "c/test/Contempt/1.jpg");
    assertEquals(
        List.of("test contempt", "train anger"),
        List.copyOf(labels(load("affectnet", root.resolve("c"))).values()));
  }

  @Test
  void affectNetBoxesComeWithTheNamesOfTheirClasses() throws IOException {
    files
        .photos("YOLO_format/train/images/a.png", "YOLO_format/valid/images/b.png")
        .photos("YOLO_format/train/images/nobody.png")
        .text("YOLO_format/train/labels/a.txt", "4 0.5 0.5 0.5 1", "1 0.25 0.5 0.5 0.5")
        .text("YOLO_format/train/labels/gone.txt", "4 0.5 0.5 0.5 1")
        .text("YOLO_format/valid/labels/b.txt", "5 0.5 0.5 1 1");
    AffectDataset dataset = load("affectnet", root);
    Table table = dataset.table().table();
    assertEquals(
        List.of("happiness", "contempt", "neutral"), table.stringColumn("expression").asList());
    assertEquals(List.of("train", "train", "validation"), table.stringColumn("split").asList());
    assertEquals(1, dataset.report().count("photo has no label"));
    assertEquals(1, dataset.report().count("photo is missing"));
    assertEquals(1, dataset.report().count("no data.yaml"));
    assertEquals(
        DatasetFace.Source.BOX,
        dataset.face(0, new FaceAligner(16), p -> Optional.empty()).source());
    for (String names :
        List.of(
            "names: ['fear', \"Sad\", x, x, none, Surprise]",
            "names:\n- fear\n- Sad\n- x\n- x\n- none\n- Surprise\nnc: 6",
            "names:\n  0: fear\n  1: Sad\n  2: x\n  3: x\n  4: none\n  5: Surprise")) {
      files.text("YOLO_format/data.yaml", "train: ../train/images", names);
      assertEquals(
          List.of("", "sadness", "surprise"),
          load("affectnet", root).table().table().stringColumn("expression").asList(),
          names);
    }
    files.text("YOLO_format/valid/labels/b.txt", "5 0.5 0.5 1");
    assertTrue(refused("affectnet", root).contains("expected class, x, y"));
  }

  @Test
  void expWAndSfewAreReadAsFolders() throws IOException {
    files
        .photos("expw/angry/a.jpg", "expw/neutral/b.jpg")
        .photos("sfew/Train/Angry/a.png", "sfew/Train_Aligned_Faces/Angry/a.png")
        .photos("sfew/Val_Aligned_Faces_new/Happy/b.png", "sfew/Test/unknown.png");
    assertEquals(
        List.of("anger", "neutral"),
        List.copyOf(labels(load("expw", root.resolve("expw"))).values()));
    AffectDataset sfew = load("sfew", root.resolve("sfew"));
    assertEquals(
        Map.of(
            "Train/Angry/a.png", "train anger",
            "Val_Aligned_Faces_new/Happy/b.png", "validation happiness"),
        labels(sfew));
    assertEquals(1, sfew.report().count("aligned copy"));
    assertEquals(1, sfew.report().count("in no folder of a class"));
  }

  @Test
  void foldersOfOnesOwnAreSpelledAsPeopleDo() throws IOException {
    files.photos(
        "Training/ANGRY/a.jpg",
        "Training/fearful/deeper/b.jpeg",
        "Training/1_disgusted/c.bmp",
        "validation/Surprised/d.TIF",
        "test_set/contempt/e.png");
    AffectDataset dataset = load("folders", root);
    assertEquals(
        List.of(
            "train disgust", "train anger", "train fear", "test contempt", "validation surprise"),
        List.copyOf(labels(dataset).values()));
    assertEquals(20, dataset.photo(4).width());
    files.photos("test_set/glad/x.png");
    String unknown = refused("folders", root);
    assertTrue(unknown.contains("'test_set/glad'") && unknown.contains("fearful"), unknown);
    files.photos("packed/angry/angry/a.jpg", "packed/happy/happy/b.jpg");
    assertEquals(
        List.of("anger", "happiness"),
        List.copyOf(labels(load("folders", root.resolve("packed"))).values()));
  }

  @Test
  void whatCanBeReadInTwoWaysIsRefused() throws IOException {
    files.photos("a/train/happy/1.jpg", "a/copy/train/happy/1.jpg");
    assertTrue(refused("folders", root.resolve("a")).contains("[copy/train, train]"));
    files.photos("b/train/happy/1.jpg", "b/happy/1.jpg");
    assertTrue(refused("folders", root.resolve("b")).contains("some in none"));
    files.photos("c/happy/sad/1.jpg");
    assertTrue(refused("folders", root.resolve("c")).contains("two classes"));
    files.photos("d/train/test/sad/1.jpg");
    assertTrue(refused("folders", root.resolve("d")).contains("two splits"));
    files.photos("e/x.jpg").text("e/note.txt", "");
    assertTrue(refused("folders", root.resolve("e")).contains("1 pictures in . (1)"));
    Files.createDirectories(root.resolve("f"));
    assertTrue(refused("folders", root.resolve("f")).contains("no picture"));
  }

  @Test
  void numberedFoldersNeedTheirClasses() throws IOException {
    files.photos("train/0/a.jpg", "train/1/b.jpg", "test/10/c.jpg");
    assertTrue(refused("folders", root).contains("--classes"));
    assertEquals(
        List.of("test neutral", "train happiness", "train sadness"),
        List.copyOf(
            labels(DatasetFormat.FOLDERS.load(root, List.of("happy", "sad", "neutral"))).values()));
    assertThrows(
        DatasetFormatException.class,
        () -> DatasetFormat.FOLDERS.load(root, List.of("happy", "sad")));
    assertThrows(
        IllegalArgumentException.class,
        () -> DatasetFormat.FOLDERS.load(root, List.of("happy", "sad", "odd")));
    assertThrows(
        IllegalArgumentException.class, () -> DatasetFormat.RAF_DB.load(root, List.of("happy")));
  }

  @Test
  void photosWithAListAreFoundByAnyName() throws IOException {
    files
        .photos("pictures/happy/1.jpg", "pictures/sad/1.jpg", "pictures/sad/2.jpg", "spare.jpg")
        .text(
            "list.csv",
            "\uFEFFName;Emotion;Person",
            "./pictures/happy/1.jpg;Happy;p",
            "\"" + root.resolve("pictures/sad/1.jpg") + "\";sad;q",
            "2.jpg;glad;q",
            "none.jpg;sad;q",
            ";;");
    AffectDataset dataset = LabelledPhotos.load(root.resolve("list.csv"));
    assertEquals(
        Map.of(
            "pictures/happy/1.jpg", "happiness",
            "pictures/sad/1.jpg", "sadness",
            "pictures/sad/2.jpg", ""),
        labels(dataset));
    assertEquals(List.of("p", "q", "q"), dataset.table().table().stringColumn("subject").asList());
    assertEquals(1, dataset.report().count("photo is missing"));
    assertEquals(1, dataset.report().count("photo has no label"));
    assertFalse(dataset.holdsCrops());
    files.text("list.csv", "file\tlabel", "1.jpg\thappy");
    DatasetFormatException several =
        assertThrows(
            DatasetFormatException.class, () -> LabelledPhotos.load(root.resolve("list.csv")));
    assertTrue(several.getMessage().contains("fits 2 photos"), several::getMessage);
    files
        .photos("copies/pictures/sad/2.jpg")
        .text("list.csv", "file\tlabel", "pictures/sad/2.jpg\tsad");
    assertEquals(
        Map.of("pictures/sad/2.jpg", "sadness"),
        labels(LabelledPhotos.load(root.resolve("list.csv"))),
        "the place beside the list comes before the end of another");
    Path elsewhere = Files.createDirectories(root.resolve("lists")).resolve("l.csv");
    Files.writeString(elsewhere, "file,label\r\nsad/1.jpg,sad\r\n");
    assertEquals(
        Map.of("sad/1.jpg", "sadness"),
        labels(LabelledPhotos.load(elsewhere, root.resolve("pictures"), List.of())));
    Files.writeString(elsewhere, "file,label\nhappy/1.jpg,3\nsad/1.jpg,10\nsad/2.jpg,\n");
    assertEquals(
        List.of("happiness", "sadness", ""),
        List.copyOf(
            labels(
                    LabelledPhotos.load(
                        elsewhere, root.resolve("pictures"), List.of("happy", "sad")))
                .values()));
  }
}
