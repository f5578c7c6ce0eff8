package org.affect4j.training.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.stream.IntStream;
import org.affect4j.training.loss.internal.PriorTargets;
import org.affect4j.training.loss.internal.Scalars;

/**
 * The loss of a RetinaFace-style detector (Deng et al. 2020, section 3.1, without the dense
 * regression; Behaviour4All, section 3): {@code (classes + b boxes) / N + l landmarks / M}.
 * Classes: cross-entropy over the faces and the hardest background priors of each picture; boxes
 * and landmarks: smooth L1 over the offsets of faces; N priors are faces in the batch, M of them
 * have landmarks, each at least 1.
 *
 * @param negatives background priors for each face prior, such as 7
 * @param leastNegatives background priors of a picture that has fewer faces, such as 10; a picture
 *     without faces would teach nothing otherwise
 * @param boxWeight weight b of the boxes, such as 2
 * @param landmarkWeight weight l of the landmarks, such as 1
 * @param landmarkBend offset up to which the landmarks' loss is square and from which on it is
 *     linear, above 0; 1 as published. An offset of 1 is a tenth of a prior's side, about a quarter
 *     of the distance of the eyes: below, small errors hardly count with 1
 */
public record MultiBoxLoss(
    double negatives,
    int leastNegatives,
    double boxWeight,
    double landmarkWeight,
    double landmarkBend) {
  /** Checks the weights. */
  public MultiBoxLoss {
    if (!(negatives >= 0) || leastNegatives < 0 || !(boxWeight >= 0) || !(landmarkWeight >= 0)) {
      throw new IllegalArgumentException("ratios, counts and weights of the loss are 0 or more");
    }
    if (!(landmarkBend > 0)) {
      throw new IllegalArgumentException(
          "the loss of landmarks turns linear at an offset above 0, got " + landmarkBend);
    }
  }

  /**
   * Returns the published weights: seven negatives for each positive, boxes 2, landmarks 1.
   *
   * @return the loss
   */
  public static MultiBoxLoss published() {
    return new MultiBoxLoss(7, 0, 2, 1, 1);
  }

  /**
   * The parts of the loss, each a scalar, before the weights.
   *
   * @param classes cross-entropy over N
   * @param boxes smooth L1 over N
   * @param landmarks smooth L1 over M
   * @param total the weighted sum, to be minimised
   */
  public record Parts(NDArray classes, NDArray boxes, NDArray landmarks, NDArray total) {}

  /**
   * Computes the loss.
   *
   * @param boxes {@code [batch, priors, 4]}, offsets
   * @param classes {@code [batch, priors, 2]}, logits of background and face
   * @param landmarks {@code [batch, priors, 10]}, offsets
   * @param targets one for each picture
   * @return the parts
   */
  public Parts of(NDArray boxes, NDArray classes, NDArray landmarks, List<PriorTargets> targets) {
    int batch = targets.size();
    int priors = batch == 0 ? 0 : targets.get(0).classes().length;
    Masked.require(boxes, "box offsets", batch, priors, PriorTargets.BOX);
    Masked.require(classes, "class logits", batch, priors, 2);
    Masked.require(landmarks, "landmark offsets", batch, priors, PriorTargets.LANDMARKS);
    // The cross-entropy of two classes depends on the difference of their logits alone.
    NDArray face = classes.get(":, :, 1").sub(classes.get(":, :, 0"));
    NDArray asFace = Masked.minusLogSigmoid(face);
    NDArray asBackground = Masked.minusLogSigmoid(face.neg());
    float[] positive = new float[batch * priors];
    float[] withLandmarks = new float[batch * priors];
    float[] boxTargets = new float[batch * priors * PriorTargets.BOX];
    float[] landmarkTargets = new float[batch * priors * PriorTargets.LANDMARKS];
    for (int b = 0; b < batch; b++) {
      PriorTargets target = targets.get(b);
      int[] wanted = target.classes();
      boolean[] known = target.hasLandmarks();
      for (int p = 0; p < priors; p++) {
        positive[b * priors + p] = wanted[p] == PriorTargets.FACE ? 1 : 0;
        withLandmarks[b * priors + p] = known[p] ? 1 : 0;
      }
      System.arraycopy(
          target.boxes(), 0, boxTargets, b * priors * PriorTargets.BOX, priors * PriorTargets.BOX);
      System.arraycopy(
          target.landmarks(),
          0,
          landmarkTargets,
          b * priors * PriorTargets.LANDMARKS,
          priors * PriorTargets.LANDMARKS);
    }
    NDManager manager = boxes.getManager();
    Shape each = new Shape(batch, priors);
    // Priors that lie half on a face are neither class: they are in no mask, so that the network is
    // not taught where to draw a line that nothing draws.
    NDArray faces = like(manager.create(positive, each), boxes);
    NDArray pointed = like(manager.create(withLandmarks, each), boxes);
    NDArray mined =
        like(manager.create(hardest(asBackground.stopGradient(), targets), each), boxes);
    // The number of faces divides both kinds of prior, so that the number of negatives for each
    // face is their weight. At least 1: batches without a face have negatives too.
    NDArray n = faces.sum().maximum(1f);
    NDArray m = pointed.sum().maximum(1f);
    NDArray classLoss = asFace.mul(faces).add(asBackground.mul(mined)).sum().div(n);
    NDArray boxLoss =
        smoothL1(boxes.sub(like(manager.create(boxTargets, boxes.getShape()), boxes)), 1)
            .mul(faces.expandDims(2))
            .sum()
            .div(n);
    NDArray landmarkLoss =
        smoothL1(
                landmarks.sub(like(manager.create(landmarkTargets, landmarks.getShape()), boxes)),
                landmarkBend)
            .mul(pointed.expandDims(2))
            .sum()
            .div(m);
    return new Parts(
        classLoss,
        boxLoss,
        landmarkLoss,
        classLoss
            .add(Scalars.times(boxLoss, boxWeight))
            .add(Scalars.times(landmarkLoss, landmarkWeight)));
  }

  private static NDArray like(NDArray array, NDArray other) {
    return array.toType(other.getDataType(), false);
  }

  /** 1 for the background priors of each picture that the network is most wrong about. */
  private float[] hardest(NDArray losses, List<PriorTargets> targets) {
    double[] loss = losses.toType(ai.djl.ndarray.types.DataType.FLOAT64, false).toDoubleArray();
    // Chosen picture by picture: over the whole batch one crowded picture would take all places.
    // Which are hardest is decided on values alone; no gradient runs through the choice.
    float[] mask = new float[loss.length];
    for (int b = 0; b < targets.size(); b++) {
      int[] wanted = targets.get(b).classes();
      int from = b * wanted.length;
      long faces = IntStream.of(wanted).filter(c -> c == PriorTargets.FACE).count();
      IntStream.range(0, wanted.length)
          .filter(p -> wanted[p] == PriorTargets.BACKGROUND)
          .boxed()
          .sorted((p, q) -> Double.compare(loss[from + q], loss[from + p]))
          .limit(Math.max(leastNegatives, Math.round(negatives * faces)))
          .forEach(p -> mask[from + p] = 1);
    }
    return mask;
  }

  /**
   * {@code x^2 / (2 b)} for |x| below b, {@code |x| - b / 2} beyond (Girshick 2015, equation 3,
   * where b is 1).
   */
  private static NDArray smoothL1(NDArray x, double bend) {
    NDArray size = x.abs();
    NDArray inner = Scalars.atMost(size, bend);
    return Scalars.times(inner.square(), .5 / bend).add(size.sub(inner));
  }
}
