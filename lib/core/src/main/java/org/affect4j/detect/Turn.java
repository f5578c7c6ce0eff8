package org.affect4j.detect;

import org.affect4j.face.Detection;
import org.affect4j.face.PixelBox;
import org.affect4j.face.Point;
import org.affect4j.image.FaceImage;

/**
 * An image turned about its centre, and the way back.
 *
 * @param image the turned image, on a canvas that holds all of it
 * @param degrees by which it was turned, clockwise as the image is seen
 * @param centreX centre of the image as it was, in pixels
 * @param centreY centre of the image as it was, in pixels
 */
record Turn(FaceImage image, int degrees, double centreX, double centreY) {
  static Turn of(FaceImage original, int degrees, int grey) {
    return new Turn(
        original.turned(degrees, grey), degrees, original.width() / 2.0, original.height() / 2.0);
  }

  /**
   * Carries a face of the turned image back to the image as it was. The box becomes that of the
   * ellipse in it, turned: {@code w' = sqrt((w cos)^2 + (h sin)^2)}, {@code h'} likewise.
   */
  Detection undo(Detection face) {
    if (degrees == 0) {
      return face;
    }
    double c = Math.cos(Math.toRadians(degrees));
    double s = Math.sin(Math.toRadians(degrees));
    PixelBox box = face.box();
    Point centre = undo(box.x() + box.width() / 2, box.y() + box.height() / 2, c, s);
    double width = Math.hypot(box.width() * c, box.height() * s);
    double height = Math.hypot(box.width() * s, box.height() * c);
    return new Detection(
        new PixelBox(centre.x() - width / 2, centre.y() - height / 2, width, height),
        face.score(),
        face.landmarks().map(p -> undo(p.x(), p.y(), c, s)));
  }

  private Point undo(double x, double y, double c, double s) {
    double dx = x - image.width() / 2.0;
    double dy = y - image.height() / 2.0;
    return new Point(centreX + c * dx + s * dy, centreY - s * dx + c * dy);
  }
}
