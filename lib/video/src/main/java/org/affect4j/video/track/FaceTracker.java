package org.affect4j.video.track;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.affect4j.detect.FaceDetector;
import org.affect4j.face.Detection;
import org.affect4j.face.PixelBox;
import org.affect4j.image.FaceImage;
import org.jgrapht.alg.matching.KuhnMunkresMinimalWeightBipartitePerfectMatching;
import org.jgrapht.graph.DefaultWeightedEdge;
import org.jgrapht.graph.SimpleWeightedGraph;

/**
 * Gives faces numbers that stay from frame to frame. The whole frame is searched on key frames, and
 * whenever a face is lost or two come close; in between each face is looked for around the place
 * where its motion leads, and must reach the score there too. Faces are assigned to tracks by
 * overlap and motion; where a second assignment fits nearly as well, or a face's look has changed,
 * appearance decides, and in doubt a new track begins. For one thread and one video, frames in
 * order.
 */
public final class FaceTracker {
  /** Side of the region around a face that is searched, in sides of its box. */
  private static final double REGION = 2;

  /**
   * A region of more than this part of the frame's long side is as well searched with the frame.
   */
  private static final double LARGE = .5;

  /** Steps of a detector's largest grid in pixels; and what it sees beyond the frame. */
  private static final int GRID = 32;

  private static final int GREY = 117;

  /** Costs run from 0 for the predicted box to about 2; from here on a face is another one. */
  private static final double HIGHEST_COST = 1.3;

  /** Two assignments whose costs differ by less are told apart by appearance. */
  private static final double NEARLY = .35;

  /** A face that has changed more between two frames is another one at the same place. */
  private static final double CHANGED = .45;

  /** How much nearer a face must look to the one than to the other. */
  private static final double CLEARLY = .05;

  private final FaceDetector detector;
  private final TrackerOptions options;
  private final List<Track> tracks = new ArrayList<>();
  private double searched = Double.NEGATIVE_INFINITY;
  private double before = Double.NEGATIVE_INFINITY;
  private int next;

  /** One face; it is lost while its motion is older than the last frame. */
  private static final class Track {
    final int id;
    Motion motion;
    private Appearance usual;
    private Appearance last;

    Track(int id, Motion motion, Appearance look) {
      this.id = id;
      this.motion = motion;
      usual = look;
      last = look;
    }

    void seen(Detection face, Appearance seen, double seconds) {
      motion = motion.seen(face.box(), seconds);
      usual = usual.then(seen);
      last = seen;
    }

    /** From what it usually looks like or did last, as while the light goes out. */
    double distanceTo(Appearance seen) {
      return Math.min(usual.distanceTo(seen), last.distanceTo(seen));
    }
  }

  /**
   * Makes a tracker for one video.
   *
   * @param detector finds faces; not closed here
   * @param options how faces are followed
   */
  public FaceTracker(FaceDetector detector, TrackerOptions options) {
    this.detector = detector;
    this.options = options;
  }

  /** Ends all tracks, as a cut does: whoever comes next has a new number. */
  public void cut() {
    tracks.clear();
    searched = Double.NEGATIVE_INFINITY;
  }

  /**
   * Tells which of the coming frames will be searched as a whole if no face is lost before, so that
   * it can be begun with.
   *
   * @param seconds times of the frames that come next
   * @return indices among them, rising
   */
  public List<Integer> searchesAmong(double... seconds) {
    boolean nobody = tracks.isEmpty();
    List<Integer> searches = new ArrayList<>();
    double last = searched;
    for (int i = 0; i < seconds.length; i++) {
      if (nobody || isKeyFrame(seconds[i], last)) {
        searches.add(i);
        last = seconds[i];
      }
    }
    return List.copyOf(searches);
  }

  private boolean isKeyFrame(double seconds, double last) {
    return seconds - last >= options.keyFrameSeconds() - 1e-9;
  }

