package org.affect4j.image;

import com.twelvemonkeys.imageio.metadata.Directory;
import com.twelvemonkeys.imageio.metadata.Entry;
import com.twelvemonkeys.imageio.metadata.jpeg.JPEG;
import com.twelvemonkeys.imageio.metadata.jpeg.JPEGSegment;
import com.twelvemonkeys.imageio.metadata.jpeg.JPEGSegmentUtil;
import com.twelvemonkeys.imageio.metadata.tiff.TIFF;
import com.twelvemonkeys.imageio.metadata.tiff.TIFFReader;
import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.ImageInputStream;

/**
 * Decodes JPEG, PNG, BMP, GIF (first frame) and WebP files to upright sRGB images.
 *
 * <p>The format is recognised by the file's first bytes, not by its name. EXIF orientation of JPEG
 * files is applied; CMYK and grey are converted; alpha is laid over white; 16 bits become 8. A file
 * that ends early is refused, though the JDK's decoder would return a half-grey picture.
 */
final class ImageDecoder {
  private static final String FORMATS = "JPEG, PNG, BMP, GIF or WebP";
  private static final String JDK_PLUGINS = "com.sun.imageio.plugins.";
  private static final long MAXIMUM_BYTES = 1L << 30;

  private ImageDecoder() {}

  static FaceImage decode(Path file, DecodeOptions options) throws IOException {
    if (!Files.exists(file)) {
      throw new NoSuchFileException(file.toString(), null, "no such image file");
    }
    if (!Files.isRegularFile(file)) {
      throw new UnreadableImageException(file + " is not a file; expected one image");
    }
    long size = Files.size(file);
    if (size > MAXIMUM_BYTES) {
      throw new UnreadableImageException(
          "%s has %,d bytes; images of up to %,d bytes are read"
              .formatted(file, size, MAXIMUM_BYTES));
    }
    return decode(Files.readAllBytes(file), file.toString(), options);
  }

  static FaceImage decode(byte[] bytes, String name, DecodeOptions options) throws IOException {
    if (bytes.length == 0) {
      throw new UnreadableImageException(name + " is empty; expected a " + FORMATS + " image");
    }
    List<ImageReaderSpi> readers = readersFor(bytes, name);
    for (ImageReaderSpi spi : readers.subList(0, readers.size() - 1)) {
      try {
        return decode(bytes, name, options, spi);
      } catch (UnreadableImageException e) {
        throw e;
      } catch (IOException | RuntimeException e) {
        continue; // the next, slower reader knows more kinds, such as CMYK
      }
    }
    try {
      return decode(bytes, name, options, readers.get(readers.size() - 1));
    } catch (UnreadableImageException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // Decoders answer broken input with every kind of runtime exception.
      throw new UnreadableImageException(
          name + " could not be decoded (truncated or damaged?): " + e.getMessage(), e);
    }
  }

  private static FaceImage decode(
      byte[] bytes, String name, DecodeOptions options, ImageReaderSpi spi) throws IOException {
    ImageReader reader = spi.createReaderInstance();
    List<String> warnings = new ArrayList<>();
    reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
    try (ImageInputStream stream = new ByteArrayImageInputStream(bytes)) {
      reader.setInput(stream, true, true);
      int width = reader.getWidth(0);
      int height = reader.getHeight(0);
      if ((long) width * height > options.maximumPixels()) {
        throw new UnreadableImageException(
            "%s has %,d x %,d pixels; the limit is %,d pixels (DecodeOptions.maximumPixels)"
                .formatted(name, width, height, options.maximumPixels()));
      }
      int step = Math.max(1, Math.max(width, height) / options.sufficientLongSide());
      ImageReadParam param = reader.getDefaultReadParam();
      param.setSourceSubsampling(step, step, 0, 0);
      BufferedImage decoded = reader.read(0, param);
      for (String warning : warnings) {
        if (warning.toLowerCase(Locale.ROOT).contains("premature end")) {
          throw new UnreadableImageException(name + " is truncated: " + warning);
        }
      }
      return FaceImage.of(decoded).oriented(orientation(bytes)).withSubsampling(step);
    } finally {
      reader.dispose();
    }
  }

