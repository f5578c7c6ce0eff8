package org.affect4j.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.affect4j.Bundled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class InputListingTest {
  private static Path portrait(Path file) throws IOException {
    return Files.copy(Bundled.path("data/portraits/001.jpg"), file);
  }

  private static List<String> names(Path folder, InputListing listing) {
    return listing.files().stream().map(f -> folder.relativize(f).toString()).toList();
  }

  @Test
  void picturesAreKnownByWhatTheyHoldAndTheRestIsCounted(@TempDir Path folder) throws IOException {
    portrait(folder.resolve("a.jpg_large"));
    portrait(folder.resolve("b"));
    portrait(folder.resolve("c.PNG"));
    Files.createFile(folder.resolve("d.jpg"));
    Files.writeString(folder.resolve("e.heic"), "no picture");
    Files.writeString(folder.resolve("f.svg"), "<svg xmlns='http://www.w3.org/2000/svg'/>");
    Files.writeString(folder.resolve("g.txt"), "text");
    Files.writeString(folder.resolve("h.TXT"), "text");
    Files.writeString(folder.resolve("Thumbs.db"), "x");
    Files.writeString(folder.resolve(".DS_Store"), "x");
    portrait(folder.resolve("._a.jpg"));
    Files.createDirectory(folder.resolve("__MACOSX"));
    portrait(folder.resolve("__MACOSX/a.jpg"));
    InputListing listing = InputListing.of(List.of(folder));
    assertEquals(
        List.of("a.jpg_large", "b", "c.PNG", "d.jpg", "e.heic", "f.svg"), names(folder, listing));
    assertEquals(
        Map.of(".txt", 2, "Thumbs.db", 1, ".DS_Store", 1, "._*", 1, "__MACOSX", 1),
        listing.others());
    assertEquals(
        "6 other files were left out: 1 .DS_Store, 1 ._*, 2 .txt, 1 Thumbs.db, 1 __MACOSX",
        listing.othersInWords());
    assertEquals(List.of(), listing.remarks());
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void linksAreFollowedLoopsFoundAndAFileIsOneInput(@TempDir Path folder, @TempDir Path elsewhere)
      throws IOException {
    Path photo = portrait(folder.resolve("photo.jpg"));
    portrait(elsewhere.resolve("far.jpg"));
    Files.createSymbolicLink(folder.resolve("album"), elsewhere);
    Files.createSymbolicLink(folder.resolve("again"), elsewhere);
    Files.createSymbolicLink(folder.resolve("a-link.jpg"), photo);
    Files.createSymbolicLink(folder.resolve("nowhere.jpg"), folder.resolve("gone.jpg"));
    Files.createDirectory(folder.resolve("sub"));
    Files.createSymbolicLink(folder.resolve("sub/up"), folder);
    InputListing listing = InputListing.of(List.of(folder, photo, folder.resolve("a-link.jpg")));
    assertEquals(List.of("again/far.jpg", "nowhere.jpg", "photo.jpg"), names(folder, listing));
    assertEquals(1, listing.remarks().size());
    assertTrue(listing.remarks().get(0).contains("sub/up"), listing.remarks().toString());
    // The link itself may be the argument.
    assertEquals(1, InputListing.of(List.of(folder.resolve("album"))).files().size());
  }

  @Test
  void emptyFoldersAreTold(@TempDir Path folder) throws IOException {
    Path photo = portrait(folder.resolve("photo.jpg"));
    Path empty = Files.createDirectory(folder.resolve("empty"));
    Files.writeString(empty.resolve("notes.txt"), "text");
    assertEquals(
        List.of("there is no picture in " + empty),
        InputListing.of(List.of(photo, empty)).remarks());
    NoSuchFileException e =
        assertThrows(NoSuchFileException.class, () -> InputListing.of(List.of(empty)));
    assertTrue(e.getMessage().contains("1 .txt"), e.getMessage());
  }
}
