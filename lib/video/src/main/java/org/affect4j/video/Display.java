package org.affect4j.video;

import org.affect4j.image.FaceImage;
import org.bytedeco.ffmpeg.avcodec.AVPacketSideData;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVFrameSideData;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;

/**
 * How stored pictures are displayed: stretched to square pixels, then mirrored, then turned.
 *
 * @param aspect width of a stored pixel in heights
 * @param mirrored whether left and right are exchanged
 * @param degrees clockwise turn, after the mirror
 */
record Display(double aspect, boolean mirrored, double degrees) {
  /** Shapes of pixels beyond this are damage. */
  private static final double WIDEST_PIXEL = 8;

  /** A matrix of whole numbers misses a quarter by less. */
  private static final double NEARLY = .01;

  /** By the header alone. */
  static Display of(AVStream stream) {
    AVPacketSideData data =
        avcodec.av_packet_side_data_get(
            stream.codecpar().coded_side_data(),
            stream.codecpar().nb_coded_side_data(),
            avcodec.AV_PKT_DATA_DISPLAYMATRIX);
    return of(stream, stream.codecpar().sample_aspect_ratio(), data == null ? null : data.data());
  }

  /** By what the frame says, where the header says nothing. */
  static Display of(AVStream stream, AVFrame frame) {
    AVFrameSideData data = avutil.av_frame_get_side_data(frame, avutil.AV_FRAME_DATA_DISPLAYMATRIX);
    return of(stream, frame.sample_aspect_ratio(), data == null ? null : data.data());
  }

  private static Display of(AVStream stream, AVRational pixel, BytePointer matrix) {
    double ofFile = Ffmpeg.ratio(stream.sample_aspect_ratio());
    double aspect = ofFile > 0 ? ofFile : Ffmpeg.ratio(pixel);
    aspect = aspect > 1 / WIDEST_PIXEL && aspect < WIDEST_PIXEL ? aspect : 1;
    return matrix == null ? new Display(aspect, false, 0) : turned(aspect, new IntPointer(matrix));
  }

  /** The matrix takes (x, y) to (m0 x + m3 y, m1 x + m4 y), downwards. */
  private static Display turned(double aspect, IntPointer matrix) {
    double xx = matrix.get(0);
    double xy = matrix.get(1);
    boolean mirrored = xx * matrix.get(4) - xy * matrix.get(3) < 0;
    double degrees = Math.toDegrees(mirrored ? Math.atan2(-xy, -xx) : Math.atan2(xy, xx));
    double quarters = Math.rint(degrees / 90);
    return new Display(
        aspect, mirrored, Math.abs(degrees / 90 - quarters) < NEARLY ? 90 * quarters : degrees);
  }

  /** Width of a stored picture in square pixels. */
  int square(int storedWidth) {
    return Math.max(1, (int) Math.round(storedWidth * aspect));
  }

  /** Width of a picture in square pixels as it is displayed. */
  int width(int squareWidth, int height) {
    return across(squareWidth, height, Math.cos(Math.toRadians(degrees)));
  }

  /** Height of a picture in square pixels as it is displayed. */
  int height(int squareWidth, int height) {
    return across(squareWidth, height, Math.sin(Math.toRadians(degrees)));
  }

  private static int across(int width, int height, double share) {
    double other = Math.sqrt(Math.max(0, 1 - share * share));
    return (int) Math.ceil(width * Math.abs(share) + height * other - 1e-6);
  }

  /** Mirrors and turns a picture in square pixels. */
  FaceImage applied(FaceImage image) {
    FaceImage seen = mirrored ? image.mirrored() : image;
    return degrees == 0 ? seen : seen.turned(degrees, 0);
  }
}