  /**
   * Finds the faces of the next frame.
   *
   * @param picture the frame
   * @param seconds its time, later than that of the frame before
   * @return the faces that are there, by number
   * @throws IllegalArgumentException if the time does not rise
   */
  public List<TrackedFace> next(FaceImage picture, double seconds) {
    if (!(seconds > before)) {
      throw new IllegalArgumentException(
          "the frame at %s s does not come after the one at %s s".formatted(seconds, before));
    }
    // A picture may stand still for long; only what is lost is forgotten.
    tracks.removeIf(
        t ->
            t.motion.seconds() < before
                && seconds - t.motion.seconds() > options.memorySeconds() + 1e-9);
    Optional<Map<Track, Detection>> followed =
        isKeyFrame(seconds, searched) ? Optional.empty() : followed(picture, seconds);
    Map<Track, Detection> faces = followed.orElseGet(() -> searched(picture, seconds));
    before = seconds;
    return faces.entrySet().stream()
        .map(e -> new TrackedFace(e.getKey().id, e.getValue()))
        .sorted(Comparator.comparingInt(TrackedFace::id))
        .toList();
  }

  /**
   * Looks for each face around its place; empty if there is none, or one is lost or near another.
   */
  private Optional<Map<Track, Detection>> followed(FaceImage picture, double seconds) {
    if (tracks.isEmpty() || tracks.stream().anyMatch(t -> t.motion.seconds() < before)) {
      return Optional.empty();
    }
    List<PixelBox> places = tracks.stream().map(t -> t.motion.at(seconds)).toList();
    Map<Track, Detection> found = new HashMap<>();
    Map<Track, Appearance> looks = new HashMap<>();
    for (int t = 0; t < places.size(); t++) {
      PixelBox expected = places.get(t);
      boolean alone =
          places.stream().noneMatch(p -> p != expected && distance(expected, p) < REGION);
      Optional<Detection> face = alone ? around(picture, expected) : Optional.empty();
      if (face.isEmpty()) {
        return Optional.empty();
      }
      Track track = tracks.get(t);
      Appearance look = Appearance.of(picture, face.get().box());
      if (track.distanceTo(look) > CHANGED) {
        return Optional.empty();
      }
      found.put(track, face.get());
      looks.put(track, look);
    }
    found.forEach((track, face) -> track.seen(face, looks.get(track), seconds));
    return Optional.of(found);
  }

  /** Looks at a part of the frame at the scale and on the grid on which the whole is searched. */
  private Optional<Detection> around(FaceImage picture, PixelBox expected) {
    int longSide = Math.max(picture.width(), picture.height());
    double scale = Math.min(1, (double) detector.usefulLongSide() / longSide);
    double wanted = REGION * Math.max(expected.width(), expected.height()) * scale;
    int side = GRID * (int) Math.ceil(wanted / GRID + 1);
    if (side > LARGE * longSide * scale) {
      return Optional.empty();
    }
    double x = onGrid(scale * (expected.x() + expected.width() / 2) - wanted / 2) / scale;
    double y = onGrid(scale * (expected.y() + expected.height() / 2) - wanted / 2) / scale;
    int cut = (int) Math.round(side / scale);
    FaceImage region =
        picture.cut((int) Math.round(x), (int) Math.round(y), cut, cut, GREY).resized(side, side);
    double shift = (1 / scale - 1) / 2;
    return detector.detect(region, options.scoreThreshold()).stream()
        .map(face -> face.moved(1 / scale, Math.round(x) + shift, Math.round(y) + shift))
        .filter(face -> distance(expected, face.box()) < .5)
        .min(Comparator.comparingDouble(face -> cost(expected, face.box())));
  }

  private static int onGrid(double place) {
    return GRID * (int) Math.floor(place / GRID);
  }

