package org.affect4j.image;

import boofcv.abst.distort.FDistort;
import boofcv.alg.interpolate.InterpolationType;
import boofcv.struct.border.BorderType;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The three bands of an image, and how they are cut, turned and scaled. Arrays are not copied and
 * never to be changed once an image has them.
 *
 * @param width pixels, 1 to {@link FaceImage#MAXIMUM_SIDE}
 * @param height pixels, likewise
 * @param bands red, green and blue: values of each pixel, row by row from the top
 */
record Planes(int width, int height, byte[][] bands) {
  private static final int BANDS = 3;

  /** EXIF orientations whose columns, or rows, are stored in the opposite order. */
  private static final Set<Integer> BACKWARD_COLUMNS = Set.of(2, 3, 7, 8);

  private static final Set<Integer> BACKWARD_ROWS = Set.of(3, 4, 6, 7);

  Planes {
    int most = FaceImage.MAXIMUM_SIDE;
    if (width < 1 || height < 1 || width > most || height > most) {
      throw new IllegalArgumentException(
          "an image has 1 to %d pixels a side, got %d x %d".formatted(most, width, height));
    }
    for (byte[] band : bands) {
      if (band.length != width * height) {
        throw new IllegalArgumentException(
            "a band of %d x %d pixels has as many values, got %d"
                .formatted(width, height, band.length));
      }
    }
  }

  static Planes plain(int width, int height, int grey) {
    Planes planes = new Planes(width, height, new byte[BANDS][Math.max(0, width * height)]);
    for (byte[] band : planes.bands) {
      Arrays.fill(band, (byte) grey);
    }
    return planes;
  }

  Planes resized(int newWidth, int newHeight) {
    int downWidth = Math.min(newWidth, width);
    int downHeight = Math.min(newHeight, height);
    Planes source = this;
    if (downWidth < width || downHeight < height) {
      source = plain(downWidth, downHeight, 0);
      for (int b = 0; b < BANDS; b++) {
        AreaAverage.shrink(bands[b], width, height, source.bands[b], downWidth, downHeight);
      }
    }
    if (newWidth == downWidth && newHeight == downHeight) {
      return source;
    }
    double kx = (double) newWidth / downWidth;
    double ky = (double) newHeight / downHeight;
    // Pixel centres are integers, so that edges, not centres, of first pixels coincide.
    return source.distorted(
        newWidth,
        newHeight,
        d ->
            d.affine(kx, 0, 0, ky, (kx - 1) / 2, (ky - 1) / 2)
                .interp(InterpolationType.BICUBIC)
                .border(BorderType.EXTENDED));
  }

  Planes turned(double degrees, int grey) {
    double c = Math.cos(Math.toRadians(degrees));
    double s = Math.sin(Math.toRadians(degrees));
    int newWidth = (int) Math.ceil(width * Math.abs(c) + height * Math.abs(s));
    int newHeight = (int) Math.ceil(width * Math.abs(s) + height * Math.abs(c));
    double x = (width - 1) / 2.0;
    double y = (height - 1) / 2.0;
    double shiftX = (newWidth - 1) / 2.0 - (c * x - s * y);
    double shiftY = (newHeight - 1) / 2.0 - (s * x + c * y);
    return distorted(
        newWidth,
        newHeight,
        d -> d.affine(c, -s, s, c, shiftX, shiftY).interp(InterpolationType.BILINEAR).border(grey));
  }

  private Planes distorted(int newWidth, int newHeight, Consumer<FDistort> settings) {
    Planes result = plain(newWidth, newHeight, 0);
    for (int b = 0; b < BANDS; b++) {
      FDistort distortion =
          new FDistort(
              AreaAverage.band(bands[b], width, height),
              AreaAverage.band(result.bands[b], newWidth, newHeight));
      settings.accept(distortion);
      distortion.apply();
    }
    return result;
  }

  Planes cut(int x, int y, int newWidth, int newHeight, int grey) {
    Planes result = plain(newWidth, newHeight, grey);
    int fromX = Math.max(0, x);
    int toX = Math.min(width, x + newWidth);
    for (int row = Math.max(0, y); row < Math.min(height, y + newHeight) && fromX < toX; row++) {
      int to = (row - y) * newWidth + fromX - x;
      for (int b = 0; b < BANDS; b++) {
        System.arraycopy(bands[b], row * width + fromX, result.bands[b], to, toX - fromX);
      }
    }
    return result;
  }

  /** Upright ones of those as stored: orientation 1 to 8 as in EXIF 2.3, tag 0x0112. */
  Planes oriented(int orientation) {
    boolean swapped = orientation >= 5;
    Planes result = swapped ? plain(height, width, 0) : plain(width, height, 0);
    // Where a step to the right and one downward lead in the new image.
    int right = swapped ? height : 1;
    int down = swapped ? 1 : width;
    int start = 0;
    if (BACKWARD_COLUMNS.contains(orientation)) {
      start += (width - 1) * right;
      right = -right;
    }
    if (BACKWARD_ROWS.contains(orientation)) {
      start += (height - 1) * down;
      down = -down;
    }
    for (int b = 0; b < BANDS; b++) {
      for (int y = 0, i = 0; y < height; y++) {
        for (int x = 0, to = start + y * down; x < width; x++, i++, to += right) {
          result.bands[b][to] = bands[b][i];
        }
      }
    }
    return result;
  }
}
