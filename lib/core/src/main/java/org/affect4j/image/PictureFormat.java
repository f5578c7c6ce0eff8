package org.affect4j.image;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Kinds of picture files, told apart by their first bytes and never by their names; only a camera's
 * raw file in the clothes of a TIFF may need its extension as well.
 */
public enum PictureFormat {
  /** Read, with CMYK, YCCK, grey, progressive and arithmetic coding. */
  JPEG("", "\u00FF\u00D8\u00FF", "jpg", "jpeg", "jpe", "jfif"),
  /** Read. */
  PNG("", "\u0089PNG", "png"),
  /** Read; the first frame on its canvas. */
  GIF("", "GIF8", "gif"),
  /** Read. Two letters are too little, since texts begin with them: the header's length follows. */
  BMP("", "BM.{13}\0\0.", "bmp", "dib"),
  /** Read; of an animation the first frame on its canvas. */
  WEBP("", "RIFF.{4}WEBP", "webp"),
  /** Read; of several pages the first. */
  TIFF("", "II[*+]\0|MM\0[*+]", "tif", "tiff"),
  /** Read where a {@link StillReader} is there. */
  AVIF(
      "add org.affect4j:affect4j-video, or save it as JPEG or PNG, such as with avifdec",
      ".{4}ftyp(.{4})*?avi[fs]",
      "avif"),
  /** Read where a {@link StillReader} is there; anything else in such boxes is a film. */
  HEIC(
      "add org.affect4j:affect4j-video, or save it as JPEG, such as with heif-convert or the camera's setting 'most compatible'",
      ".{4}ftyp(?!crx )(.{4})*?(hei[cmsx]|hev[cx]|m[is]f1)",
      "heic",
      "heif",
      "hif"),
  /** Not read. */
  JPEG_XL("save it as JPEG or PNG, such as with djxl", "\u00FF\n|.{4}JXL ", "jxl"),
  /** Not read. */
  JPEG_2000(
      "save it as JPEG or PNG, such as with opj_decompress",
      ".{4}jP  |\u00FFO\u00FFQ",
      "jp2",
      "j2k",
      "jpf"),
  /** Not read: what could be read without developing it is a thumbnail. */
  CAMERA_RAW(
      "develop it to JPEG or TIFF, such as with darktable-cli or the camera's software",
      ".{4}ftypcrx |II(RO|RS|U\0)|MMOR|FUJIFILMCCD-RAW|FOVb|\0MRM|.{6}HEAPCCDR",
      ("3fr ari arw bay cr2 cr3 crw cs1 dcr dng erf fff iiq k25 kdc mef mos mrw nef nrw orf pef raf"
              + " raw rw2 rwl sr2 srf srw x3f")
          .split(" ")),
  /** Not read. */
  SVG("render it to PNG, such as with rsvg-convert", "[^<]*(<svg|<(\\?xml|!).*<svg)", "svg"),
  /** Not read. */
  PSD("export it as JPEG, PNG or TIFF", "8BPS", "psd"),
  /** Not read. */
  PNM("save it as PNG, such as with pnmtopng", "P[1-7]\n", "ppm", "pgm", "pbm", "pnm");

  /** How many of a file's first bytes {@link #of(byte[], String)} looks at. */
  public static final int HEAD_BYTES = 4096;

  private static final int TAG_SUBFILE_TYPE = 254;
  private static final int TAG_PHOTOMETRIC = 262;
  private static final int TAG_SUB_IFDS = 330;
  private static final int TAG_DNG_VERSION = 50706;

  /** Photometric interpretations of sensor data: mosaics, and linear raw of DNG. */
  private static final Set<Long> SENSOR_DATA = Set.of(32803L, 34892L);

  private final String remedy;
  private final Pattern start;
  private final Set<String> extensions;

  PictureFormat(String remedy, String start, String... extensions) {
    this.remedy = remedy;
    this.start = Pattern.compile(start, Pattern.DOTALL);
    this.extensions = Set.of(extensions);
  }

  /**
   * Tells whether this library alone can decode pictures of this kind.
   *
   * @return false for the kinds that have to be converted first, or need a {@link StillReader}
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

  /**
   * Looks at the first bytes of a file.
   *
   * @param head {@link #HEAD_BYTES} bytes, or a shorter file
   * @param name the file's name
   * @return its kind; empty if it is no known picture
   */
  public static Optional<PictureFormat> of(byte[] head, String name) {
    String text = new String(head, StandardCharsets.ISO_8859_1);
    if (text.startsWith("ftyp", 4)) {
      // Brands stand in the first box alone.
      int end = (head[2] & 0xFF) << 8 | head[3] & 0xFF;
      text = text.substring(0, Math.max(8, Math.min(end, head.length)));
    }
    for (PictureFormat format : values()) {
      // Zeros between the letters are those of UTF-16.
      String start = format == SVG ? text.replace("\0", "") : text;
      if (format.start.matcher(start).lookingAt()) {
        return Optional.of(format == TIFF && isRaw(head, name) ? CAMERA_RAW : format);
      }
    }
    return Optional.empty();
  }

  private static boolean isRaw(byte[] head, String name) {
    boolean canon = head.length > 9 && head[8] == 'C' && head[9] == 'R';
    if (canon || CAMERA_RAW.extensions.contains(extension(name))) {
      return true;
    }
    // With zeros behind it, so that the part of a long directory that is there can be read.
    byte[] longer = Arrays.copyOf(head, 16 * HEAD_BYTES);
    TiffTags tags = TiffTags.of(new ByteArrayImageInputStream(longer), 0);
    boolean reduced = (tags.number(TAG_SUBFILE_TYPE).orElse(0L) & 1) != 0;
    return tags.has(TAG_DNG_VERSION)
        || reduced && tags.has(TAG_SUB_IFDS)
        || tags.number(TAG_PHOTOMETRIC).filter(SENSOR_DATA::contains).isPresent();
  }
}