  /** Searches the whole frame, and assigns what is there. */
  private Map<Track, Detection> searched(FaceImage picture, double seconds) {
    searched = seconds;
    List<Detection> faces =
        detector.detect(picture, options.scoreThreshold()).stream()
            .sorted(Comparator.comparingDouble((Detection d) -> -d.box().area()))
            .limit(options.mostFaces())
            .toList();
    List<Appearance> looks =
        faces.stream().map(face -> Appearance.of(picture, face.box())).toList();
    double[][] costs = new double[tracks.size()][faces.size()];
    for (int t = 0; t < costs.length; t++) {
      Track track = tracks.get(t);
      // What was lost for long may have gone further than it seemed.
      double patience = 1 + 2 * (seconds - track.motion.seconds());
      for (int f = 0; f < faces.size(); f++) {
        costs[t][f] = cost(track.motion.at(seconds), faces.get(f).box()) / patience;
      }
    }
    Map<Track, Detection> assigned = new HashMap<>();
    Set<Integer> taken = new HashSet<>();
    int[] best = assignment(costs, faces.size());
    for (int t = 0; t < costs.length; t++) {
      int f = best[t];
      if (f >= 0 && costs[t][f] < HIGHEST_COST && isSure(costs, looks, t, f)) {
        Track track = tracks.get(t);
        assigned.put(track, faces.get(f));
        track.seen(faces.get(f), looks.get(f), seconds);
        taken.add(f);
      }
    }
    Set<Track> ended = new HashSet<>();
    for (int f = 0; f < faces.size(); f++) {
      if (!taken.contains(f)) {
        PixelBox box = faces.get(f).box();
        // One track per place: who was there has become somebody else, or hides behind.
        for (Track t : tracks) {
          boolean here = t.motion.at(seconds).intersectionOverUnion(box) > .5;
          if (here && !assigned.containsKey(t) && t.distanceTo(looks.get(f)) > CHANGED) {
            ended.add(t);
          }
        }
        Track track = new Track(next++, Motion.of(box, seconds), looks.get(f));
        tracks.add(track);
        assigned.put(track, faces.get(f));
      }
    }
    tracks.removeAll(ended);
    return assigned;
  }

  /** Whether a face is this track's, although others may fit nearly as well. */
  private boolean isSure(double[][] costs, List<Appearance> looks, int t, int f) {
    double mine = tracks.get(t).distanceTo(looks.get(f));
    if (mine > CHANGED) {
      return false;
    }
    for (int other = 0; other < costs.length; other++) {
      boolean near = other != t && costs[other][f] < costs[t][f] + NEARLY;
      if (near && tracks.get(other).distanceTo(looks.get(f)) < mine + CLEARLY) {
        return false;
      }
    }
    return true;
  }

  /** The face of each track with the least sum of costs (Kuhn and Munkres), or -1. */
  private static int[] assignment(double[][] costs, int faces) {
    int[] best = new int[costs.length];
    int size = Math.max(costs.length, faces);
    SimpleWeightedGraph<Integer, DefaultWeightedEdge> graph =
        new SimpleWeightedGraph<>(DefaultWeightedEdge.class);
    Set<Integer> left = new HashSet<>();
    Set<Integer> right = new HashSet<>();
    for (int i = 0; i < size; i++) {
      graph.addVertex(i);
      graph.addVertex(size + i);
      left.add(i);
      right.add(size + i);
    }
    for (int t = 0; t < size; t++) {
      for (int f = 0; f < size; f++) {
        boolean both = t < costs.length && f < faces;
        graph.setEdgeWeight(
            graph.addEdge(t, size + f), both ? Math.min(costs[t][f], HIGHEST_COST) : HIGHEST_COST);
      }
    }
    Arrays.fill(best, -1);
    if (costs.length > 0 && faces > 0) {
      for (DefaultWeightedEdge edge :
          new KuhnMunkresMinimalWeightBipartitePerfectMatching<>(graph, left, right)
              .getMatching()
              .getEdges()) {
        int t = graph.getEdgeSource(edge);
        int f = graph.getEdgeTarget(edge) - size;
        if (t < costs.length && f < faces) {
          best[t] = f;
        }
      }
    }
    return best;
  }

  /** 0 for the same box, 1 for one that just touches, more for one that is farther away. */
  private static double cost(PixelBox expected, PixelBox face) {
    double change = Math.abs(Math.log(face.area() / expected.area()));
    return 1 - expected.intersectionOverUnion(face) + distance(expected, face) / 2 + change / 4;
  }

  /** Distance of the centres in sides of the larger box. */
  private static double distance(PixelBox a, PixelBox b) {
    double dx = a.x() + a.width() / 2 - b.x() - b.width() / 2;
    double dy = a.y() + a.height() / 2 - b.y() - b.height() / 2;
    return Math.hypot(dx, dy) / Math.max(a.size(), b.size());
  }
}
