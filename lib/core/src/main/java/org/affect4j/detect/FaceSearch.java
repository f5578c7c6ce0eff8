package org.affect4j.detect;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.affect4j.face.Detection;
import org.affect4j.face.PixelBox;
import org.affect4j.image.FaceAligner;
import org.affect4j.image.FaceImage;
import org.affect4j.image.SimilarityTransform;

/**
 * How a photo is searched with a network that finds faces within a range of sizes: which copies of
 * it the network sees, what is taken from each, and which finds are looked at once more. Immutable.
 */
final class FaceSearch {
  /** Fill of what lies outside a photo. */
  static final int PADDING_GREY = 117;

  private static final double TILE_OVERLAP = .25;
  static final int MAGNIFICATION = 2;

  /** Long side and margin in pixels of the level in which large faces are found. */
  private static final int LARGE_SIDE = 112;

  private static final int LARGE_MARGIN = 24;

  /** Sides that are multiples of this suit every network of this kind. */
  private static final int NETWORK_STEP = 32;

  /** Faces from this part of a photo's long side on are taken from the level of large faces. */
  private static final double LARGE_FACE = .4;

  /** A level finds faces up to this multiple of its largest prior box. */
  private static final double LARGEST_PART_OF_PRIOR = 1.25;

  /** Of two faces, the one of which more than this part lies in the other is a part of it. */
  private static final double MOST_INSIDE = .5;

  /** Candidates from this score on vote about a face's place. */
  private static final double LEAST_VOTE = .5;

  /** Textures and upside-down faces do not come to this score, most clear faces do. */
  private static final double CERTAIN = .9995;

  /** A face that has this score alone, whether with little or more room, is one. */
  private static final double CLEAR = .95;

  /** A face that has this score when turned by half a turn is upside down. */
  private static final double CLEARLY_TURNED = .99;

  /** What has not even this score alone, with more room, is no face. */
  private static final double LEAST_ALONE = .5;

  /** Smaller faces, in pixels, have too few of them to be looked at alone. */
  private static final double LEAST_LOOKED_AT = 24;

  private static final int HALF_TURN = 180;

  /** Angle in degrees between the views in which turned faces are searched. */
  private static final int VIEW_STEP = 45;

  /** Faces that are still smaller than this in the magnified photo are taken from there. */
  private static final double MAGNIFIED_FACE = 64;

  /** The network. */
  interface Candidates {
    /** Finds faces in an image as it is, each as often as the network sees it; best first. */
    List<Detection> in(FaceImage image, double scoreThreshold);
  }

  private final Candidates network;
  private final double largestPrior;
  private final DetectorOptions options;

  FaceSearch(Candidates network, double largestPrior, DetectorOptions options) {
    this.network = network;
    this.largestPrior = largestPrior;
    this.options = options;
  }

  /** Finds faces of every size, best first. */
  List<Detection> all(FaceImage photo, double scoreThreshold) {
    return options.anyRotation()
        ? turnedFaces(photo, scoreThreshold)
        : detections(faces(photo, options.longSide(), scoreThreshold));
  }

  /** Finds the faces that are large in the photo, best first. */
  List<Detection> large(FaceImage photo, double scoreThreshold) {
    List<Looked> faces = new ArrayList<>();
    search(faces, Level.large(photo, photo.shrunkTo(options.longSide())), scoreThreshold);
    return detections(faces);
  }

  /**
   * A copy of a photo in which some faces are searched. A position in the photo is {@code scale *
   * (position + shift)}.
   */
  record Level(
      FaceImage image,
      double shiftX,
      double shiftY,
      double scale,
      boolean votes,
      Predicate<PixelBox> takes) {
    /**
     * The whole photo, small, with room around it. It is seen as the crops that behaviour networks
     * learn from are, and as there the best candidate alone places a face. It is made from a copy
     * that is shrunk already, because two small steps take less time than a large one.
     */
    static Level large(FaceImage photo, FaceImage shrunk) {
      FaceImage small = shrunk.scaledTo(LARGE_SIDE);
      int width = roomy(small.width());
      int height = roomy(small.height());
      int left = (width - small.width()) / 2;
      int top = (height - small.height()) / 2;
      return new Level(
          small.cut(-left, -top, width, height, PADDING_GREY),
          -left,
          -top,
          (double) longSide(photo) / LARGE_SIDE,
          false,
          box -> box.size() >= LARGE_FACE * LARGE_SIDE);
    }

    /** With room on both sides, such that no network has to add any. */
    private static int roomy(int side) {
      return Math.round((side + 2f * LARGE_MARGIN) / NETWORK_STEP) * NETWORK_STEP;
    }

    Detection toPhoto(Detection d) {
      return d.moved(1, shiftX, shiftY).moved(scale, 0, 0);
    }

    private static int longSide(FaceImage image) {
      return Math.max(image.width(), image.height());
    }
  }

