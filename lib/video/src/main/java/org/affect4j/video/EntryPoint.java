package org.affect4j.video;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.global.avcodec;

/**
 * Where to begin decoding for a range that begins later, and how frames are numbered from there:
 * packets are read from the beginning, not decoded, as each is one frame.
 *
 * @param stamp time of decoding of a key frame before the range
 * @param times when the frames up to the range are shown, rising, in ticks
 */
record EntryPoint(long stamp, long[] times) {
  /**
   * Reads the packets before a time.
   *
   * @param target the time in ticks
   * @return empty where packets do not tell when each frame is shown; then all must be decoded
   */
  static Optional<EntryPoint> find(MediaFile file, long target) {
    // Packets of VP8 may be hidden pictures.
    boolean hidden = file.stream().codecpar().codec_id() == avcodec.AV_CODEC_ID_VP8;
    OptionalLong key = OptionalLong.empty();
    long[] times = new long[1024];
    int count = 0;
    AVPacket packet = file.next();
    long first = Long.MAX_VALUE;
    // A packet is never shown before it is decoded; without that time, the smallest number, go on.
    for (; packet != null && packet.dts() < first; packet = file.next()) {
      boolean broken = (packet.flags() & avcodec.AV_PKT_FLAG_CORRUPT) != 0;
      if (packet.pts() == Ffmpeg.NO_STAMP || hidden || broken) {
        return Optional.empty();
      }
      if ((packet.flags() & avcodec.AV_PKT_FLAG_DISCARD) != 0) {
        continue;
      }
      // Strictly before: a deinterlacer needs the frame before the first.
      if ((packet.flags() & avcodec.AV_PKT_FLAG_KEY) != 0 && packet.pts() < target) {
        key = OptionalLong.of(packet.dts() == Ffmpeg.NO_STAMP ? packet.pts() : packet.dts());
      }
      times = count == times.length ? Arrays.copyOf(times, 2 * count) : times;
      times[count++] = packet.pts();
      first = packet.pts() >= target ? Math.min(first, packet.pts()) : first;
    }
    if (key.isEmpty()) {
      return Optional.empty();
    }
    long[] sorted = Arrays.copyOf(times, count);
    Arrays.sort(sorted);
    boolean rising = true;
    for (int i = 1; i < count; i++) {
      rising &= sorted[i] > sorted[i - 1];
    }
    return rising ? Optional.of(new EntryPoint(key.getAsLong(), sorted)) : Optional.empty();
  }

  /** The number of the frame shown at a time, if it is the first not before the target. */
  OptionalLong number(long time, long target) {
    int place = Arrays.binarySearch(times, time);
    boolean first = place >= 0 && time >= target && (place == 0 || times[place - 1] < target);
    return first ? OptionalLong.of(place) : OptionalLong.empty();
  }
}
