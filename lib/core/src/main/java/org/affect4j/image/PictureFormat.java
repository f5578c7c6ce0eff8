package org.affect4j.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Kinds of picture files, told apart by their first bytes and never by their names; only a camera's
 * raw file in the clothes of a TIFF may need its extension as well.
 */
public enum PictureFormat {
  /** Read, with CMYK, YCCK, grey, progressive and arithmetic coding. */
  JPEG("", "jpg", "jpeg", "jpe", "jfif"),
  /** Read. */
  PNG("", "png"),
  /** Read; the first frame on its canvas. */
  GIF("", "gif"),
  /** Read. */
  BMP("", "bmp", "dib"),
  /** Read; of an animation the first frame on its canvas. */
  WEBP("", "webp"),
  /** Read; of several pages the first. */
  TIFF("", "tif", "tiff"),
  /** Not read. */
  HEIC(
      "save it as JPEG, such as with heif-convert or the camera's setting 'most compatible'",
      "heic",
      "heif",
      "hif"),
  /** Not read. */
  AVIF("save it as JPEG or PNG, such as with avifdec", "avif"),
  /** Not read. */
  JPEG_XL("save it as JPEG or PNG, such as with djxl", "jxl"),
  /** Not read. */
  JPEG_2000("save it as JPEG or PNG, such as with opj_decompress", "jp2", "j2k", "jpf"),
  /** Not read: what could be read without developing it is a thumbnail. */
  CAMERA_RAW(
      "develop it to JPEG or TIFF, such as with darktable-cli or the camera's software",
      ("3fr ari arw bay cr2 cr3 crw cs1 dcr dng erf fff iiq k25 kdc mef mos mrw nef nrw orf pef raf"
              + " raw rw2 rwl sr2 srf srw x3f")
          .split(" ")),
  /** Not read. */
  SVG("render it to PNG, such as with rsvg-convert", "svg"),
  /** Not read. */
  PSD("export it as JPEG, PNG or TIFF", "psd"),
  /** Not read. */
  PNM("save it as PNG, such as with pnmtopng", "ppm", "pgm", "pbm", "pnm");

  /** How many of a file's first bytes {@link #of(byte[], String)} looks at. */
  static final int HEAD_BYTES = 4096;

  private static final Set<String> HEIC_BRANDS =
      Set.of("heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1");

  private static final int TAG_SUBFILE_TYPE = 254;
  private static final int TAG_PHOTOMETRIC = 262;
  private static final int TAG_SUB_IFDS = 330;
  private static final int TAG_DNG_VERSION = 50706;

  /** Photometric interpretations of sensor data: mosaics, and linear raw of DNG. */
  private static final Set<Long> SENSOR_DATA = Set.of(32803L, 34892L);

  private final String remedy;
  private final Set<String> extensions;

  PictureFormat(String remedy, String... extensions) {
    this.remedy = remedy;
    this.extensions = Set.of(extensions);
  }

  /**
   * Tells whether pictures of this kind can be decoded.
   *
   * @return false for the kinds that have to be converted first
   */
  public boolean isRead() {
    return remedy.isEmpty();
  }

  /**
   * Returns what to do with a picture that cannot be decoded.
   *
   * @return a half sentence; empty for the kinds that are read
   */
  public String remedy() {
    return remedy;
  }

