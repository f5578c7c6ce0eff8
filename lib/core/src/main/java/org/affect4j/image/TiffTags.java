package org.affect4j.image;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import javax.imageio.stream.ImageInputStream;

/**
 * The tags of a TIFF structure's first directory: that of a TIFF file's first page, or of EXIF
 * data. The second directory of EXIF data, which describes the thumbnail, is never looked at.
 *
 * <p>Ours, because a general reader follows every directory, and stumbles over a damaged one that
 * nobody asked for.
 */
final class TiffTags {
  private static final int TAG_ORIENTATION = 0x0112;
  private static final int TAG_PROFILE = 34675;
  private static final int MAXIMUM_PROFILE_BYTES = 1 << 24;
  private static final int BYTE = 1;
  private static final int SHORT = 3;
  private static final int LONG = 4;
  private static final int UNDEFINED = 7;

  /** Where a tag's value is: its type, how many values, and the place of the first. */
  private record Place(int type, long count, long offset) {}

  private final ImageInputStream stream;
  private final long start;
  private final Map<Integer, Place> places = new HashMap<>();
  private ByteOrder order = ByteOrder.BIG_ENDIAN;

  private TiffTags(ImageInputStream stream, long start) {
    this.stream = stream;
    this.start = start;
  }

  static TiffTags of(byte[] bytes) {
    return of(new ByteArrayImageInputStream(bytes), 0);
  }

  /** Reads the directory that begins with a byte order mark; what is damaged has no tags. */
  static TiffTags of(ImageInputStream stream, long start) {
    TiffTags tags = new TiffTags(stream, start);
    ByteOrder before = stream.getByteOrder();
    try {
      tags.read();
    } catch (IOException | RuntimeException damaged) {
      // A picture with damaged metadata is still a picture.
    } finally {
      stream.setByteOrder(before);
    }
    return tags;
  }

  private void read() throws IOException {
    stream.seek(start);
    int mark = stream.readUnsignedShort();
    if (mark != 0x4949 && mark != 0x4D4D) {
      return;
    }
    order = mark == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    stream.setByteOrder(order);
    boolean big = stream.readUnsignedShort() == 43;
    stream.seek(start + (big ? 8 : 4));
    long directory = start + (big ? stream.readLong() : stream.readUnsignedInt());
    stream.seek(directory);
    long count = big ? stream.readLong() : stream.readUnsignedShort();
    for (int i = 0; i < Math.min(count, 1 << 12); i++) {
      long at = directory + (big ? 8 + 20L * i : 2 + 12L * i);
      stream.seek(at);
      int tag = stream.readUnsignedShort();
      int type = stream.readUnsignedShort();
      long values = big ? stream.readLong() : stream.readUnsignedInt();
      boolean inside = values * bytes(type) <= (big ? 8 : 4);
      long offset = stream.getStreamPosition();
      if (!inside) {
        offset = start + (big ? stream.readLong() : stream.readUnsignedInt());
      }
      places.putIfAbsent(tag, new Place(type, values, offset));
    }
  }

  private static int bytes(int type) {
    return switch (type) {
      case SHORT -> 2;
      case LONG -> 4;
      case BYTE, UNDEFINED, 2, 6 -> 1;
      default -> 8;
    };
  }

  boolean has(int tag) {
    return places.containsKey(tag);
  }

  /** First value of a tag of whole numbers. */
  OptionalLong number(int tag) {
    Place place = places.get(tag);
    if (place == null || place.count < 1) {
      return OptionalLong.empty();
    }
    ByteOrder before = stream.getByteOrder();
    try {
      stream.setByteOrder(order);
      stream.seek(place.offset);
      return switch (place.type) {
        case BYTE -> OptionalLong.of(stream.readUnsignedByte());
        case SHORT -> OptionalLong.of(stream.readUnsignedShort());
        case LONG -> OptionalLong.of(stream.readUnsignedInt());
        default -> OptionalLong.empty();
      };
    } catch (IOException | RuntimeException damaged) {
      return OptionalLong.empty();
    } finally {
      stream.setByteOrder(before);
    }
  }

  /** Orientation 1 to 8; 1 (as stored) where there is none, or another value. */
  int orientation() {
    long value = number(TAG_ORIENTATION).orElse(1);
    return value >= 1 && value <= 8 ? (int) value : 1;
  }

  /** The embedded colour profile. */
  Optional<byte[]> profile() {
    Place place = places.get(TAG_PROFILE);
    if (place == null || place.count < 1 || place.count > MAXIMUM_PROFILE_BYTES) {
      return Optional.empty();
    }
    try {
      byte[] bytes = new byte[(int) place.count];
      stream.seek(place.offset);
      stream.readFully(bytes);
      return Optional.of(bytes);
    } catch (IOException | RuntimeException damaged) {
      return Optional.empty();
    }
  }
}
