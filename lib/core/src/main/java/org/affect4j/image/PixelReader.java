package org.affect4j.image;

import com.twelvemonkeys.imageio.color.ColorSpaces;
import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import com.twelvemonkeys.imageio.util.IIOUtil;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.SampleModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import org.affect4j.image.PictureMetadata.Inks;

/**
 * A way to a picture's pixels: a decoder, and how its samples are taken.
 *
 * @param metadata what is known of the picture
 * @param spi makes the decoder
 * @param way how samples are taken
 */
record PixelReader(PictureMetadata metadata, ImageReaderSpi spi, Way way) {
  private static final String JDK_PLUGINS = "com.sun.imageio.plugins.";

  /** How samples are taken from a decoder. */
  enum Way {
    /** Row by row, as they are decoded; takes the least memory. */
    ROWS,
    /** All at once, which every decoder can. */
    WHOLE,
    /** The four components of a JPEG, all at once. */
    INKS
  }

  /** The ways to a picture, in the order in which they are to be tried. */
  static List<PixelReader> of(PictureMetadata metadata) {
    List<PixelReader> ways = new ArrayList<>();
    for (ImageReaderSpi spi : spis(metadata.format())) {
      if (metadata.inks() != Inks.NONE) {
        ways.add(new PixelReader(metadata, spi, Way.INKS));
        continue;
      }
      boolean givesRows =
          switch (metadata.format()) {
            case JPEG -> !(spi instanceof JPEGImageReaderSpi);
            case PNG -> true;
            case TIFF -> spi instanceof TIFFImageReaderSpi;
            default -> false;
          };
      if (givesRows) {
        ways.add(new PixelReader(metadata, spi, Way.ROWS));
      }
      ways.add(new PixelReader(metadata, spi, Way.WHOLE));
    }
    return ways;
  }

  /** Later ones are slower and know more kinds, such as more colour spaces. */
  private static List<ImageReaderSpi> spis(PictureFormat format) {
    return switch (format) {
      case JPEG -> List.of(jdkSpi("jpeg.JPEGImageReaderSpi"), jpegSpi());
      case PNG -> List.of(jdkSpi("png.PNGImageReaderSpi"));
      case GIF -> List.of(jdkSpi("gif.GIFImageReaderSpi"));
      case BMP -> List.of(jdkSpi("bmp.BMPImageReaderSpi"));
      case WEBP -> List.of(new WebPImageReaderSpi());
      case TIFF -> List.of(new TIFFImageReaderSpi(), jdkSpi("tiff.TIFFImageReaderSpi"));
      default -> throw new IllegalStateException(format + " is not read");
    };
  }

  private static ImageReaderSpi jpegSpi() {
    JPEGImageReaderSpi spi = new JPEGImageReaderSpi();
    // Lets it find the JDK's decoder, on which it builds; nothing is registered.
    spi.onRegistration(IIORegistry.getDefaultInstance(), ImageReaderSpi.class);
    return spi;
  }

  // Asked for by name, because a notebook's class loader hides plug-ins from ImageIO's own search.
  private static ImageReaderSpi jdkSpi(String name) {
    return Optional.ofNullable(
            IIOUtil.lookupProviderByName(
                IIORegistry.getDefaultInstance(), JDK_PLUGINS + name, ImageReaderSpi.class))
        .orElseThrow(
            () -> new IllegalStateException("this JDK lacks the reader " + JDK_PLUGINS + name));
  }

  /** Decodes the first picture; what came before an exception is in the builder. */
  void read(ImageReader reader, PictureBuilder builder) throws IOException {
    switch (way) {
      case ROWS -> rows(reader, builder);
      case WHOLE -> whole(reader, builder);
      case INKS -> inks(reader, builder);
    }
  }

