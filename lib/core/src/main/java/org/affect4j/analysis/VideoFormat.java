package org.affect4j.analysis;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import org.affect4j.image.PictureFormat;

/** Tells videos by their first bytes, and by the names that promise one. */
final class VideoFormat {
  private static final Set<String> EXTENSIONS =
      Set.of(
          ("mp4 m4v mov avi mkv webm mpg mpeg ts mts m2ts vob wmv flv ogv 3gp 3g2 mxf").split(" "));

  /** Files of programs in TypeScript are called so, too. */
  private static final Set<String> AMBIGUOUS = Set.of("ts", "mts");

  private static final Pattern START =
      Pattern.compile(
          String.join(
              "|",
              // MP4 and its kin, but no sound alone.
              ".{4}ftyp(?!M4[AB] )",
              ".{4}(moov|mdat|wide|free|skip|pnot)",
              "RIFF.{4}AVI ",
              // Matroska and WebM, MPEG, its transport stream of both lengths.
              "\u001a\u0045\u00df\u00a3",
              "\0\0\u0001[\u00ba\u00b3]",
              "G.{187}G.{187}G",
              ".{4}G.{191}G.{191}G",
              // Windows Media, Flash with pictures, MXF.
              "0&\u00b2u\u008ef\u00cf\u0011",
              "FLV.[\u0001\u0005]",
              "\u0006\u000e\u002b\u0034",
              "OggS.{24,400}(theora|OVP80|BBCD)"),
          Pattern.DOTALL);

  private VideoFormat() {}

  /** Whether a name promises a video. */
  static boolean isPromisedBy(String name) {
    return EXTENSIONS.contains(PictureFormat.extension(name));
  }

  /** Whether a name alone is enough to take a file of a folder for a video. */
  static boolean isSurelyPromisedBy(String name) {
    return isPromisedBy(name) && !AMBIGUOUS.contains(PictureFormat.extension(name));
  }

  /** Whether first bytes, which are those of no picture, are a video's. */
  static boolean isStartOf(byte[] head, String name) {
    boolean sound = Set.of("m4a", "mka", "wma").contains(PictureFormat.extension(name));
    return !sound && START.matcher(new String(head, StandardCharsets.ISO_8859_1)).lookingAt();
  }

  /** Whether a GIF has more than one frame; one that is broken before has not. */
  static boolean isAnimation(Path gif) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(gif)))) {
      byte[] screen = in.readNBytes(13);
      int frames = 0;
      in.skipNBytes(colours(screen.length == 13 ? screen[10] : 0));
      while (frames < 2) {
        switch (in.readUnsignedByte()) {
          case '!' -> in.readUnsignedByte();
          case ',' -> {
            frames++;
            in.skipNBytes(8);
            in.skipNBytes(colours(in.readByte()) + 1L);
          }
          default -> {
            return false;
          }
        }
        for (int length = in.readUnsignedByte(); length > 0; length = in.readUnsignedByte()) {
          in.skipNBytes(length);
        }
      }
      return true;
    } catch (EOFException e) {
      return false;
    }
  }

  /** Bytes of a table of colours, if there is one. */
  private static int colours(byte flags) {
    return (flags & 0x80) == 0 ? 0 : 3 << (flags & 7) + 1;
  }

  /** The first bytes of a file. */
  static byte[] head(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(PictureFormat.HEAD_BYTES);
    }
  }
}
