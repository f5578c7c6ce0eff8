package org.affect4j.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.affect4j.image.FaceImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class PictureTest {
  private final Picture bars =
      Charts.bars("a < b & \"c\"", "share", List.of("<x>", "y"), new double[] {.2, .9}, 0, 1);

  @Test
  void pngHasTheSizeThatThePictureStates() throws IOException {
    BufferedImage read = ImageIO.read(new ByteArrayInputStream(bars.png()));
    assertEquals(bars.width(), read.getWidth());
    assertEquals(bars.height(), read.getHeight());
    assertTrue(Samples.count(read, Palette.BLUE) > 1000);
  }

  @Test
  void svgIsOneElementAndWellFormedWhateverTheLabels() throws Exception {
    String svg = bars.svg();
    assertTrue(svg.startsWith("<svg "), svg.substring(0, 60));
    assertFalse(svg.contains("<?xml"));
    Document document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(svg)));
    assertEquals("svg", document.getDocumentElement().getTagName());
    String text = Charts.confusion(List.of("<x>"), new long[1][1]).svg();
    assertTrue(text.contains("&lt;x&gt;") && text.contains(",sans-serif;"), "no fallback font");
  }

  @Test
  void photosKeepTheirPixels() {
    FaceImage photo = FaceImage.plain(7, 5, 77);
    BufferedImage drawn = Picture.of(photo).toImage();
    assertEquals(7, drawn.getWidth());
    assertEquals(5, drawn.getHeight());
    assertEquals(new Color(77, 77, 77).getRGB(), drawn.getRGB(6, 4));
  }

  @Test
  void laterChangesOfTheImageDoNotShow() {
    BufferedImage image = new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB);
    Picture picture = Picture.of(image, "black");
    image.setRGB(0, 0, 0xFFFFFF);
    assertEquals(0xFF000000, picture.toImage().getRGB(0, 0));
  }

  @Test
  void savesByEnding(@TempDir Path folder) throws IOException {
    Path png = bars.save(folder.resolve("bars.PNG"));
    Path svg = bars.save(folder.resolve("bars.svg"));
    assertEquals(bars.width(), ImageIO.read(png.toFile()).getWidth());
    assertTrue(Files.readString(svg).startsWith("<svg"));
  }

  @Test
  void tellsWhyItCannotSave(@TempDir Path folder) throws IOException {
    IllegalArgumentException ending =
        assertThrows(IllegalArgumentException.class, () -> bars.save(folder.resolve("bars.jpg")));
    assertTrue(ending.getMessage().contains(".png or .svg"), ending.getMessage());
    NoSuchFileException missing =
        assertThrows(NoSuchFileException.class, () -> bars.save(folder.resolve("none/bars.png")));
    assertTrue(missing.getMessage().contains("no folder"), missing.getMessage());
    Path taken = Files.createDirectory(folder.resolve("taken.png"));
    IOException directory = assertThrows(IOException.class, () -> bars.save(taken));
    assertTrue(directory.getMessage().contains("is a folder"), directory.getMessage());
  }
}
