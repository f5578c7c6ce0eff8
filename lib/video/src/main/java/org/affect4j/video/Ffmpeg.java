package org.affect4j.video;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avutil;

/** What all classes here need of FFmpeg. */
final class Ffmpeg {
  /** The function wants other input, or gives output, first. */
  static final int AGAIN = org.bytedeco.ffmpeg.presets.avutil.AVERROR_EAGAIN();

  /** A time that is not known. */
  static final long NO_STAMP = avutil.AV_NOPTS_VALUE;

  /** Flag of a frame that may lack parts. */
  static final int CORRUPT = 1;

  /** Flag of a frame of two fields. */
  static final int INTERLACED = 1 << 3;

  private Ffmpeg() {}

  /** FFmpeg's words for an error. */
  static String words(int code) {
    byte[] text = new byte[avutil.AV_ERROR_MAX_STRING_SIZE];
    avutil.av_strerror(code, text, text.length);
    String words = new String(text, StandardCharsets.UTF_8);
    return words.substring(0, words.indexOf(0));
  }

  /** Options by name, to be freed. */
  static AVDictionary dictionary(Map<String, String> options) {
    AVDictionary named = new AVDictionary(null);
    options.forEach((name, value) -> avutil.av_dict_set(named, name, value, 0));
    return named;
  }

  static double seconds(long stamp, AVRational timeBase) {
    return (double) stamp * timeBase.num() / timeBase.den();
  }

  /** How many ticks of its clock a frame of a codec takes by its rate. */
  static double ticks(AVCodecContext codec) {
    return 1 / (ratio(codec.time_base()) * ratio(codec.framerate()));
  }

  /** Zero where one of both is unknown. */
  static double ratio(AVRational value) {
    return value.den() == 0 ? 0 : (double) value.num() / value.den();
  }
}
