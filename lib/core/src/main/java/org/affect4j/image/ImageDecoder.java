package org.affect4j.image;

import com.twelvemonkeys.imageio.color.ColorSpaces;
import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import com.twelvemonkeys.imageio.util.IIOUtil;
import java.awt.Dimension;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.SampleModel;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.ImageInputStream;

/**
 * Decodes JPEG, PNG, BMP, GIF, WebP and TIFF files to upright sRGB images.
 *
 * <p>JPEG, PNG and most TIFF are decoded row by row, and large ones averaged on the way, so that
 * memory follows the result and not the file. The others are decoded whole ({@link
 * FaceImage#bytesToRead}). What a damaged file still gives is taken if its rows came one by one;
 * the result says so.
 */
final class ImageDecoder {
  private static final String FORMATS = "JPEG, PNG, BMP, GIF, WebP or TIFF";
  private static final String JDK_PLUGINS = "com.sun.imageio.plugins.";
  private static final Pattern DAMAGE =
      Pattern.compile("(?i)premature end|bad huffman|instead of rst");

  /** What of the heap a picture may take; the rest is the program's. */
  private static final double SHARE_OF_HEAP = .85;

  /**
   * Bytes that TwelveMonkeys' WebP decoder keeps for each pixel: objects for every macro block of
   * lossy pictures, four bytes a sample and its copies of lossless ones.
   */
  private static final long WEBP_LOSSY_BYTES = 32;

  private static final long WEBP_LOSSLESS_BYTES = 8;

  private ImageDecoder() {}

  /** A file, or its bytes in memory. */
  private interface Source {
    ImageInputStream open() throws IOException;
  }

  static FaceImage decode(Path file, DecodeOptions options) throws IOException {
    return new Picture(source(file), file.toString()).decode(options);
  }

  static FaceImage decode(byte[] bytes, String name, DecodeOptions options) throws IOException {
    return new Picture(() -> new ByteArrayImageInputStream(bytes), name).decode(options);
  }

  /** Bytes of the heap that {@link #decode} will take at most, its result included. */
  static long bytesNeeded(Path file, DecodeOptions options) throws IOException {
    Picture picture = new Picture(source(file), file.toString());
    return picture.header(options, (sizes, spi) -> sizes.bytes(picture.isByRows(spi)));
  }

  /** Width and height of the upright picture at full size. */
  static Dimension size(Path file) throws IOException {
    Picture picture = new Picture(source(file), file.toString());
    return picture.header(
        DecodeOptions.fullSize(),
        (sizes, spi) ->
            picture.metadata.orientation() < 5
                ? new Dimension(sizes.width, sizes.height)
                : new Dimension(sizes.height, sizes.width));
  }

