package org.affect4j.video;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;

/** A file that is being written: first its streams, then its header, packets, and its end. */
final class MediaOutput implements AutoCloseable {
  private final Path file;
  private final AVFormatContext container = new AVFormatContext(null);
  private final List<StreamEncoder> streams = new ArrayList<>();
  private boolean begun;

  /**
   * Opens a file for writing.
   *
   * @param kind of the container, as FFmpeg names it; empty for that of the extension
   */
  MediaOutput(Path file, String kind) throws IOException {
    this.file = file;
    Complaints.here().listenTo(Set.of());
    try (BytePointer name = MediaFile.name(file);
        BytePointer format = new BytePointer(kind)) {
      check(
          avformat.avformat_alloc_output_context2(
              container, null, kind.isEmpty() ? null : format, name));
      // The same pictures make the same bytes: no random numbers, no versions.
      container.flags(container.flags() | AVFormatContext.AVFMT_FLAG_BITEXACT);
      AVIOContext output = new AVIOContext(null);
      check(avformat.avio_open(output, name, avformat.AVIO_FLAG_WRITE));
      container.pb(output);
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  AVFormatContext container() {
    return container;
  }

  /** Adds a stream; all of them come before {@link #begin}. */
  StreamEncoder stream(
      String encoder, Consumer<AVCodecContext> settings, Map<String, String> options)
      throws IOException {
    StreamEncoder stream = new StreamEncoder(this, encoder, settings, options);
    streams.add(stream);
    return stream;
  }

  /** Writes the header. */
  void begin(Map<String, String> options) throws IOException {
    AVDictionary named = Ffmpeg.dictionary(options);
    try {
      check(avformat.avformat_write_header(container, named));
    } finally {
      avutil.av_dict_free(named);
    }
    begun = true;
  }

  boolean hasBegun() {
    return begun;
  }

  /** Writes what the encoders still hold, and the end. */
  void end() throws IOException {
    for (StreamEncoder stream : streams) {
      stream.end();
    }
    check(avformat.av_write_trailer(container));
    check(closeFile());
  }

  private int closeFile() {
    AVIOContext output = container.pb();
    container.pb(null);
    return output == null ? 0 : avformat.avio_closep(output);
  }

  int check(int code) throws IOException {
    if (code < 0) {
      String why = Complaints.here().first();
      throw new IOException(
          "%s could not be written: %s".formatted(file, why.isEmpty() ? Ffmpeg.words(code) : why));
    }
    return code;
  }

  /** Frees what FFmpeg holds; without {@link #end} the file is of no use. */
  @Override
  public void close() {
    streams.forEach(StreamEncoder::close);
    if (!container.isNull()) {
      closeFile();
      avformat.avformat_free_context(container);
      container.setNull();
    }
  }
}
