package org.affect4j.video;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.affect4j.detect.FaceDetector;
import org.affect4j.face.Detection;
import org.affect4j.image.FaceImage;
import org.affect4j.model.ModelEntry;

/**
 * A detector that other threads have begun to work for: what it finds in a picture is the same. For
 * one thread, except for its detector.
 */
final class SearchedAhead implements FaceDetector {
  private final FaceDetector detector;
  private final double scoreThreshold;
  private final Map<FaceImage, OnceTask<List<Detection>>> begun = new IdentityHashMap<>();

  SearchedAhead(FaceDetector detector, double scoreThreshold) {
    this.detector = detector;
    this.scoreThreshold = scoreThreshold;
  }

  /** Lets another thread search a picture that will be asked for, unless one does so already. */
  void begin(FaceImage picture, Executor other) {
    if (!begun.containsKey(picture)) {
      OnceTask<List<Detection>> search =
          new OnceTask<>(() -> detector.detect(picture, scoreThreshold));
      begun.put(picture, search);
      other.execute(search);
    }
  }

  /** A picture that will not be asked for any more. */
  void forget(FaceImage picture) {
    OnceTask<List<Detection>> search = begun.remove(picture);
    if (search != null) {
      search.cancel();
    }
  }

  /** No search begins any more. */
  void cancel() {
    begun.values().forEach(OnceTask::cancel);
  }

  @Override
  public List<Detection> detect(FaceImage photo) {
    return detector.detect(photo);
  }

  @Override
  public List<Detection> detect(FaceImage photo, double threshold) {
    OnceTask<List<Detection>> search = begun.get(photo);
    return search == null || threshold != scoreThreshold
        ? detector.detect(photo, threshold)
        : search.get();
  }

  @Override
  public int usefulLongSide() {
    return detector.usefulLongSide();
  }

  @Override
  public Optional<ModelEntry> entry() {
    return detector.entry();
  }

  /** Does nothing: the detector is somebody else's. */
  @Override
  public void close() {}
}