  private void rows(ImageReader reader, PictureBuilder builder) throws IOException {
    ImageTypeSpecifier type = rowType(reader);
    ColorModel model = type.getColorModel();
    SampleModel layout =
        type.getSampleModel().createCompatibleSampleModel(builder.width(), builder.height());
    ColourReader colours =
        new ColourReader(
            model,
            layout.getNumBands(),
            builder.width(),
            metadata.profile(),
            metadata.transparent());
    RowRaster rows = new RowRaster(layout, colours, builder);
    ImageReadParam param = reader.getDefaultReadParam();
    param.setDestination(new BufferedImage(model, rows, model.isAlphaPremultiplied(), null));
    try {
      reader.read(0, param);
    } finally {
      rows.flush();
    }
  }

  private ImageTypeSpecifier rowType(ImageReader reader) throws IOException {
    List<ImageTypeSpecifier> types = new ArrayList<>();
    reader.getImageTypes(0).forEachRemaining(types::add);
    ImageTypeSpecifier first = types.get(0);
    if (metadata.format() == PictureFormat.PNG
        && !(first.getColorModel() instanceof IndexColorModel)) {
      // As stored: the decoder's own treatment of transparent values fails below 8 bits.
      int bands = first.getNumBands() - (metadata.transparent().isPresent() ? 1 : 0);
      boolean deep = first.getSampleModel().getTransferType() == DataBuffer.TYPE_USHORT;
      return ImageTypeSpecifier.createInterleaved(
          ColorSpace.getInstance(bands <= 2 ? ColorSpace.CS_GRAY : ColorSpace.CS_sRGB),
          Arrays.copyOf(new int[] {0, 1, 2, 3}, bands),
          deep ? DataBuffer.TYPE_USHORT : DataBuffer.TYPE_BYTE,
          bands % 2 == 0,
          false);
    }
    // A type in the colours of the file's profile spares the decoder's slow conversion.
    return types.stream()
        .filter(type -> type.getNumBands() == first.getNumBands())
        .filter(type -> !isStandard(type.getColorModel()))
        .findFirst()
        .orElse(first);
  }

  private static boolean isStandard(ColorModel model) {
    return model.getColorSpace().isCS_sRGB()
        || model.getColorSpace() == ColorSpace.getInstance(ColorSpace.CS_GRAY);
  }

  private void whole(ImageReader reader, PictureBuilder builder) throws IOException {
    BufferedImage image = reader.read(0);
    PictureMetadata.Frame frame = metadata.frame();
    ColourReader colours = ColourReader.of(image, metadata.profile());
    for (int y = 0; y < image.getHeight(); y++) {
      byte[][] row = colours.row(image.getRaster(), y);
      builder.put(frame.left(), frame.top() + y, image.getWidth(), row);
    }
  }

  private void inks(ImageReader reader, PictureBuilder builder) throws IOException {
    Raster raster = reader.readRaster(0, null);
    ColorModel model =
        new ComponentColorModel(
            ColorSpaces.getColorSpace(ColorSpaces.CS_GENERIC_CMYK),
            false,
            false,
            Transparency.OPAQUE,
            DataBuffer.TYPE_BYTE);
    int width = builder.width();
    ColourReader colours = new ColourReader(model, 4, width, metadata.profile(), Optional.empty());
    int[][] samples = colours.samples();
    for (int y = 0; y < builder.height(); y++) {
      for (int b = 0; b < samples.length; b++) {
        raster.getSamples(0, y, width, 1, b, samples[b]);
      }
      for (int x = 0; x < width; x++) {
        if (metadata.inks() == Inks.YCCK) {
          double light = samples[0][x];
          int blue = samples[1][x] - 128;
          int red = samples[2][x] - 128;
          samples[0][x] = clamped(light + 1.402 * red);
          samples[1][x] = clamped(light + (-.344136 * blue - .714136 * red));
          samples[2][x] = clamped(light + 1.772 * blue);
        } else {
          for (int b = 0; b < 3; b++) {
            samples[b][x] = 255 - samples[b][x];
          }
        }
        samples[3][x] = 255 - samples[3][x];
      }
      builder.put(0, y, width, colours.colours(width));
    }
  }

  private static int clamped(double value) {
    return (int) Math.round(Math.max(0, Math.min(255, value)));
  }
}
