package org.affect4j.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import boofcv.abst.distort.FDistort;
import boofcv.struct.image.GrayU8;
import java.awt.image.BufferedImage;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Random;
import org.affect4j.face.Landmarks;
import org.junit.jupiter.api.Test;

class FaceAlignerTest {
  private static FaceImage smoothNoise(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(1);
    double[] f = random.doubles(6, .02, .09).toArray();
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int r = (int) (127 + 120 * Math.sin(f[0] * x + f[1] * y));
        int g = (int) (127 + 120 * Math.sin(f[2] * x - f[3] * y));
        int b = (int) (127 + 120 * Math.cos(f[4] * x + f[5] * y));
        image.setRGB(x, y, r << 16 | g << 8 | b);
      }
    }
    return FaceImage.of(image);
  }

  @Test
  void samplesTheSamePixelsAsBoofCv() {
    FaceImage photo = smoothNoise(300, 260);
    FaceAligner aligner = new FaceAligner();
    Landmarks face = Landmarks.of(120, 90, 160, 100, 135, 120, 115, 140, 150, 148);
    SimilarityTransform t = aligner.transform(face);
    FaceImage crop = aligner.crop(photo, face);
    GrayU8 red = new GrayU8(300, 260);
    red.data = photo.band(0);
    GrayU8 expected = new GrayU8(112, 112);
    new FDistort(red, expected)
        .affine(t.a(), -t.b(), t.b(), t.a(), t.shiftX(), t.shiftY())
        .border(0)
        .apply();
    for (int y = 0; y < 112; y++) {
      for (int x = 0; x < 112; x++) {
        assertEquals(expected.get(x, y), crop.rgb(x, y) >> 16, 1.0, x + ", " + y);
      }
    }
  }

  @Test
  void everyTemplateSizeShowsTheSameFace() {
    FaceImage photo = smoothNoise(300, 260);
    Landmarks face = Landmarks.of(120, 90, 160, 100, 135, 120, 115, 140, 150, 148);
    FaceImage small = new FaceAligner(96).crop(photo, face);
    FaceImage large = new FaceAligner(224).crop(photo, face).resized(96, 96);
    double sum = 0;
    for (int y = 2; y < 94; y++) {
      for (int x = 2; x < 94; x++) {
        sum += Math.abs((small.rgb(x, y) & 0xFF) - (large.rgb(x, y) & 0xFF));
      }
    }
    assertTrue(sum / (92 * 92) < 2, "mean difference " + sum / (92 * 92));
  }

  @Test
  void tensorsHoldTheCropInTheLayoutAskedFor() {
    FaceImage photo = smoothNoise(300, 260);
    Landmarks face = Landmarks.of(120, 90, 160, 100, 135, 120, 115, 140, 150, 148);
    FaceAligner aligner = new FaceAligner(20);
    FaceImage crop = aligner.crop(photo, face);
    PixelLayout bgr =
        new PixelLayout(PixelLayout.Order.BGR, 104, 117, 123, 2, PixelLayout.Storage.FLOAT_PLANES);
    ByteBuffer bytes =
        ByteBuffer.allocate(bgr.bytes(2, 20, 20)).order(ByteOrder.nativeOrder()).position(4800);
    aligner.writeTensor(photo, face, bgr, bytes);
    assertFalse(bytes.hasRemaining());
    FloatBuffer tensor = bytes.rewind().asFloatBuffer();
    bytes.position(bytes.limit());
    int rgb = crop.rgb(7, 5);
    assertEquals(((rgb & 0xFF) - 104) / 2.0, tensor.get(1200 + 5 * 20 + 7), .3);
    assertEquals(((rgb >> 16) - 123) / 2.0, tensor.get(1200 + 800 + 5 * 20 + 7), .3);
    assertThrows(BufferOverflowException.class, () -> aligner.writeTensor(photo, face, bgr, bytes));
  }

  @Test
  void blocksHoldTheBytesOfTheCrop() {
    FaceImage photo = smoothNoise(300, 260);
    Landmarks face = Landmarks.of(120, 90, 160, 100, 135, 120, 115, 140, 150, 148);
    FaceAligner aligner = new FaceAligner(20);
    FaceImage crop = aligner.crop(photo, face);
    PixelLayout blocks =
        new PixelLayout(PixelLayout.Order.BGR, 104, 117, 123, 1, PixelLayout.Storage.BYTE_BLOCKS);
    assertArrayEquals(new long[] {2, 10, 10, 12}, blocks.shape(2, 20, 20));
    ByteBuffer tensor = ByteBuffer.allocate(blocks.bytes(2, 20, 20)).order(ByteOrder.nativeOrder());
    aligner.writeTensor(photo, face, blocks, tensor);
    blocks.appendMirrored(tensor, 20);
    assertFalse(tensor.hasRemaining());
    for (FaceImage view : List.of(crop, crop.mirrored())) {
      int start = view == crop ? 0 : 1200;
      for (int y = 0; y < 20; y++) {
        for (int x = 0; x < 20; x++) {
          int at = start + (y / 2 * 10 + x / 2) * 12 + (y % 2 * 2 + x % 2) * 3;
          int rgb = view.rgb(x, y) & 0xFFFFFF;
          assertEquals(
              rgb,
              (tensor.get(at + 2) & 0xFF) << 16
                  | (tensor.get(at + 1) & 0xFF) << 8
                  | tensor.get(at) & 0xFF);
        }
      }
    }
    assertThrows(IllegalArgumentException.class, () -> blocks.shape(1, 20, 21));
  }

  @Test
  void outsideThePhotoIsBlack() {
    FaceImage white = FaceImage.plain(50, 50, 255);
    FaceImage crop =
        new FaceAligner().crop(white, Landmarks.of(5, 10, 45, 10, 25, 30, 10, 45, 40, 45));
    assertEquals(0, crop.rgb(0, 111));
    assertEquals(0xFFFFFF, crop.rgb(56, 60));
  }
}
