package org.affect4j.image;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import com.twelvemonkeys.imageio.util.IIOUtil;
import java.awt.Dimension;
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
import java.util.ServiceLoader;
import java.util.regex.Pattern;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.affect4j.image.PixelReader.Way;

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

  private final Source source;
  private final String name;
  private final PictureMetadata metadata;
  private final boolean lossless;

  /** A file, or its bytes in memory. */
  private interface Source {
    ImageInputStream open() throws IOException;
  }

  /** Asks a decoder that has the file; nothing if it cannot tell. */
  private interface Question<T> {
    Optional<T> ask(PixelReader pixels, ImageReader reader) throws IOException;
  }

  /** The reader of stills, looked for once, as every photo asks. */
  private static final class Stills {
    private static final Optional<StillReader> INSTALLED =
        ServiceLoader.load(StillReader.class, StillReader.class.getClassLoader()).findFirst();

    /** Empty if the file is of another kind, or none is offered. */
    static Optional<StillReader> of(Path file) throws IOException {
      if (INSTALLED.isEmpty()) {
        return Optional.empty();
      }
      Optional<PictureFormat> kind = PictureFormat.of(file);
      return kind.filter(k -> k == PictureFormat.HEIC || k == PictureFormat.AVIF)
          .flatMap(k -> INSTALLED);
    }
  }

  /** Reads a picture's header. */
  private ImageDecoder(Source source, String name) throws IOException {
    this.source = source;
    this.name = name;
    try (ImageInputStream stream = source.open()) {
      byte[] head = IIOUtil.createStreamAdapter(stream).readNBytes(PictureFormat.HEAD_BYTES);
      if (head.length == 0) {
        throw new UnreadableImageException(name + " is empty; expected a " + FORMATS + " image");
      }
      String text = new String(head, StandardCharsets.ISO_8859_1);
      PictureFormat format =
          PictureFormat.of(head, name)
              .orElseThrow(
                  () ->
                      new UnreadableImageException(
                          "%s is not a %s image (it begins with '%s')"
                              .formatted(
                                  name,
                                  FORMATS,
                                  "%.8s".formatted(text).replaceAll("[^ -~]", "."))));
      if (!format.isRead()) {
        throw new UnreadableImageException(
            "%s is a picture of the kind %s, which is not read; convert it first: %s"
                .formatted(
                    name,
                    format.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                    format.remedy()));
      }
      lossless = text.contains("VP8L");
      metadata = PictureMetadata.of(format, stream);
    }
  }

  private static ImageDecoder of(Path file) throws IOException {
    return new ImageDecoder(() -> new FileStream(file), file.toString());
  }

  private static Path require(Path file) throws IOException {
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
    return file;
  }

  static FaceImage decode(Path file, DecodeOptions options) throws IOException {
    Optional<StillReader> stills = Stills.of(require(file));
    if (stills.isEmpty()) {
      return of(file).decode(options);
    }
    requireAllowed(file.toString(), stills.get().size(file), options);
    return stills.get().read(file);
  }

  static FaceImage decode(byte[] bytes, String name, DecodeOptions options) throws IOException {
    return new ImageDecoder(() -> new ByteArrayImageInputStream(bytes), name).decode(options);
  }

  /** Bytes of the heap that {@link #decode} will take at most, its result included. */
  static long bytesNeeded(Path file, DecodeOptions options) throws IOException {
    Optional<StillReader> stills = Stills.of(require(file));
    if (stills.isPresent()) {
      Dimension size = stills.get().size(file);
      // The decoder's own picture, as four bytes a pixel, and the result.
      return 7L * size.width * size.height;
    }
    ImageDecoder picture = of(file);
    return picture.first(
        (pixels, reader) ->
            Optional.of(picture.sizes(reader, options).bytes(pixels.way() == Way.ROWS)));
  }

  /** Width and height of the upright picture at full size. */
  static Dimension size(Path file) throws IOException {
    Optional<StillReader> stills = Stills.of(require(file));
    if (stills.isPresent()) {
      return stills.get().size(file);
    }
    ImageDecoder picture = of(file);
    Sizes sizes =
        picture.first(
            (pixels, reader) -> Optional.of(picture.sizes(reader, DecodeOptions.fullSize())));
    return picture.metadata.orientation() < 5
        ? new Dimension(sizes.width, sizes.height)
        : new Dimension(sizes.height, sizes.width);
  }

  private FaceImage decode(DecodeOptions options) throws IOException {
    return first((pixels, reader) -> decode(pixels, reader, options));
  }

  /** The first answer of the decoders for this kind of picture. */
  private <T> T first(Question<T> question) throws IOException {
    Throwable first = null;
    for (PixelReader pixels : PixelReader.of(metadata)) {
      ImageReader reader = pixels.spi().createReaderInstance();
      try (ImageInputStream stream = source.open()) {
        reader.setInput(stream, metadata.format() != PictureFormat.TIFF, true);
        Optional<T> answer = question.ask(pixels, reader);
        if (answer.isPresent()) {
          return answer.get();
        }
      } catch (UnreadableImageException e) {
        throw e;
      } catch (IOException | RuntimeException | StackOverflowError e) {
        // Decoders answer broken input with every kind of exception.
        first = first == null ? e : first;
      } finally {
        reader.dispose();
      }
    }
    String why =
        first == null
            ? "no pixels in it"
            : first.getMessage() == null ? first.getClass().getSimpleName() : first.getMessage();
    throw new UnreadableImageException(
        "%s could not be decoded (truncated or damaged?): %s"
            .formatted(name, first instanceof EOFException ? "the file ends early" : why),
        first);
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
    requireAllowed(name, new Dimension(width, height), options);
    int most = Math.max(1, Math.max(width, height) / options.sufficientLongSide());
    return new Sizes(
        width,
        height,
        Math.min(PictureBuilder.LARGEST_STEP, most),
        (long) width * height * wholeBytes(reader),
        metadata.orientation() != 1);
  }

  private static void requireAllowed(String name, Dimension size, DecodeOptions options)
      throws UnreadableImageException {
    if ((long) size.width * size.height > options.maximumPixels()
        || size.width > FaceImage.MAXIMUM_SIDE
        || size.height > FaceImage.MAXIMUM_SIDE) {
      throw new UnreadableImageException(
          "%s has %,d x %,d pixels; the limit is %,d pixels (DecodeOptions.maximumPixels)"
              .formatted(name, size.width, size.height, options.maximumPixels()));
    }
  }

  /** Bytes that decoding whole takes for each pixel, besides the result. */
  private long wholeBytes(ImageReader reader) throws IOException {
    if (metadata.format() == PictureFormat.WEBP) {
      return lossless ? WEBP_LOSSLESS_BYTES : WEBP_LOSSY_BYTES;
    }
    if (metadata.inks() != PictureMetadata.Inks.NONE) {
      return 4;
    }
    try {
      SampleModel layout = reader.getImageTypes(0).next().getSampleModel();
      return Math.max(1, Arrays.stream(layout.getSampleSize()).sum() / 8);
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

  private Optional<FaceImage> decode(PixelReader pixels, ImageReader reader, DecodeOptions options)
      throws IOException {
    List<String> warnings = new ArrayList<>();
    reader.addIIOReadWarningListener((from, warning) -> warnings.add(warning));
    boolean byRows = pixels.way() == Way.ROWS;
    Sizes sizes = sizes(reader, options);
    requireRoom(sizes.bytes(byRows));
    PictureBuilder builder = new PictureBuilder(sizes.width, sizes.height, sizes.step);
    String damage = metadata.damage();
    try {
      pixels.read(reader, builder);
    } catch (IOException | RuntimeException | StackOverflowError e) {
      if (!byRows || builder.received() == 0) {
        throw e;
      }
      damage = "decoding ended early: " + e.getMessage();
    }
    if (builder.received() == 0) {
      return Optional.empty();
    }
    if (byRows && builder.received() < (long) sizes.width * sizes.height && damage.isEmpty()) {
      damage = "parts of the picture are missing";
    }
    int pages = metadata.format() == PictureFormat.TIFF ? pages(reader) : 1;
    FaceImage.Origin origin =
        new FaceImage.Origin(
            sizes.width,
            sizes.height,
            sizes.step,
            damage.isEmpty() ? damage(warnings) : damage,
            pages > 1 ? "the first of %d pages".formatted(pages) : "");
    return Optional.of(builder.finish().from(origin).oriented(metadata.orientation()));
  }

  private static int pages(ImageReader reader) {
    try {
      return reader.getNumImages(true);
    } catch (IOException | RuntimeException damagedDirectory) {
      return 1;
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
}
