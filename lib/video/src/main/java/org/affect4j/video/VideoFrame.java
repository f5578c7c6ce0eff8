package org.affect4j.video;

import java.util.Objects;
import java.util.OptionalDouble;
import org.affect4j.image.FaceImage;

/**
 * One frame of a video.
 *
 * @param number how many frames were decoded before it, from the beginning of the video whatever
 *     part of it is read; for numbered pictures, the number in the file's name
 * @param seconds when it is shown, in seconds on the file's own clock, which may begin at any time;
 *     greater than that of the frame before. Absent for numbered pictures without a rate
 * @param image the picture as displayed: upright, in square pixels; smaller where {@link
 *     VideoOptions#longSide()} asks for that
 * @param width width of the picture as displayed, before it was made smaller; in pixels
 * @param height its height, in pixels
 * @param damage what of the frame is lost, in words; empty for a whole frame
 */
public record VideoFrame(
    long number, OptionalDouble seconds, FaceImage image, int width, int height, String damage) {
  /** Checks that nothing is null. */
  public VideoFrame {
    Objects.requireNonNull(seconds);
    Objects.requireNonNull(image);
    Objects.requireNonNull(damage);
  }
}
