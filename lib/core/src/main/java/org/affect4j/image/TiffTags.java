package org.affect4j.image;

import com.twelvemonkeys.imageio.metadata.CompoundDirectory;
import com.twelvemonkeys.imageio.metadata.Directory;
import com.twelvemonkeys.imageio.metadata.Entry;
import com.twelvemonkeys.imageio.metadata.tiff.TIFF;
import com.twelvemonkeys.imageio.metadata.tiff.TIFFReader;
import com.twelvemonkeys.imageio.stream.SubImageInputStream;
import java.io.IOException;
import java.util.Optional;
import javax.imageio.stream.ImageInputStream;

/**
 * The tags of a TIFF structure's first directory: that of a TIFF file's first page, or of EXIF
 * data. The second directory of EXIF data, which describes the thumbnail, is never looked at.
 */
final class TiffTags {
  private final Optional<Directory> first;

  private TiffTags(Optional<Directory> first) {
    this.first = first;
  }

  /**
   * Reads the directory that begins with a byte order mark; what is damaged has no tags.
   *
   * @param stream a file, whose position changes
   * @param start position of the mark
   * @return the tags
   */
  public static TiffTags of(ImageInputStream stream, long start) {
    try {
      stream.seek(start);
      ImageInputStream rest = new SubImageInputStream(stream, stream.length() - start);
      CompoundDirectory pages = (CompoundDirectory) new TIFFReader().read(rest);
      return new TiffTags(
          pages.directoryCount() > 0 ? Optional.of(pages.getDirectory(0)) : Optional.empty());
    } catch (IOException | RuntimeException damaged) {
      // A picture with damaged metadata is still a picture.
      return new TiffTags(Optional.empty());
    }
  }

  private <T> Optional<T> value(int tag, Class<T> type) {
    return first
        .map(directory -> directory.getEntryById(tag))
        .map(Entry::getValue)
        .filter(type::isInstance)
        .map(type::cast);
  }

  boolean has(int tag) {
    return value(tag, Object.class).isPresent();
  }

  /** A tag of one whole number. */
  Optional<Long> number(int tag) {
    return value(tag, Number.class).map(Number::longValue);
  }

  /**
   * Returns the orientation.
   *
   * @return 1 to 8; 1 (as stored) where there is none, or another value
   */
  public int orientation() {
    return number(TIFF.TAG_ORIENTATION).filter(v -> v >= 1 && v <= 8).orElse(1L).intValue();
  }

  /**
   * Returns the embedded colour profile.
   *
   * @return its bytes
   */
  public Optional<byte[]> profile() {
    return value(TIFF.TAG_ICC_PROFILE, byte[].class);
  }
}
