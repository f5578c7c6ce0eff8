package org.affect4j.image;

import java.awt.Point;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.SampleModel;
import java.awt.image.WritableRaster;

/**
 * A decoder's target that holds no pixels: it hands each row on to a {@link PictureBuilder} as it
 * comes. Decoders that write in another way fail, since there is no room for a sample, and have to
 * be given a whole image.
 */
final class RowRaster extends WritableRaster {
  private final ColourReader colours;
  private final PictureBuilder builder;
  private final boolean[] given;
  private int row = -1;

  RowRaster(SampleModel layout, ColourReader colours, PictureBuilder builder) {
    super(layout, new DataBufferByte(0), new Point());
    this.colours = colours;
    this.builder = builder;
    this.given = new boolean[layout.getWidth()];
  }

  @Override
  public void setRect(int dx, int dy, Raster source) {
    setDataElements(dx + source.getMinX(), dy + source.getMinY(), source);
  }

  @Override
  public void setDataElements(int x, int y, Raster source) {
    if (x == 0 && y == 0 && builder.received() > 0) {
      // The next scan of a progressive picture: all of it comes again, better.
      builder.restart();
    }
    for (int i = 0; i < source.getHeight(); i++) {
      builder.put(x, y + i, source.getWidth(), colours.row(source, i));
    }
  }

  @Override
  public void setPixel(int x, int y, int[] values) {
    if (y != row) {
      flush();
      row = y;
    }
    int[][] samples = colours.samples();
    for (int b = 0; b < samples.length; b++) {
      samples[b][x] = values[b];
    }
    given[x] = true;
  }

  /** Hands on the last row of a decoder that sets single pixels. */
  void flush() {
    if (row < 0) {
      return;
    }
    byte[][] rgb = colours.colours(given.length);
    for (int x = 0; x < given.length; x++) {
      int start = x;
      while (x < given.length && given[x]) {
        given[x++] = false;
      }
      builder.put(0, row, start, x, rgb);
    }
    row = -1;
  }

  @Override
  public DataBuffer getDataBuffer() {
    throw unsupported();
  }

  @Override
  public WritableRaster createWritableChild(
      int x, int y, int w, int h, int newX, int newY, int[] bands) {
    if (bands == null && x == 0 && y == 0 && newX == 0 && newY == 0 && w == width && h == height) {
      return this;
    }
    throw unsupported();
  }

  private static UnsupportedOperationException unsupported() {
    return new UnsupportedOperationException("rows only");
  }
}
