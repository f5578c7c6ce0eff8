package org.affect4j.image;

import com.twelvemonkeys.imageio.color.ColorProfiles;
import com.twelvemonkeys.imageio.color.ColorSpaces;
import java.awt.Point;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.ColorConvertOp;
import java.awt.image.ColorModel;
import java.awt.image.ComponentSampleModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Turns a decoder's samples, row by row, into 8-bit sRGB.
 *
 * <p>Grey without a profile keeps its value (AWT itself would take it for linear light, and
 * brighten it); samples of fewer bits are stretched and of more bits cut to 8; embedded profiles
 * are converted; alpha is laid over white, in the values of sRGB as browsers do.
 */
final class ColourReader {
  private static final int WHITE = 255;
  private static final int CMYK = 4;

  private final ColorModel model;
  private final boolean real;
  private final int colours;
  private final boolean alpha;

  /** Whether bytes are sRGB or grey already. */
  private final boolean ready;

  private final Optional<ICC_Profile> profile;
  private final Optional<int[]> transparent;
  private final Optional<byte[][]> palette;
  private final int[][] samples;
  private final int[] shift;
  private final byte[][] scale;
  private final byte[][] rgb = new byte[3][];
  private Optional<ColorConvertOp> conversion = Optional.empty();
  private byte[] before = new byte[0];
  private byte[] after = new byte[0];

  /**
   * Prepares for rasters of one kind.
   *
   * @param model what the samples mean
   * @param bands samples of a pixel
   * @param width the longest row
   * @param embedded profile of the file that the colour model does not know of
   * @param transparent values, in the depth of the raster, that stand for a transparent pixel
   */
  ColourReader(
      ColorModel model,
      int bands,
      int width,
      Optional<byte[]> embedded,
      Optional<int[]> transparent) {
    this.model = model;
    this.transparent = transparent;
    real =
        model.getTransferType() == DataBuffer.TYPE_FLOAT
            || model.getTransferType() == DataBuffer.TYPE_DOUBLE;
    alpha = model.hasAlpha() && !(model instanceof IndexColorModel);
    colours = model instanceof IndexColorModel ? 3 : bands - (alpha ? 1 : 0);
    profile = profile(embedded);
    samples = new int[bands][width];
    for (int b = 0; b < rgb.length; b++) {
      rgb[b] = new byte[width];
    }
    shift = new int[bands];
    scale = new byte[bands][];
    for (int b = 0; b < bands; b++) {
      int bits = model instanceof IndexColorModel || real ? 8 : model.getComponentSize(b);
      shift[b] = Math.max(0, bits - 8);
      int maximum = (1 << Math.min(8, bits)) - 1;
      scale[b] = new byte[maximum + 1];
      for (int v = 0; v <= maximum; v++) {
        scale[b][v] = (byte) ((v * WHITE + maximum / 2) / maximum);
      }
    }
    ready =
        !(model instanceof IndexColorModel)
            && !alpha
            && profile.isEmpty()
            && transparent.isEmpty()
            && (colours == 1
                || colours == 3 && model.getColorSpace().getType() == ColorSpace.TYPE_RGB)
            && Arrays.stream(scale).allMatch(table -> table.length > WHITE)
            && model.getTransferType() == DataBuffer.TYPE_BYTE;
    palette =
        model instanceof IndexColorModel index
            ? Optional.of(palette(index, embedded))
            : Optional.empty();
  }

  /** A reader of an image as it is in memory. */
  static ColourReader of(BufferedImage image, Optional<byte[]> embedded) {
    return new ColourReader(
        image.getColorModel(),
        image.getRaster().getNumBands(),
        image.getWidth(),
        embedded,
        Optional.empty());
  }

  private Optional<ICC_Profile> profile(Optional<byte[]> embedded) {
    try {
      ICC_Profile found =
          embedded.isPresent()
              ? ColorProfiles.createProfile(embedded.get())
              : model.getColorSpace() instanceof ICC_ColorSpace space && !isGeneric(space)
                  ? space.getProfile()
                  : null;
      if (found == null
          || found.getNumComponents() != colours
          || ColorProfiles.isCS_sRGB(found)
          || ColorProfiles.isCS_GRAY(found)) {
        return Optional.empty();
      }
      return Optional.of(ofDisplay(found));
    } catch (RuntimeException damagedProfile) {
      return Optional.empty();
    }
  }