  private static Source source(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw Files.isSymbolicLink(file)
          ? new UnreadableImageException(
              "%s is a broken link: %s does not exist"
                  .formatted(file, Files.readSymbolicLink(file)))
          : new NoSuchFileException(file.toString(), null, "no such image file");
    }
    if (!Files.isRegularFile(file)) {
      throw new UnreadableImageException(file + " is not a file; expected one image");
    }
    return () -> new FileStream(file);
  }

  /** One picture, its header read. */
  private static final class Picture {
    private final Source source;
    private final String name;
    private final PictureFormat format;
    private final PictureMetadata metadata;
    private final boolean lossless;

    Picture(Source source, String name) throws IOException {
      this.source = source;
      this.name = name;
      try (ImageInputStream stream = source.open()) {
        byte[] head = IIOUtil.createStreamAdapter(stream).readNBytes(PictureFormat.HEAD_BYTES);
        if (head.length == 0) {
          throw new UnreadableImageException(name + " is empty; expected a " + FORMATS + " image");
        }
        format =
            PictureFormat.of(head, name)
                .orElseThrow(
                    () ->
                        new UnreadableImageException(
                            "%s is not a %s image (it begins with '%s')"
                                .formatted(name, FORMATS, start(head))));
        if (!format.isRead()) {
          throw new UnreadableImageException(
              "%s is a picture of the kind %s, which is not read; convert it first: %s"
                  .formatted(
                      name,
                      format.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                      format.remedy()));
        }
        lossless = new String(head, StandardCharsets.ISO_8859_1).contains("VP8L");
        metadata = PictureMetadata.of(format, stream);
      }
    }

    private static String start(byte[] head) {
      return new String(head, 0, Math.min(8, head.length), StandardCharsets.ISO_8859_1)
          .replaceAll("[^ -~]", ".");
    }

    <T> T header(DecodeOptions options, BiFunction<Sizes, ImageReaderSpi, T> answer)
        throws IOException {
      Exception first = null;
      for (ImageReaderSpi spi : readers()) {
        ImageReader reader = spi.createReaderInstance();
        try (ImageInputStream stream = source.open()) {
          reader.setInput(stream, false, true);
          return answer.apply(sizes(reader, options), spi);
        } catch (UnreadableImageException e) {
          throw e;
        } catch (IOException | RuntimeException e) {
          first = first == null ? e : first;
        } finally {
          reader.dispose();
        }
      }
      throw damaged(first);
    }

    FaceImage decode(DecodeOptions options) throws IOException {
      Throwable first = null;
      for (ImageReaderSpi spi : readers()) {
        // Rows first: it takes less memory. Then as a whole, which every decoder can.
        for (boolean rows : isByRows(spi) ? new boolean[] {true, false} : new boolean[] {false}) {
          try {
            Optional<FaceImage> image = decode(spi, rows, options);
            if (image.isPresent()) {
              return image.get();
            }
          } catch (UnreadableImageException e) {
            throw e;
          } catch (IOException | RuntimeException | StackOverflowError e) {
            // Decoders answer broken input with every kind of exception. The next, slower reader
            // knows more kinds, such as CMYK.
            first = first == null ? e : first;
          }
        }
      }
      throw damaged(first);
    }

    private UnreadableImageException damaged(Throwable cause) {
      String why =
          cause == null
              ? "no pixels in it"
              : cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
      return new UnreadableImageException(
          "%s could not be decoded (truncated or damaged?): %s"
              .formatted(name, cause instanceof EOFException ? "the file ends early" : why),
          cause);
    }

    private List<ImageReaderSpi> readers() {
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

    private boolean isByRows(ImageReaderSpi spi) {
      String kind = spi.getClass().getSimpleName();
      return metadata.inks() == PictureMetadata.Inks.NONE
          && !(spi instanceof JPEGImageReaderSpi)
          && (kind.startsWith("JPEG")
              || kind.startsWith("PNG")
              || spi instanceof TIFFImageReaderSpi);
    }

    /** What becomes of a picture's size: as stored, and by how much it shrinks. */
    private record Sizes(int width, int height, int step, long wholeBytes, boolean turned) {
      long bytes(boolean byRows) {
        long built = PictureBuilder.bytes(width, height, step);
        long result = built / (step == 1 ? 1 : 3);
        return (byRows ? 64L * width : wholeBytes) + Math.max(built, turned ? 2 * result : 0);
      }
    }

    private Sizes sizes(ImageReader reader, DecodeOptions options) throws IOException {
      int width = Math.max(metadata.frame().canvasWidth(), reader.getWidth(0));
      int height = Math.max(metadata.frame().canvasHeight(), reader.getHeight(0));
      long pixels = (long) width * height;
      if (pixels > options.maximumPixels()
          || width > FaceImage.MAXIMUM_SIDE
          || height > FaceImage.MAXIMUM_SIDE) {
        throw new UnreadableImageException(
            "%s has %,d x %,d pixels; the limit is %,d pixels (DecodeOptions.maximumPixels)"
                .formatted(name, width, height, options.maximumPixels()));
      }
      int step =
          Math.min(
              PictureBuilder.LARGEST_STEP,
              Math.max(1, Math.max(width, height) / options.sufficientLongSide()));
      return new Sizes(
          width, height, step, pixels * wholeBytes(reader), metadata.orientation() != 1);
    }

    /** Bytes that decoding whole takes for each pixel, besides the result. */
    private long wholeBytes(ImageReader reader) throws IOException {
      if (format == PictureFormat.WEBP) {
        return lossless ? WEBP_LOSSLESS_BYTES : WEBP_LOSSY_BYTES;
      }
      if (metadata.inks() != PictureMetadata.Inks.NONE) {
        return 4;
      }
      try {
        SampleModel layout = reader.getImageTypes(0).next().getSampleModel();
        int bits = Arrays.stream(layout.getSampleSize()).sum();
        return Math.max(1, bits / 8);
      } catch (IOException | RuntimeException unknownType) {
        return 4;
      }
    }

    private void requireRoom(long bytes) throws UnreadableImageException {
      long heap = Runtime.getRuntime().maxMemory();
      if (bytes > SHARE_OF_HEAP * heap) {
        throw new UnreadableImageException(
            "%s needs about %,d MiB of memory to be decoded, of which Java has %,d MiB; give it more (-Xmx%dm), or save the picture smaller or as JPEG"
                .formatted(
                    name, bytes >> 20, heap >> 20, (long) (bytes / SHARE_OF_HEAP / (1 << 20)) + 1));
      }
    }

    private Optional<FaceImage> decode(ImageReaderSpi spi, boolean byRows, DecodeOptions options)
        throws IOException {
      ImageReader reader = spi.createReaderInstance();
      List<String> warnings = new ArrayList<>();
      reader.addIIOReadWarningListener((from, warning) -> warnings.add(warning));
      try (ImageInputStream stream = source.open()) {
        reader.setInput(stream, format != PictureFormat.TIFF, true);
        Sizes sizes = sizes(reader, options);
        requireRoom(sizes.bytes(byRows));
        PictureBuilder builder = new PictureBuilder(sizes.width, sizes.height, sizes.step);
        String damage = metadata.damage();
        if (byRows) {
          try {
            byRows(reader, sizes, builder);
          } catch (IOException | RuntimeException | StackOverflowError e) {
            if (builder.received() == 0) {
              throw e;
            }
            damage = "decoding ended early: " + e.getMessage();
          }
        } else if (metadata.inks() == PictureMetadata.Inks.NONE) {
          whole(reader, builder);
        } else {
          inks(reader, sizes, builder);
        }
        if (builder.received() == 0) {
          return Optional.empty();
        }
        if (byRows && builder.received() < (long) sizes.width * sizes.height && damage.isEmpty()) {
          damage = "parts of the picture are missing";
        }
        int pages = format == PictureFormat.TIFF ? pages(reader) : 1;
        return Optional.of(
            builder
                .finish()
                .from(
                    new FaceImage.Origin(
                        sizes.width,
                        sizes.height,
                        sizes.step,
                        damage.isEmpty() ? damage(warnings) : damage,
                        pages > 1 ? "the first of %d pages".formatted(pages) : ""))
                .oriented(metadata.orientation()));
      } finally {
        reader.dispose();
      }
    }

    private static int pages(ImageReader reader) {
      try {
        return reader.getNumImages(true);
      } catch (IOException | RuntimeException damagedDirectory) {
        return 1;
      }
    }

    private void byRows(ImageReader reader, Sizes sizes, PictureBuilder builder)
        throws IOException {
      ImageTypeSpecifier type = rowType(reader);
      ColorModel model = type.getColorModel();
      SampleModel layout =
          type.getSampleModel().createCompatibleSampleModel(sizes.width, sizes.height);
      RowRaster rows =
          new RowRaster(
              layout,
              new ColourReader(
                  model, layout.getNumBands(), sizes.width, metadata.profile(), transparent(model)),
              builder);
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
      if (format == PictureFormat.PNG && !(first.getColorModel() instanceof IndexColorModel)) {
        // As stored: the decoder's own treatment of transparent values fails below 8 bits.
        int bands = first.getNumBands() - (metadata.transparent().isPresent() ? 1 : 0);
        boolean grey = bands <= 2;
        int[] offsets = Arrays.copyOf(new int[] {0, 1, 2, 3}, bands);
        return ImageTypeSpecifier.createInterleaved(
            ColorSpace.getInstance(grey ? ColorSpace.CS_GRAY : ColorSpace.CS_sRGB),
            offsets,
            first.getSampleModel().getTransferType() == DataBuffer.TYPE_USHORT
                ? DataBuffer.TYPE_USHORT
                : DataBuffer.TYPE_BYTE,
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

    /** PNG's transparent values in the depth that the decoder gives. */
    private Optional<int[]> transparent(ColorModel model) {
      if (metadata.transparent().isEmpty() || model instanceof IndexColorModel) {
        return Optional.empty();
      }
      int most = (1 << metadata.depth()) - 1;
      return metadata
          .transparent()
          .map(
              key ->
                  most >= 255
                      ? key
                      : Arrays.stream(key).map(v -> (v * 255 + most / 2) / most).toArray());
    }

    /** A JPEG of four components, which the JDK's decoder gives as they are. */
    private void inks(ImageReader reader, Sizes sizes, PictureBuilder builder) throws IOException {
      Raster raster = reader.readRaster(0, null);
      ColorModel model =
          new ComponentColorModel(
              ColorSpaces.getColorSpace(ColorSpaces.CS_GENERIC_CMYK),
              false,
              false,
              Transparency.OPAQUE,
              DataBuffer.TYPE_BYTE);
      ColourReader colours =
          new ColourReader(model, 4, sizes.width, metadata.profile(), Optional.empty());
      int[] pixels = new int[4 * sizes.width];
      for (int y = 0; y < sizes.height; y++) {
        raster.getPixels(0, y, sizes.width, 1, pixels);
        for (int x = 0, i = 0; x < sizes.width; x++, i += 4) {
          if (metadata.inks() == PictureMetadata.Inks.YCCK) {
            double red = 1.402 * (pixels[i + 2] - 128);
            double green = -.344136 * (pixels[i + 1] - 128) - .714136 * (pixels[i + 2] - 128);
            double blue = 1.772 * (pixels[i + 1] - 128);
            colours.samples()[0][x] = clamped(pixels[i] + red);
            colours.samples()[1][x] = clamped(pixels[i] + green);
            colours.samples()[2][x] = clamped(pixels[i] + blue);
          } else {
            for (int b = 0; b < 3; b++) {
              colours.samples()[b][x] = 255 - pixels[i + b];
            }
          }
          colours.samples()[3][x] = 255 - pixels[i + 3];
        }
        builder.put(0, y, sizes.width, colours.colours(sizes.width));
      }
    }

    private static int clamped(double value) {
      return (int) Math.round(Math.max(0, Math.min(255, value)));
    }

    private void whole(ImageReader reader, PictureBuilder builder) throws IOException {
      BufferedImage image = reader.read(0);
      PictureMetadata.Frame frame = metadata.frame();
      Raster raster = image.getRaster();
      ColourReader colours =
          new ColourReader(
              image.getColorModel(),
              raster.getNumBands(),
              raster.getWidth(),
              metadata.profile(),
              Optional.empty());
      for (int y = 0; y < raster.getHeight(); y++) {
        builder.put(frame.left(), frame.top() + y, raster.getWidth(), colours.row(raster, y));
      }
    }
  }

  private static String damage(List<String> warnings) {
    // Others, such as extraneous bytes, are common in photos without a visible fault.
    return warnings.stream()
        .filter(warning -> DAMAGE.matcher(warning).find())
        .findFirst()
        .map(warning -> "the file is truncated or damaged: " + warning)
        .orElse("");
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
}
