package org.affect4j.video;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.ffmpeg.avutil.LogCallback;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;

/**
 * What FFmpeg complains of on one thread: of most damage it tells in its log alone, which the
 * process has one of. Nothing is printed.
 */
final class Complaints {
  private static final ThreadLocal<Complaints> HERE = ThreadLocal.withInitial(Complaints::new);

  private static final Pattern LINE = Pattern.compile("(?s)\\[(.*?) @ [^]]*] *(.*?)\\s*");

  /** The most memory of the process at which JavaCPP still works. */
  private static final String LIMIT = "org.bytedeco.javacpp.maxPhysicalBytes";

  /** Held, or it would be collected while FFmpeg calls it. */
  private static final LogCallback LISTENER;

  static {
    // It would count networks and all else as its own, and nothing here is left to a collector.
    if (System.getProperty(LIMIT) == null) {
      System.setProperty(LIMIT, "0");
    }
    LISTENER =
        new LogCallback() {
          @Override
          public void call(int level, BytePointer line) {
            if (level <= avutil.AV_LOG_ERROR) {
              HERE.get().hear(line.getString());
            }
          }
        };
    avutil.av_log_set_level(avutil.AV_LOG_ERROR);
    avutil.setLogCallback(LISTENER);
  }

  private Set<String> sources = Set.of();
  private String first = "";

  private Complaints() {}

  /** Those of the thread that asks. */
  static Complaints here() {
    return HERE.get();
  }

  /** A line is such as {@code [h264 @ 0x7f37] error while decoding MB 1 3}. */
  private void hear(String line) {
    Matcher parts = LINE.matcher(line);
    boolean named = parts.matches();
    if (first.isEmpty() && (sources.isEmpty() || named && sources.contains(parts.group(1)))) {
      first = named ? parts.group(2) : line.strip();
    }
  }

  /** The first since the last {@link #listenTo}; empty if there was none. */
  String first() {
    return first;
  }

  /**
   * Begins to listen anew.
   *
   * @param names parts of FFmpeg whose complaints count; empty for all
   */
  void listenTo(Set<String> names) {
    sources = names;
    first = "";
  }
}
