package org.affect4j.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
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

  private static byte[] bytes(String latin) {
    return latin.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void videosAreKnownByWhatTheyHoldWhereTheyAreAskedFor(@TempDir Path folder) throws IOException {
    Files.write(folder.resolve("a"), bytes("\0\0\0\u0018ftypisom\0\0\2\0"));
    Files.write(folder.resolve("b.m4a"), bytes("\0\0\0\u0018ftypM4A \0\0\2\0"));
    Files.write(folder.resolve("c.dat"), bytes("RIFF\0\0\0\0AVI LIST"));
    Files.write(folder.resolve("d.wav"), bytes("RIFF\0\0\0\0WAVEfmt "));
    Files.write(folder.resolve("e.bin"), bytes("\u001a\u0045\u00df\u00a3"));
    Files.write(folder.resolve("f.mka"), bytes("\u001a\u0045\u00df\u00a3"));
    Files.write(folder.resolve("g.ts"), bytes(("G" + "x".repeat(187)).repeat(3)));
    Files.write(folder.resolve("h.ts"), bytes("export const x = 1;"));
    Files.createFile(folder.resolve("i.WebM"));
    portrait(folder.resolve("j.mp4"));
    Files.write(folder.resolve("k.jpg"), bytes("\0\0\1\u00ba"));
    // One screen of 1 x 1 pixel without colours; one frame, or two.
    String frame = ",\0\0\0\0\1\0\1\0\0\2\1x\0";
    String control = "!\u00f9\4\0\5\0\0\0";
    String screen = "GIF89a\1\0\1\0\0\0\0";
    Files.write(folder.resolve("l.gif"), bytes(screen + control + frame + ";"));
    Files.write(folder.resolve("m.gif"), bytes(screen + control + frame + control + frame + ";"));
    Files.createDirectory(folder.resolve("rows.tracks"));
    portrait(folder.resolve("rows.tracks/a-face0.jpg"));
    InputListing all = InputListing.of(List.of(folder), InputListing.Videos.ALL);
    assertEquals(
        List.of("a", "c.dat", "e.bin", "g.ts", "i.WebM", "j.mp4", "k.jpg", "l.gif", "m.gif"),
        names(folder, all));
    assertEquals(
        "a c.dat e.bin g.ts i.WebM k.jpg m.gif",
        all.videos().stream()
            .map(f -> f.getFileName().toString())
            .sorted()
            .collect(Collectors.joining(" ")));
    InputListing stills = InputListing.of(List.of(folder), InputListing.Videos.STILLS);
    assertEquals(6, stills.videos().size());
    assertEquals(1, stills.stills());
    InputListing photos = InputListing.of(List.of(folder));
    assertEquals(List.of("j.mp4", "k.jpg", "l.gif", "m.gif"), names(folder, photos));
    assertTrue(photos.videos().isEmpty());
    InputListing clip = InputListing.of(List.of(folder), InputListing.Videos.FOLDERS);
    assertEquals(List.of(folder), clip.files());
    assertEquals(Set.of(folder), clip.videos());
    Path named = folder.resolve("h.ts");
    assertEquals(Set.of(named), InputListing.of(List.of(named), InputListing.Videos.ALL).videos());
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
