package org.affect4j.image;

import static org.affect4j.image.TestPictures.ascii;
import static org.affect4j.image.TestPictures.bytes;
import static org.affect4j.image.TestPictures.joined;
import static org.affect4j.image.TestPictures.tiff;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PictureFormatTest {
  private static Optional<PictureFormat> of(byte[] head) {
    return PictureFormat.of(head, "no-extension");
  }

  private static byte[] box(String brands) {
    return joined(bytes(0, 0, 0, 8 + brands.length()), ascii("ftyp" + brands), new byte[40]);
  }

  @Test
  void kindsThatAreNotReadAreKnownByTheirBytes() {
    assertEquals(Optional.of(PictureFormat.HEIC), of(box("heic\0\0\0\0mif1heic")));
    assertEquals(Optional.of(PictureFormat.HEIC), of(box("mif1\0\0\0\0mif1heic")));
    assertEquals(Optional.of(PictureFormat.AVIF), of(box("mif1\0\0\0\0mif1avif")));
    assertEquals(Optional.of(PictureFormat.CAMERA_RAW), of(box("crx \0\0\0\1crx isom")));
    assertEquals(Optional.empty(), of(box("isom\0\0\2\0isomiso2mp41")), "a film");
    assertEquals(Optional.of(PictureFormat.JPEG_XL), of(bytes(0xFF, 0x0A, 1, 2)));
    assertEquals(Optional.of(PictureFormat.PSD), of(ascii("8BPS\0\1")));
    assertEquals(Optional.of(PictureFormat.SVG), of(ascii("<?xml version='1.0'?>\n<svg >")));
    assertEquals(Optional.of(PictureFormat.SVG), of(ascii("\n  <svg xmlns='x'>")));
    assertEquals(Optional.empty(), of(ascii("<html><body><svg></svg>")));
    assertEquals(Optional.empty(), of(ascii("BMW is a maker of cars, and this a text")));
    assertEquals(Optional.empty(), of(bytes(0, 5, 0x16, 7)), "AppleDouble");
  }

  @Test
  void rawFilesInTheClothesOfTiffAreNotTakenForTheirThumbnail() {
    byte[] strip = new byte[3];
    Map<Integer, int[]> plain = Map.of(262, new int[] {2});
    assertEquals(Optional.of(PictureFormat.TIFF), of(tiff(1, 1, plain, strip)));
    Map<Integer, int[]> thumbnail =
        Map.of(254, new int[] {1}, 262, new int[] {2}, 330, new int[] {99});
    assertEquals(Optional.of(PictureFormat.CAMERA_RAW), of(tiff(1, 1, thumbnail, strip)));
    Map<Integer, int[]> dng = Map.of(262, new int[] {2}, 50706, new int[] {0x01040000});
    assertEquals(Optional.of(PictureFormat.CAMERA_RAW), of(tiff(1, 1, dng, strip)));
    assertEquals(
        Optional.of(PictureFormat.CAMERA_RAW),
        PictureFormat.of(tiff(1, 1, plain, strip), "DSC_0001.NEF"));
    UnreadableImageException e =
        assertThrows(
            UnreadableImageException.class,
            () -> FaceImage.decode(tiff(1, 1, dng, strip), "photo.dng"));
    assertTrue(
        e.getMessage().contains("camera raw") && e.getMessage().contains("convert it first"));
  }

  @Test
  void namesPromisePictures() {
    assertEquals(Optional.of(PictureFormat.JPEG), PictureFormat.promisedBy("b.c/a.JPG"));
    assertEquals(Optional.of(PictureFormat.HEIC), PictureFormat.promisedBy("a.heic"));
    assertEquals(Optional.empty(), PictureFormat.promisedBy("x.jpg/jpg"));
  }
}
