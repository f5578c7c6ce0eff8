package org.affect4j.image;

import java.awt.geom.AffineTransform;
import java.awt.geom.NoninvertibleTransformException;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import org.affect4j.face.Landmarks;

/**
 * Cuts faces out of photos, turned and scaled so that their five landmarks come as close as
 * possible to those of a frontal template (Behaviour4All, section 3).
 *
 * <p>Sampling is bilinear; where the photo has several pixels for one of the crop, several samples
 * are averaged. What lies outside the photo is black. Immutable and thread-safe.
 */
public final class FaceAligner {
  /** Side of the standard crop in pixels. */
  public static final int STANDARD_SIZE = 112;

  private static final int MAXIMUM_SIZE = 4096;
  private static final int MAXIMUM_SAMPLES_PER_SIDE = 16;
  private static final int BANDS = 3;
  private static final Landmarks STANDARD_TEMPLATE =
      Landmarks.of(
          38.2946, 51.6963, 73.5318, 51.5014, 56.0252, 71.7366, 41.5493, 92.3655, 70.7299, 92.2041);

  private final int size;
  private final Landmarks template;

  /** Makes an aligner for crops of 112 x 112 pixels. */
  public FaceAligner() {
    this(STANDARD_SIZE);
  }

  /**
   * Makes an aligner for square crops of another size; the template is scaled with it.
   *
   * @param size side of the crop in pixels, such as 96, 112 or 224
   * @throws IllegalArgumentException if the size is not 1 to 4096
   */
  public FaceAligner(int size) {
    if (size < 1 || size > MAXIMUM_SIZE) {
      throw new IllegalArgumentException(
          "a crop has 1 to " + MAXIMUM_SIZE + " pixels a side, got " + size);
    }
    this.size = size;
    double k = (double) size / STANDARD_SIZE;
    // Edges of first pixels coincide, so that centres at integers move by half a pixel's growth.
    this.template = STANDARD_TEMPLATE.resized(k);
  }

  /**
   * Returns the side of the crops.
   *
   * @return pixels
   */
  public int size() {
    return size;
  }

  /**
   * Returns where the landmarks of an aligned face are meant to lie.
   *
   * @return positions in pixels of the crop
   */
  public Landmarks template() {
    return template;
  }

  /**
   * Returns the transform from a photo to the crop.
   *
   * @param landmarks the face's landmarks in pixels of the photo
   * @return the least-squares similarity
   * @throws IllegalArgumentException if all landmarks coincide
   */
  public SimilarityTransform transform(Landmarks landmarks) {
    return SimilarityTransform.fit(landmarks.points(), template.points());
  }

  /**
   * Returns the affine transform from a photo to the crop, which may shear the face and stretch it,
   * so that a face that is turned aside is made wider (Kollias and Zafeiriou 2021, section IV: the
   * five of 68 landmarks at eyes, nose and mouth, see {@link Landmarks#ofSixtyEight}).
   *
   * @param landmarks the face's landmarks in pixels of the photo
   * @return the least-squares affine transform
   * @throws IllegalArgumentException if all landmarks lie on a line
   */
  public AffineTransform affine(Landmarks landmarks) {
    return AffineFit.fit(landmarks.points(), template.points());
  }

  /**
   * Cuts out one face as an image.
   *
   * @param photo the photo
   * @param landmarks the face's landmarks in pixels of the photo
   * @return square image of {@link #size()} pixels a side
   */
  public FaceImage crop(FaceImage photo, Landmarks landmarks) {
    return crop(photo, transform(landmarks));
  }

  /**
   * Cuts out any square of a photo.
   *
   * @param photo the photo
   * @param toCrop leads from pixels of the photo to pixels of the crop
   * @return square image of {@link #size()} pixels a side
   */
  public FaceImage crop(FaceImage photo, SimilarityTransform toCrop) {
    return image(sampled(photo, matrix(toCrop.inverse())));
  }

  /**
   * Cuts out any parallelogram of a photo.
   *
   * @param photo the photo
   * @param toCrop leads from pixels of the photo to pixels of the crop, such as {@link #affine}
   * @return square image of {@link #size()} pixels a side
   * @throws IllegalArgumentException if the transform cannot be undone
   */
  public FaceImage crop(FaceImage photo, AffineTransform toCrop) {
    try {
      return image(sampled(photo, toCrop.createInverse()));
    } catch (NoninvertibleTransformException e) {
      throw new IllegalArgumentException(
          "a crop needs a transform that can be undone, got " + toCrop, e);
    }
  }

  private FaceImage image(float[][] planes) {
    byte[][] out = new byte[BANDS][size * size];
    for (int band = 0; band < BANDS; band++) {
      for (int i = 0; i < out[band].length; i++) {
        out[band][i] = (byte) Math.round(planes[band][i]);
      }
    }
    return FaceImage.ofBands(size, size, out[0], out[1], out[2]);
  }