  /** A face, and the score that it has alone. */
  private record Looked(Detection face, double alone) {}

  private static List<Detection> detections(List<Looked> faces) {
    return faces.stream().map(Looked::face).sorted(NonMaximumSuppression.ORDER).toList();
  }

  /**
   * Faces of every size. Levels come in an order of trust: what lies within a face that an earlier
   * level found is a part of it.
   */
  private List<Looked> faces(FaceImage photo, int longSide, double scoreThreshold) {
    List<Looked> faces = new ArrayList<>();
    FaceImage input = photo.shrunkTo(longSide);
    search(faces, Level.large(photo, input), scoreThreshold);
    double scale = (double) photo.width() / input.width();
    double most = LARGEST_PART_OF_PRIOR * largestPrior;
    search(faces, new Level(input, 0, 0, scale, true, b -> b.size() <= most), scoreThreshold);
    if (options.magnifying()) {
      Level magnified =
          new Level(
              input.resized(MAGNIFICATION * input.width(), MAGNIFICATION * input.height()),
              0,
              0,
              scale / MAGNIFICATION,
              true,
              b -> b.size() < MAGNIFIED_FACE);
      search(faces, magnified, scoreThreshold);
    }
    if (options.tiles() && input != photo) {
      for (int y : starts(photo.height(), longSide)) {
        for (int x : starts(photo.width(), longSide)) {
          int width = Math.min(longSide, photo.width() - x);
          int height = Math.min(longSide, photo.height() - y);
          Level tile =
              new Level(
                  photo.cut(x, y, width, height, PADDING_GREY),
                  x,
                  y,
                  1,
                  true,
                  b -> b.size() <= most && isWhole(b.moved(1, x, y), x, y, width, height, photo));
          search(faces, tile, scoreThreshold);
        }
      }
    }
    return faces;
  }

  /** Adds the faces of a level that are not there yet. */
  private void search(List<Looked> faces, Level level, double scoreThreshold) {
    List<Detection> all =
        network.in(level.image(), Math.min(scoreThreshold, LEAST_VOTE)).stream()
            .filter(d -> level.takes().test(d.box()))
            .toList();
    for (Detection best : all) {
      if (best.score() < scoreThreshold || !isNew(faces, level.toPhoto(best))) {
        continue;
      }
      Detection face = level.votes() ? NonMaximumSuppression.vote(best, all) : best;
      if (isNew(faces, level.toPhoto(face))) {
        Looked looked = looked(level.image(), face);
        faces.add(new Looked(level.toPhoto(looked.face()), looked.alone()));
      }
    }
    faces.removeIf(l -> l.face().score() < scoreThreshold);
  }

  private boolean isNew(List<Looked> faces, Detection d) {
    return faces.stream()
        .map(l -> l.face().box())
        .noneMatch(
            b ->
                b.intersectionOverUnion(d.box()) > options.iouThreshold()
                    || b.intersectionOverSmaller(d.box()) > MOST_INSIDE);
  }

  /**
   * How a face is looked at once more: the side at which, and how much more than its box is shown.
   */
  private enum Look {
    CLOSE(64, 1.3),
    WIDE(128, 1.5),
    EXACT(LARGE_SIDE, 1.3);

    final int side;
    final double room;
    private final FaceAligner aligner;

    Look(int side, double room) {
      this.side = side;
      this.room = room;
      this.aligner = new FaceAligner(side);
    }

    FaceImage resized(FaceImage square) {
      double k = (double) side / square.width();
      // Linear, which takes a tenth of the time of a cubic enlargement.
      return k > 1
          ? aligner.crop(square, new SimilarityTransform(k, 0, (k - 1) / 2, (k - 1) / 2))
          : square.resized(side, side);
    }
  }

