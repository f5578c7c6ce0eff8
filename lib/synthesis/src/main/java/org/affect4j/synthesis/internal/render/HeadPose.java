package org.affect4j.synthesis.internal.render;

/**
 * How a head is turned, in degrees.
 *
 * @param yaw positive turns the face toward the image's right (the person's left)
 * @param pitch positive lowers the face
 * @param roll positive tilts the head counter-clockwise in the image
 */
public record HeadPose(double yaw, double pitch, double roll) {
  /** Facing the camera. */
  public static final HeadPose FRONTAL = new HeadPose(0, 0, 0);

  private static final double LIMIT = 75;

  /** Checks the range: the model has no back of the head. */
  public HeadPose {
    if (!(Math.abs(yaw) <= LIMIT && Math.abs(pitch) <= LIMIT && Math.abs(roll) <= 180)) {
      throw new IllegalArgumentException(
          "a head turns by at most %s degrees in yaw and pitch and 180 in roll, got %s, %s, %s"
              .formatted(LIMIT, yaw, pitch, roll));
    }
  }

  /** Rotation Rz(roll) Rx(pitch) Ry(yaw), row by row. */
  float[] matrix() {
    return matrix(yaw, pitch, roll);
  }

  /** How the shoulders follow the head. */
  float[] bodyMatrix() {
    return matrix(.35 * yaw, 0, .15 * roll);
  }

  private static float[] matrix(double yawDegrees, double pitchDegrees, double rollDegrees) {
    double y = StrictMath.toRadians(yawDegrees);
    double p = StrictMath.toRadians(pitchDegrees);
    double r = StrictMath.toRadians(rollDegrees);
    double cy = StrictMath.cos(y);
    double sy = StrictMath.sin(y);
    double cp = StrictMath.cos(p);
    double sp = StrictMath.sin(p);
    double cr = StrictMath.cos(r);
    double sr = StrictMath.sin(r);
    return new float[] {
      (float) (cr * cy - sr * sp * sy), (float) (-sr * cp), (float) (cr * sy + sr * sp * cy),
      (float) (sr * cy + cr * sp * sy), (float) (cr * cp), (float) (sr * sy - cr * sp * cy),
      (float) (-cp * sy), (float) sp, (float) (cp * cy)
    };
  }
}
