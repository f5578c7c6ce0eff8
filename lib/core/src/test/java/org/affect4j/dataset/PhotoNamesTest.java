package org.affect4j.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;

/** Lists of labels and the names in them. */
class PhotoNamesTest {
  private final PhotoNames names =
      PhotoNames.of(
          List.of("/d/faces/a/1.jpg", "/d/faces/b/1.jpg", "/d/faces/b/2.jpg", "/d/faces/é.jpg"),
          Path.of("/d/faces"));

  @Test
  void aPhotoIsFoundByItsPlaceOrByTheEndOfIt() {
    for (String name :
        List.of(
            "a/1.jpg",
            "./a/1.jpg",
            "a\\1.jpg",
            "b/../a/1.jpg",
            "/d/faces/a/1.jpg",
            "faces/a/1.jpg",
            "/other/machine/faces/a/1.jpg",
            "C:\\me\\a\\1.jpg")) {
      assertEquals(Optional.of("/d/faces/a/1.jpg"), names.find(name), name);
    }
    assertEquals(Optional.of("/d/faces/b/2.jpg"), names.find("2.jpg"));
    assertEquals(Optional.of("/d/faces/é.jpg"), names.find("e\u0301.jpg"));
  }

  @Test
  void aNameIsNeverAnotherPhotos() {
    assertEquals(Optional.empty(), names.find("c/2.jpg"), "of another folder");
    assertEquals(Optional.empty(), names.find("3.jpg"));
    assertEquals(Optional.empty(), names.find(""));
    IllegalArgumentException several =
        assertThrows(IllegalArgumentException.class, () -> names.find("1.jpg"));
    assertTrue(several.getMessage().contains("/d/faces/a/1.jpg, /d/faces/b/1.jpg"));
  }

  @Test
  void listsAreReadHoweverTheyWereWritten(@TempDir Path folder) throws IOException {
    List<String> forms =
        List.of(
            "File,Class\na.jpg,happy\n",
            "\uFEFFFile;Class\r\na.jpg;happy\r\n;\r\n",
            "File\tClass\ra.jpg\thappy",
            "\"File\",\"Class\"\n\"a.jpg\",\"happy\"\n\n");
    Path file = folder.resolve("labels.csv");
    for (String form : forms) {
      for (boolean wide : new boolean[] {false, form.startsWith("\uFEFF")}) {
        Files.write(file, form.getBytes(wide ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_8));
        Table table = LabelFile.read(file);
        assertEquals(List.of("File", "Class"), table.columnNames(), form);
        assertEquals(1, table.rowCount(), form);
        assertEquals("happy", table.stringColumn("class").get(0), form);
        assertEquals(Optional.of("File"), LabelFile.nameColumn(table));
        assertEquals(Optional.of("Class"), LabelFile.classColumn(table));
        assertEquals(Optional.empty(), LabelFile.personColumn(table));
      }
    }
    Files.writeString(file, "file,label,note\na.jpg,happy,\"said \"\"so\"\", twice\"\nb.jpg,sad\n");
    IOException ragged = assertThrows(DatasetFormatException.class, () -> LabelFile.read(file));
    assertTrue(ragged.getMessage().contains("record 3 has 2 values, expected 3"));
    Files.writeString(file, "file,File\na,b\n");
    assertThrows(DatasetFormatException.class, () -> LabelFile.read(file));
    assertThrows(IOException.class, () -> LabelFile.read(folder.resolve("none.csv")));
  }
}
