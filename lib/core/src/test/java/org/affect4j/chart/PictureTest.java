package org.affect4j.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
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
  void chartsHaveTwiceThePixelsThatAreShownButHardlyMoreBytes() throws IOException {
    assertEquals(2 * bars.displayWidth(), bars.width());
    assertEquals(2 * bars.displayHeight(), bars.height());
    assertTrue(bars.svg().contains("viewBox=\"0 0 860 "), "vectors have the size that is shown");
    BufferedImage once = new BufferedImage(860, bars.displayHeight(), BufferedImage.TYPE_INT_RGB);
    Graphics2D g = once.createGraphics();
    g.drawImage(bars.toImage(), 0, 0, 860, bars.displayHeight(), null);
    g.dispose();
    ByteArrayOutputStream small = new ByteArrayOutputStream();
    ImageIO.write(once, "png", small);
    assertTrue(bars.png().length < 1.6 * small.size(), bars.png().length + " of " + small.size());
    Picture photo = Picture.of(FaceImage.plain(70, 50, 9));
    assertEquals(70, photo.width());
    assertEquals(70, photo.displayWidth());
    assertEquals(50, photo.displayHeight());
  }

  @Test
  void coloursOfThePaletteStayExactAndOthersNear() {
    BufferedImage many = new BufferedImage(300, 10, BufferedImage.TYPE_INT_RGB);
    for (int x = 0; x < 300; x++) {
      // 300 greys and blues, of which the first is the most frequent.
      for (int y = 0; y < 10; y++) {
        many.setRGB(x, y, y < 5 ? 0x0072B2 : x * 0x80);
      }
    }
    BufferedImage indexed = Picture.indexed(many);
    assertEquals(0xFF0072B2, indexed.getRGB(7, 0));
    assertTrue(indexed.getColorModel() instanceof IndexColorModel);
    for (int x = 0; x < 300; x++) {
      Color was = new Color(many.getRGB(x, 9));
      Color is = new Color(indexed.getRGB(x, 9));
      // 45 colours have no place, the farthest of them 23 shades of green away from the last one.
      assertEquals(was.getGreen(), is.getGreen(), 23);
      assertEquals(was.getBlue(), is.getBlue(), 128);
    }
  }

  @Test
  void aScaleOfColoursIsNotLostToManyShadesOfOne() {
    BufferedImage image = new BufferedImage(256, 300, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 300; y++) {
      for (int x = 0; x < 256; x++) {
        // Light shades that are frequent, and one line from black to blue.
        image.setRGB(x, y, y == 0 ? x : 0xC0C0C0 + (y % 32 << 16) + (x % 32 << 8) + y % 31);
      }
    }
    BufferedImage indexed = Picture.indexed(image);
    for (int x = 0; x < 256; x++) {
      assertEquals(x, new Color(indexed.getRGB(x, 0)).getBlue(), 8);
    }
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
    String text = Charts.confusion(Samples.confusion(List.of("<x>"), new long[1][1])).svg();
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