  /**
   * Looks at a face alone, at one size. An upside-down face, in whose mouth and chin the network
   * sees eyes, is far less of a face alone than in its surroundings, and a clear one when turned.
   * Textures that have the score of a face in their surroundings mostly lose it alone.
   *
   * @return the face as it lies in the image; what is no face alone has the score that it has alone
   */
  private Looked looked(FaceImage image, Detection face) {
    boolean certain = face.score() >= CERTAIN && !options.anyRotation();
    if (certain || face.box().size() < LEAST_LOOKED_AT) {
      return new Looked(face, face.score());
    }
    double close = score(look(image, face, Look.CLOSE, 0));
    if (close >= CLEAR) {
      return new Looked(face, close);
    }
    Optional<Detection> turned = look(image, face, Look.EXACT, HALF_TURN);
    if (score(turned) >= CLEARLY_TURNED) {
      Detection right = turned.orElseThrow();
      return new Looked(new Detection(right.box(), face.score(), right.landmarks()), right.score());
    }
    double wide = score(look(image, face, Look.WIDE, 0));
    double alone = Math.max(close, wide);
    return wide < LEAST_ALONE
        ? new Looked(
            new Detection(face.box(), Math.min(face.score(), wide), face.landmarks()), alone)
        : new Looked(face, alone);
  }

  private static double score(Optional<Detection> seen) {
    return seen.map(Detection::score).orElse(0.);
  }

  private Optional<Detection> look(FaceImage image, Detection face, Look look, int degrees) {
    PixelBox box = face.box();
    int room = Math.max(1, (int) Math.round(look.room * box.size()));
    int x = (int) Math.round(box.x() + (box.width() - room) / 2);
    int y = (int) Math.round(box.y() + (box.height() - room) / 2);
    FaceImage square = look.resized(image.cut(x, y, room, room, PADDING_GREY));
    Turn turn = Turn.of(square, degrees, PADDING_GREY);
    double scale = (double) room / look.side;
    return network.in(turn.image(), 0).stream()
        .map(d -> turn.undo(d).moved(scale, 0, 0).moved(1, x, y))
        .filter(d -> d.box().intersectionOverUnion(box) > options.iouThreshold())
        .findFirst();
  }

  /** Searches turned copies; each face is taken from the one in which it is clear and upright. */
  private List<Detection> turnedFaces(FaceImage photo, double scoreThreshold) {
    FaceImage input = options.tiles() ? photo : photo.shrunkTo(options.longSide());
    double scale = (double) photo.width() / input.width();
    record Seen(Detection face, boolean clear, double tilt) {}
    List<Seen> seen = new ArrayList<>();
    for (int degrees = 0; degrees < 360; degrees += VIEW_STEP) {
      Turn turn = Turn.of(input, degrees, PADDING_GREY);
      int side =
          options.tiles()
              ? options.longSide()
              : Math.max(turn.image().width(), turn.image().height());
      // Eight views offer eight times as many accidental faces.
      double least = degrees == 0 ? scoreThreshold : Math.max(scoreThreshold, CLEARLY_TURNED);
      for (Looked l : faces(turn.image(), side, least)) {
        seen.add(
            new Seen(
                turn.undo(l.face()).moved(scale, 0, 0),
                l.alone() >= CLEAR,
                Math.abs(l.face().landmarks().rollDegrees())));
      }
    }
    seen.sort(Comparator.comparing((Seen s) -> !s.clear()).thenComparingDouble(Seen::tilt));
    List<Looked> faces = new ArrayList<>();
    for (Seen s : seen) {
      if (isNew(faces, s.face())) {
        faces.add(new Looked(s.face(), 1));
      }
    }
    return detections(faces);
  }

  /** A box that touches a tile's inner edge may be part of a face that another tile sees whole. */
  private static boolean isWhole(
      PixelBox box, int x, int y, int width, int height, FaceImage photo) {
    return (x == 0 || box.x() > x)
        && (y == 0 || box.y() > y)
        && (x + width == photo.width() || box.right() < x + width)
        && (y + height == photo.height() || box.bottom() < y + height);
  }

  private static int[] starts(int length, int side) {
    if (length <= side) {
      return new int[] {0};
    }
    int n = (int) Math.ceil((length - side) / (side * (1 - TILE_OVERLAP))) + 1;
    int[] starts = new int[n];
    for (int i = 0; i < n; i++) {
      starts[i] = (int) Math.round((double) i * (length - side) / (n - 1));
    }
    return starts;
  }
}