  /** Inks without a profile: others depend on what is installed on the machine. */
  private boolean isGeneric(ICC_ColorSpace space) {
    return colours == CMYK && space == ColorSpaces.getColorSpace(ColorSpaces.CS_GENERIC_CMYK);
  }

  /**
   * A profile of a printer under the name of a screen's: under its own, Java would take it as
   * relative colorimetric, while photos are made for the perceptual intent.
   */
  private static ICC_Profile ofDisplay(ICC_Profile profile) {
    if (profile.getProfileClass() != ICC_Profile.CLASS_OUTPUT) {
      return profile;
    }
    byte[] data = profile.getData();
    ByteBuffer.wrap(data).putInt(ICC_Profile.icHdrDeviceClass, ICC_Profile.icSigDisplayClass);
    return ICC_Profile.getInstance(data);
  }

  /** The colours of a palette as they are shown, black where it has none. */
  private static byte[][] palette(IndexColorModel index, Optional<byte[]> embedded) {
    int[] argb = new int[Math.max(256, index.getMapSize())];
    index.getRGBs(argb);
    Arrays.fill(argb, index.getMapSize(), argb.length, 0xFF000000);
    ColourReader reader =
        new ColourReader(ColorModel.getRGBdefault(), 4, argb.length, embedded, Optional.empty());
    for (int i = 0; i < argb.length; i++) {
      for (int b = 0; b < 4; b++) {
        reader.samples[b][i] = argb[i] >>> (16 - 8 * b & 31) & 0xFF;
      }
    }
    return reader.colours(argb.length);
  }

  private static int overWhite(int value, int opacity) {
    return (value * opacity + WHITE * (WHITE - opacity) + WHITE / 2) / WHITE;
  }

  /** Reads one row of a raster. */
  byte[][] row(Raster raster, int y) {
    int width = raster.getWidth();
    int x = raster.getMinX();
    int row = raster.getMinY() + y;
    if (real) {
      float[] values = new float[width];
      for (int b = 0; b < samples.length; b++) {
        raster.getSamples(x, row, width, 1, b, values);
        for (int i = 0; i < width; i++) {
          samples[b][i] = Math.round(Math.max(0, Math.min(1, values[i])) * WHITE);
        }
      }
    } else if (raster.getSampleModel() instanceof ComponentSampleModel bytes
        && raster.getDataBuffer() instanceof DataBufferByte data
        && bytes.getNumBands() == samples.length) {
      int start =
          (row - raster.getSampleModelTranslateY()) * bytes.getScanlineStride()
              + (x - raster.getSampleModelTranslateX()) * bytes.getPixelStride();
      for (int b = 0; b < samples.length; b++) {
        int bank = bytes.getBankIndices()[b];
        byte[] from = data.getData(bank);
        int at = start + bytes.getBandOffsets()[b] + data.getOffsets()[bank];
        if (ready) {
          copy(from, at, bytes.getPixelStride(), rgb[b], width);
        } else {
          int[] to = samples[b];
          for (int i = 0; i < width; i++, at += bytes.getPixelStride()) {
            to[i] = from[at] & 0xFF;
          }
        }
      }
      if (ready) {
        for (int b = colours; b < 3; b++) {
          System.arraycopy(rgb[0], 0, rgb[b], 0, width);
        }
        return rgb;
      }
    } else {
      for (int b = 0; b < samples.length; b++) {
        raster.getSamples(x, row, width, 1, b, samples[b]);
      }
    }
    return colours(width);
  }

  private static void copy(byte[] from, int at, int stride, byte[] to, int count) {
    for (int i = 0, j = at; i < count; i++, j += stride) {
      to[i] = from[j];
    }
  }

  /** The samples of a row, by band, for a decoder that gives pixels one by one. */
  int[][] samples() {
    return samples;
  }

  /** Converts the first pixels of {@link #samples()}; what is returned holds until the next row. */
  byte[][] colours(int count) {
    if (palette.isPresent()) {
      for (int b = 0; b < 3; b++) {
        byte[] shown = palette.get()[b];
        for (int i = 0; i < count; i++) {
          rgb[b][i] = shown[Math.min(samples[0][i], shown.length - 1)];
        }
      }
      return rgb;
    }
    boolean grey = colours == 1;
    boolean plain = profile.isEmpty() && model.getColorSpace().getType() == ColorSpace.TYPE_RGB;
    if (alpha && model.isAlphaPremultiplied()) {
      divideByAlpha(count);
    }
    if (profile.isPresent()) {
      byte[][] values = new byte[colours][count];
      for (int b = 0; b < colours; b++) {
        scaled(b, count, values[b]);
      }
      convert(values, colours, count, rgb);
    } else if (grey || plain && colours == 3) {
      for (int b = 0; b < 3; b++) {
        if (grey && b > 0) {
          System.arraycopy(rgb[0], 0, rgb[b], 0, count);
        } else {
          scaled(b, count, rgb[b]);
        }
      }
    } else if (colours == CMYK && model.getColorSpace().getType() == ColorSpace.TYPE_CMYK) {
      plainInks(count);
    } else {
      otherSpace(count);
    }
    layOverWhite(count);
    return rgb;
  }

