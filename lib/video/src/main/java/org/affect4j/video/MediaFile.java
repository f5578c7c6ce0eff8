package org.affect4j.video;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIndexEntry;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;

/** An open file: its streams, and the packets of one of them. */
final class MediaFile implements AutoCloseable {
  /** Films and sound; no playlists, which name other files and addresses, and no photos. */
  private static final String KINDS =
      "mov,matroska,avi,mpeg,mpegts,mpegvideo,flv,asf,gif,ogg,mxf,ivf,nut,rm,dv,apng,wtv,h261,h263,"
          + "h264,hevc,m4v,mjpeg,av1,obu,vc1,yuv4mpegpipe,aac,ac3,aiff,amr,flac,mp3,w64,wav";

  /** Bytes of the packets of MPEG-TS, plain, with times, and with a check. */
  private static final List<Integer> PACKETS_OF_TS = List.of(188, 192, 204);

  /** FFmpeg takes names as the system has them, and on Windows as UTF-8. */
  private static final Charset NAMES =
      System.getProperty("os.name").startsWith("Windows")
          ? StandardCharsets.UTF_8
          : Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));

  /** Stands in a path for bytes that are no text. */
  private static final char NO_TEXT = '\uFFFD';

  private final Path path;
  private final AVFormatContext context;
  private final AVPacket packet;
  private int stream = -1;
  private long whole;
  private String ending = "";

  MediaFile(Path path) throws IOException {
    this.path = path;
    requireContent(path);
    Complaints.here().listenTo(Set.of());
    context = opened(path);
    packet = avcodec.av_packet_alloc();
    int code = avformat.avformat_find_stream_info(context, (AVDictionary) null);
    if (code < 0) {
      close();
      throw unreadable(path, code);
    }
  }

  private static void requireContent(Path path) throws IOException {
    if (!Files.exists(path)) {
      throw new NoSuchFileException(path.toString(), null, "no such file");
    }
    if (!Files.isRegularFile(path)) {
      throw new UnreadableVideoException(path + " is no file");
    }
    if (Files.size(path) == 0) {
      throw new UnreadableVideoException(path + " is empty");
    }
  }

  private static AVFormatContext opened(Path path) throws IOException {
    AVFormatContext context = new AVFormatContext(null);
    AVDictionary options = new AVDictionary(null);
    Path place = nameable(path);
    int code;
    try (BytePointer name = name(place)) {
      avutil.av_dict_set(options, "format_whitelist", KINDS, 0);
      avutil.av_dict_set(options, "protocol_whitelist", "file", 0);
      code = avformat.avformat_open_input(context, name, null, options);
    } finally {
      avutil.av_dict_free(options);
      if (place != path) {
        Files.delete(place);
        Files.delete(place.getParent());
      }
    }
    if (code < 0) {
      throw unreadable(path, code);
    }
    return context;
  }

  /** A path as FFmpeg takes it. */
  static BytePointer name(Path path) {
    return new BytePointer(("file:" + path.toAbsolutePath() + "\0").getBytes(NAMES));
  }

  /** The path, or a link to it where its name cannot be handed to FFmpeg. */
  private static Path nameable(Path path) throws IOException {
    String name = path.toAbsolutePath().toString();
    if (name.indexOf(NO_TEXT) < 0 && NAMES.newEncoder().canEncode(name)) {
      return path;
    }
    return Files.createSymbolicLink(
        Files.createTempDirectory("affect4j").resolve("video"), path.toAbsolutePath());
  }

  private static UnreadableVideoException unreadable(Path path, int code) {
    String why = Complaints.here().first();
    return new UnreadableVideoException(
        "%s holds no video that can be read: %s"
            .formatted(
                path,
                why.contains("moov atom not found")
                    ? "its index (moov) is missing, as when a recording broke off"
                    : why.isEmpty() ? Ffmpeg.words(code) : why));
  }

  Path path() {
    return path;
  }

  AVFormatContext context() {
    return context;
  }

  /** Decides whose packets are read. */
  void choose(int index) {
    stream = index;
    for (int i = 0; i < context.nb_streams(); i++) {
      context.streams(i).discard(i == index ? avcodec.AVDISCARD_DEFAULT : avcodec.AVDISCARD_ALL);
    }
  }

  /** The stream that was chosen. */
  AVStream stream() {
    return context.streams(stream);
  }

  /** The next packet of the chosen stream, valid until the next call; null at the end. */
  AVPacket next() {
    while (true) {
      avcodec.av_packet_unref(packet);
      int code = avformat.av_read_frame(context, packet);
      if (code == Ffmpeg.AGAIN) {
        continue;
      }
      if (code < 0) {
        ending = code == avutil.AVERROR_EOF ? missing() : "reading ended: " + Ffmpeg.words(code);
        return null;
      }
      if (packet.stream_index() == stream) {
        whole += (packet.flags() & avcodec.AV_PKT_FLAG_CORRUPT) == 0 ? 1 : 0;
        return packet;
      }
    }
  }

  /** Why packets ended before the file's own end; empty if they did not. */
  String ending() {
    return ending;
  }

  /** What the index promises beyond the end of the file. */
  private String missing() {
    String kind = context.iformat().name().getString();
    long size = avformat.avio_size(context.pb());
    if (kind.equals("mpegts") && PACKETS_OF_TS.stream().noneMatch(bytes -> size % bytes == 0)) {
      return "the file ends early, within a packet";
    }
    long pictures = stream().nb_frames();
    if (kind.equals("avi") && whole < pictures) {
      return "of %d pictures that its header promises %d are there".formatted(pictures, whole);
    }
    int promised = avformat.avformat_index_get_entries_count(stream());
    AVIndexEntry last = avformat.avformat_index_get_entry(stream(), promised - 1);
    if (promised < 1 || size < 0 || last.pos() + last.size() <= size) {
      return "";
    }
    return "the file ends early: of %d pictures that its index promises %d are there"
        .formatted(promised, whole);
  }

  /** Goes on with the packets from a time on, or from one before. */
  boolean seek(long stamp) {
    ending = "";
    return avformat.av_seek_frame(context, stream, stamp, avformat.AVSEEK_FLAG_BACKWARD) >= 0;
  }

  @Override
  public void close() {
    avcodec.av_packet_free(packet);
    avformat.avformat_close_input(context);
  }
}