  /**
   * Cuts out one face straight into a network's input.
   *
   * @param photo the photo
   * @param landmarks the face's landmarks in pixels of the photo
   * @param layout channel order, mean, scale and storage
   * @param tensor receives {@link PixelLayout#bytes} from its position on, which moves on; in
   *     native byte order
   * @throws BufferOverflowException if too little space remains
   */
  public void writeTensor(
      FaceImage photo, Landmarks landmarks, PixelLayout layout, ByteBuffer tensor) {
    if (layout.storage() != PixelLayout.Storage.FLOAT_PLANES) {
      crop(photo, landmarks).writeTensor(layout, tensor);
      return;
    }
    FloatBuffer values = tensor.asFloatBuffer();
    int plane = size * size;
    if (values.remaining() < BANDS * plane) {
      throw new BufferOverflowException();
    }
    float[][] planes = sampled(photo, matrix(transform(landmarks).inverse()));
    for (int channel = 0; channel < BANDS; channel++) {
      float[] wanted = planes[layout.band(channel)];
      for (int i = 0; i < plane; i++) {
        wanted[i] = layout.normalised(wanted[i], channel);
      }
      values.put(wanted);
    }
    tensor.position(tensor.position() + BANDS * plane * Float.BYTES);
  }

  private static AffineTransform matrix(SimilarityTransform t) {
    return new AffineTransform(t.a(), t.b(), -t.b(), t.a(), t.shiftX(), t.shiftY());
  }

  /** Reads a photo through the transform that leads back to it. */
  private float[][] sampled(FaceImage photo, AffineTransform back) {
    double scale =
        Math.max(
            Math.hypot(back.getScaleX(), back.getShearY()),
            Math.hypot(back.getShearX(), back.getScaleY()));
    int n = Math.min(MAXIMUM_SAMPLES_PER_SIDE, Math.max(1, (int) scale));
    float a = (float) back.getScaleX();
    float b = (float) back.getShearY();
    float[][] planes = new float[BANDS][size * size];
    for (int y = 0; y < size; y++) {
      for (int i = 0; i < n * n; i++) {
        float u = (i % n + .5f) / n - .5f;
        float v = y + (i / n + .5f) / n - .5f;
        float px = (float) (back.getScaleX() * u + back.getShearX() * v + back.getTranslateX());
        float py = (float) (back.getShearY() * u + back.getScaleY() * v + back.getTranslateY());
        addSamples(photo, px, py, a, b, 1f / (n * n), planes, y * size);
      }
    }
    return planes;
  }

  /**
   * Adds one bilinear sample per pixel of a row, along the line from (px, py) in steps (dx, dy);
   * the row's pixels begin at an index of the planes.
   */
  private void addSamples(
      FaceImage photo,
      float px,
      float py,
      float dx,
      float dy,
      float weight,
      float[][] planes,
      int start) {
    int width = photo.width();
    int height = photo.height();
    byte[] red = photo.band(0);
    byte[] green = photo.band(1);
    byte[] blue = photo.band(2);
    for (int x = 0; x < size; x++) {
      float sx = px + x * dx;
      float sy = py + x * dy;
      int x0 = (int) Math.floor(sx);
      int y0 = (int) Math.floor(sy);
      float fx = sx - x0;
      float fy = sy - y0;
      float w11 = fx * fy * weight;
      float w10 = fx * weight - w11;
      float w01 = fy * weight - w11;
      float w00 = weight - w10 - w01 - w11;
      if (x0 >= 0 && y0 >= 0 && x0 < width - 1 && y0 < height - 1) {
        int i = y0 * width + x0;
        int j = i + width;
        planes[0][start + x] += blend(red, i, j, w00, w10, w01, w11);
        planes[1][start + x] += blend(green, i, j, w00, w10, w01, w11);
        planes[2][start + x] += blend(blue, i, j, w00, w10, w01, w11);
      } else {
        for (int band = 0; band < BANDS; band++) {
          byte[] data = photo.band(band);
          planes[band][start + x] +=
              w00 * at(photo, data, x0, y0)
                  + w10 * at(photo, data, x0 + 1, y0)
                  + w01 * at(photo, data, x0, y0 + 1)
                  + w11 * at(photo, data, x0 + 1, y0 + 1);
        }
      }
    }
  }

  private static float blend(
      byte[] data, int i, int j, float w00, float w10, float w01, float w11) {
    return w00 * (data[i] & 0xFF)
        + w10 * (data[i + 1] & 0xFF)
        + w01 * (data[j] & 0xFF)
        + w11 * (data[j + 1] & 0xFF);
  }

  private static int at(FaceImage photo, byte[] data, int x, int y) {
    boolean inside = x >= 0 && y >= 0 && x < photo.width() && y < photo.height();
    return inside ? data[y * photo.width() + x] & 0xFF : 0;
  }
}