  /** Readers to try one after the other. */
  private static List<ImageReaderSpi> readersFor(byte[] bytes, String name)
      throws UnreadableImageException {
    if (startsWith(bytes, 0, 0xFF, 0xD8, 0xFF)) {
      JPEGImageReaderSpi spi = new JPEGImageReaderSpi();
      // Lets it find the JDK's decoder, on which it builds; nothing is registered.
      spi.onRegistration(IIORegistry.getDefaultInstance(), ImageReaderSpi.class);
      return List.of(jdkSpi("jpeg.JPEGImageReaderSpi"), spi);
    }
    if (startsWith(bytes, 0, 0x89, 'P', 'N', 'G')) {
      return List.of(jdkSpi("png.PNGImageReaderSpi"));
    }
    if (startsWith(bytes, 0, 'G', 'I', 'F', '8')) {
      return List.of(jdkSpi("gif.GIFImageReaderSpi"));
    }
    if (startsWith(bytes, 0, 'R', 'I', 'F', 'F') && startsWith(bytes, 8, 'W', 'E', 'B', 'P')) {
      return List.of(new WebPImageReaderSpi());
    }
    if (startsWith(bytes, 0, 'B', 'M')) {
      return List.of(jdkSpi("bmp.BMPImageReaderSpi"));
    }
    String head =
        new String(bytes, 0, Math.min(8, bytes.length), StandardCharsets.ISO_8859_1)
            .replaceAll("[^ -~]", ".");
    throw new UnreadableImageException(
        name + " is not a " + FORMATS + " image (it begins with '" + head + "')");
  }

  // Asked for by name, because a notebook's class loader hides plug-ins from ImageIO's own search.
  private static ImageReaderSpi jdkSpi(String name) {
    Iterator<ImageReaderSpi> all =
        IIORegistry.getDefaultInstance().getServiceProviders(ImageReaderSpi.class, true);
    while (all.hasNext()) {
      ImageReaderSpi spi = all.next();
      if (spi.getClass().getName().equals(JDK_PLUGINS + name)) {
        return spi;
      }
    }
    throw new IllegalStateException("this JDK lacks the image reader " + JDK_PLUGINS + name);
  }

  private static boolean startsWith(byte[] bytes, int offset, int... magic) {
    if (bytes.length < offset + magic.length) {
      return false;
    }
    for (int i = 0; i < magic.length; i++) {
      if ((bytes[offset + i] & 0xFF) != magic[i]) {
        return false;
      }
    }
    return true;
  }

  /** EXIF orientation 1 to 8; 1 (upright) if there is none or its metadata is damaged. */
  private static int orientation(byte[] bytes) {
    if (!startsWith(bytes, 0, 0xFF, 0xD8, 0xFF)) {
      return 1;
    }
    try (ImageInputStream stream = new ByteArrayImageInputStream(bytes)) {
      for (JPEGSegment segment : JPEGSegmentUtil.readSegments(stream, JPEG.APP1, "Exif")) {
        try (InputStream data = segment.data()) {
          data.skipNBytes(1); // the identifier's padding byte
          Directory exif =
              new TIFFReader().read(new ByteArrayImageInputStream(data.readAllBytes()));
          Entry entry = exif.getEntryById(TIFF.TAG_ORIENTATION);
          if (entry != null && entry.getValue() instanceof Number number) {
            int value = number.intValue();
            return value >= 1 && value <= 8 ? value : 1;
          }
        }
      }
    } catch (IOException | RuntimeException damagedMetadata) {
      // A photo with damaged EXIF is still a photo; shown as stored, as viewers do.
      return 1;
    }
    return 1;
  }
}