  /**
   * Looks at a file.
   *
   * @param file a regular file
   * @return its kind; empty if it is no known picture
   * @throws IOException if the file cannot be read
   */
  public static Optional<PictureFormat> of(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return of(in.readNBytes(HEAD_BYTES), file.toString());
    }
  }

  /**
   * Tells which kind of picture a name promises, so that a file without one is a fault to be told.
   *
   * @param name name or path of a file
   * @return the kind whose extension it has, in upper or lower case; empty if there is none
   */
  public static Optional<PictureFormat> promisedBy(String name) {
    String extension = extension(name);
    return Arrays.stream(values()).filter(f -> f.extensions.contains(extension)).findFirst();
  }

  /**
   * Returns a name's extension.
   *
   * @param name name or path of a file
   * @return in lower case, without the dot; empty if there is none
   */
  public static String extension(String name) {
    int dot = name.lastIndexOf('.');
    return dot <= name.replace('\\', '/').lastIndexOf('/')
        ? ""
        : name.substring(dot + 1).toLowerCase(Locale.ROOT);
  }

  static Optional<PictureFormat> of(byte[] head, String name) {
    if (starts(head, 0, "\u00FF\u00D8\u00FF")) {
      return Optional.of(JPEG);
    }
    if (starts(head, 0, "\u0089PNG")) {
      return Optional.of(PNG);
    }
    if (starts(head, 0, "GIF8")) {
      return Optional.of(GIF);
    }
    if (starts(head, 0, "RIFF") && starts(head, 8, "WEBP")) {
      return Optional.of(WEBP);
    }
    if (starts(head, 0, "BM") && head.length > 17 && head[15] == 0 && head[16] == 0) {
      // Two letters are too little: texts begin with them. The header's length follows.
      return Optional.of(BMP);
    }
    if (starts(head, 0, "II*\0")
        || starts(head, 0, "MM\0*")
        || starts(head, 0, "II+\0")
        || starts(head, 0, "MM\0+")) {
      return Optional.of(isRaw(head, name) ? CAMERA_RAW : TIFF);
    }
    return notRead(head);
  }

  private static Optional<PictureFormat> notRead(byte[] head) {
    if (starts(head, 4, "ftyp")) {
      return ofBrands(head);
    }
    if (starts(head, 0, "\u00FF\n") || starts(head, 4, "JXL ")) {
      return Optional.of(JPEG_XL);
    }
    if (starts(head, 4, "jP  ") || starts(head, 0, "\u00FFO\u00FFQ")) {
      return Optional.of(JPEG_2000);
    }
    if (List.of("IIRO", "IIRS", "MMOR", "IIU\0", "FUJIFILMCCD-RAW", "FOVb", "\0MRM").stream()
            .anyMatch(magic -> starts(head, 0, magic))
        || starts(head, 6, "HEAPCCDR")) {
      return Optional.of(CAMERA_RAW);
    }
    if (starts(head, 0, "8BPS")) {
      return Optional.of(PSD);
    }
    if (head.length > 2 && head[0] == 'P' && head[1] >= '1' && head[1] <= '7' && head[2] == '\n') {
      return Optional.of(PNM);
    }
    return isSvg(head) ? Optional.of(SVG) : Optional.empty();
  }

  private static boolean isSvg(byte[] head) {
    // Zeros are left out for the sake of UTF-16.
    String text = new String(head, StandardCharsets.ISO_8859_1).replace("\0", "");
    String start = text.substring(Math.max(0, text.indexOf('<')));
    return (start.startsWith("<svg") || start.startsWith("<?xml") || start.startsWith("<!"))
        && text.contains("<svg");
  }

  private static Optional<PictureFormat> ofBrands(byte[] head) {
    int end = (head[2] & 0xFF) << 8 | head[3] & 0xFF;
    String all =
        new String(
            head, 8, Math.max(0, Math.min(end, head.length) - 8), StandardCharsets.ISO_8859_1);
    List<String> brands = Arrays.asList(all.split("(?<=\\G.{4})", -1));
    if (brands.contains("avif") || brands.contains("avis")) {
      return Optional.of(AVIF);
    }
    if (brands.get(0).equals("crx ")) {
      return Optional.of(CAMERA_RAW);
    }
    // Anything else is a film.
    return brands.stream().anyMatch(HEIC_BRANDS::contains) ? Optional.of(HEIC) : Optional.empty();
  }

  private static boolean isRaw(byte[] head, String name) {
    if (starts(head, 8, "CR") || CAMERA_RAW.extensions.contains(extension(name))) {
      return true;
    }
    TiffTags tags = TiffTags.of(head);
    boolean reduced = (tags.number(TAG_SUBFILE_TYPE).orElse(0) & 1) != 0;
    return tags.has(TAG_DNG_VERSION)
        || reduced && tags.has(TAG_SUB_IFDS)
        || tags.number(TAG_PHOTOMETRIC).stream().anyMatch(SENSOR_DATA::contains);
  }

  private static boolean starts(byte[] bytes, int offset, String magic) {
    byte[] wanted = magic.getBytes(StandardCharsets.ISO_8859_1);
    return bytes.length >= offset + wanted.length
        && Arrays.equals(bytes, offset, offset + wanted.length, wanted, 0, wanted.length);
  }
}
