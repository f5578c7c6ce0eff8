package org.affect4j.video;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Dimension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.affect4j.image.DecodeOptions;
import org.affect4j.image.FaceImage;
import org.affect4j.image.UnreadableImageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilmStillReaderTest {
  @TempDir Path folder;

  private Path avif() {
    return ClipWriter.clip(
        folder.resolve("a.avif"), "libaom-av1", 1, Map.of("usage", "realtime", "cpu-used", "8"));
  }

  @Test
  void anAvifIsAPhoto() throws IOException {
    Path file = avif();
    FaceImage photo = FaceImage.read(file);
    assertEquals(new Dimension(160, 120), FaceImage.size(file));
    assertEquals(160, photo.width());
    assertEquals(0, ClipWriter.number(photo));
    assertTrue(FaceImage.bytesToRead(file, DecodeOptions.forAnalysis()) > 3 * 160 * 120);
    DecodeOptions small = new DecodeOptions(100, 100);
    String refused =
        assertThrows(UnreadableImageException.class, () -> FaceImage.read(file, small))
            .getMessage();
    assertTrue(refused.contains("the limit is 100 pixels"), refused);
  }

  @Test
  void aBrokenPhotoIsRefusedWithAReason() throws IOException {
    byte[] whole = Files.readAllBytes(avif());
    Path half = Files.write(folder.resolve("half.avif"), Arrays.copyOf(whole, whole.length / 2));
    assertThrows(UnreadableImageException.class, () -> FaceImage.read(half));
    Path empty = Files.writeString(folder.resolve("a.heic"), "\0\0\0\30ftypheic\0\0\0\0mif1heic");
    assertThrows(UnreadableImageException.class, () -> FaceImage.read(empty));
  }
}