  private void scaled(int band, int count, byte[] to) {
    int[] from = samples[band];
    byte[] table = scale[band];
    int bits = shift[band];
    for (int i = 0; i < count; i++) {
      to[i] = table[from[i] >>> bits & table.length - 1];
    }
  }

  private void divideByAlpha(int count) {
    int[] opacity = samples[colours];
    long most = (1L << model.getComponentSize(colours)) - 1;
    for (int b = 0; b < colours; b++) {
      for (int i = 0; i < count; i++) {
        if (opacity[i] > 0) {
          samples[b][i] = (int) Math.min(most, samples[b][i] * most / opacity[i]);
        }
      }
    }
  }

  /** Inks without a profile, as most programs show them. */
  private void plainInks(int count) {
    byte[] black = new byte[count];
    scaled(3, count, black);
    for (int b = 0; b < 3; b++) {
      scaled(b, count, rgb[b]);
      for (int i = 0; i < count; i++) {
        int light = (WHITE - (rgb[b][i] & 0xFF)) * (WHITE - (black[i] & 0xFF));
        rgb[b][i] = (byte) ((light + WHITE / 2) / WHITE);
      }
    }
  }

  private void otherSpace(int count) {
    float[] values = new float[colours];
    for (int i = 0; i < count; i++) {
      for (int b = 0; b < colours; b++) {
        float low = model.getColorSpace().getMinValue(b);
        float high = model.getColorSpace().getMaxValue(b);
        int v = scale[b][samples[b][i] >>> shift[b] & scale[b].length - 1] & 0xFF;
        values[b] = low + (high - low) * v / WHITE;
      }
      float[] colour = model.getColorSpace().toRGB(values);
      for (int b = 0; b < 3; b++) {
        rgb[b][i] = (byte) Math.round(colour[b] * WHITE);
      }
    }
  }

  private void layOverWhite(int count) {
    if (alpha) {
      byte[] opacity = new byte[count];
      scaled(colours, count, opacity);
      for (int b = 0; b < 3; b++) {
        for (int i = 0; i < count; i++) {
          rgb[b][i] = (byte) overWhite(rgb[b][i] & 0xFF, opacity[i] & 0xFF);
        }
      }
    }
    if (transparent.isPresent() && transparent.get().length == colours) {
      int[] key = transparent.get();
      for (int i = 0; i < count; i++) {
        boolean clear = true;
        for (int b = 0; b < colours; b++) {
          clear &= samples[b][i] == key[b];
        }
        if (clear) {
          rgb[0][i] = rgb[1][i] = rgb[2][i] = (byte) WHITE;
        }
      }
    }
  }

  private void convert(byte[][] from, int bands, int count, byte[][] to) {
    if (conversion.isEmpty()) {
      ICC_Profile[] path = {profile.orElseThrow(), ICC_Profile.getInstance(ColorSpace.CS_sRGB)};
      conversion = Optional.of(new ColorConvertOp(path, null));
    }
    if (before.length != bands * count) {
      before = new byte[bands * count];
      after = new byte[3 * count];
    }
    for (int b = 0; b < bands; b++) {
      for (int i = 0; i < count; i++) {
        before[i * bands + b] = from[b][i];
      }
    }
    conversion.get().filter(raster(before, count, bands), raster(after, count, 3));
    for (int b = 0; b < 3; b++) {
      for (int i = 0; i < count; i++) {
        to[b][i] = after[3 * i + b];
      }
    }
  }

  private static WritableRaster raster(byte[] data, int width, int bands) {
    int[] offsets = IntStream.range(0, bands).toArray();
    return Raster.createInterleavedRaster(
        new DataBufferByte(data, data.length),
        width,
        1,
        width * bands,
        bands,
        offsets,
        new Point());
  }
}
