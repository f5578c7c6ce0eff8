package org.affect4j.video;

import java.util.Optional;
import org.bytedeco.ffmpeg.avfilter.AVFilterContext;
import org.bytedeco.ffmpeg.avfilter.AVFilterGraph;
import org.bytedeco.ffmpeg.avfilter.AVFilterInOut;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avfilter;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * Hands frames on, and from the first interlaced one through FFmpeg's filter {@code bwdif}, which
 * makes one whole frame of each, at the time of its first field.
 */
final class Deinterlacer implements AutoCloseable {
  private final FrameDecoder decoder;
  private final AVFrame waiting = avutil.av_frame_alloc();
  private boolean isWaiting;
  private Optional<Filter> filter = Optional.empty();

  Deinterlacer(FrameDecoder decoder) {
    this.decoder = decoder;
  }

  /**
   * Fills in the next frame.
   *
   * @return whether there is one
   */
  boolean next(AVFrame frame) {
    // What is handed on is written over what was there.
    avutil.av_frame_unref(frame);
    while (true) {
      if (filter.isPresent() && filter.get().pull(frame)) {
        return true;
      }
      if (!isWaiting && !decoder.next(waiting)) {
        if (filter.isEmpty() || filter.get().flushed) {
          return false;
        }
        filter.get().flush();
        continue;
      }
      isWaiting = true;
      if (filter.isPresent() && !filter.get().fits(waiting)) {
        if (!filter.get().flushed) {
          filter.get().flush();
          continue;
        }
        filter.get().close();
        filter = Optional.empty();
      }
      isWaiting = false;
      if (filter.isEmpty() && (waiting.flags() & Ffmpeg.INTERLACED) != 0) {
        filter = Filter.of(waiting);
      }
      if (filter.isEmpty() || !filter.get().push(waiting)) {
        avutil.av_frame_move_ref(frame, waiting);
        return true;
      }
    }
  }

  /** Forgets the frames that it holds. */
  void clear() {
    filter.ifPresent(Filter::close);
    filter = Optional.empty();
  }

  @Override
  public void close() {
    clear();
    avutil.av_frame_free(waiting);
  }

  /** The filter for frames of one size and format. */
  private static final class Filter implements AutoCloseable {
    /** As FFmpeg names the parts of a chain. */
    private static final String SOURCE = "Parsed_buffer_0";

    private static final String SINK = "Parsed_buffersink_2";

    private final AVFilterGraph graph = avfilter.avfilter_graph_alloc();
    private final int width;
    private final int height;
    private final int format;
    private boolean flushed;

    private Filter(AVFrame like) {
      width = like.width();
      height = like.height();
      format = like.format();
    }

    /** Empty if the filter does not take such frames. */
    static Optional<Filter> of(AVFrame like) {
      Filter filter = new Filter(like);
      if (filter.configure(like) < 0) {
        filter.close();
        return Optional.empty();
      }
      return Optional.of(filter);
    }

    private int configure(AVFrame like) {
      graph.nb_threads(1);
      String chain =
          "buffer=video_size=%dx%d:pix_fmt=%d:time_base=1/1:sar=%d/%d:colorspace=%d:range=%d"
              .formatted(
                  width,
                  height,
                  format,
                  like.sample_aspect_ratio().num(),
                  Math.max(1, like.sample_aspect_ratio().den()),
                  like.colorspace(),
                  like.color_range());
      AVFilterInOut none = new AVFilterInOut(null);
      int code =
          avfilter.avfilter_graph_parse2(
              graph, chain + ",bwdif=mode=send_frame:deint=interlaced,buffersink", none, none);
      return code < 0 ? code : avfilter.avfilter_graph_config(graph, null);
    }

    private AVFilterContext filter(String name) {
      return avfilter.avfilter_graph_get_filter(graph, name);
    }

    boolean fits(AVFrame frame) {
      return frame.width() == width && frame.height() == height && frame.format() == format;
    }

    boolean push(AVFrame frame) {
      return avfilter.av_buffersrc_add_frame(filter(SOURCE), frame) >= 0;
    }

    void flush() {
      avfilter.av_buffersrc_add_frame(filter(SOURCE), null);
      flushed = true;
    }

    boolean pull(AVFrame frame) {
      if (avfilter.av_buffersink_get_frame(filter(SINK), frame) < 0) {
        return false;
      }
      // The filter counts in halves, for those who want one frame of each field.
      frame.pts(frame.pts() / 2);
      return true;
    }

    @Override
    public void close() {
      avfilter.avfilter_graph_free(graph);
    }
  }
}
