package org.affect4j.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.AnnotatedExpression;
import org.affect4j.face.BehaviourVocabulary;
import org.affect4j.face.Expression;
import org.affect4j.face.Landmarks;
import org.affect4j.face.Landmarks68;
import tech.tablesaw.api.ColumnType;

/** The one list of the columns of {@link FaceTable}, and of the files that hold one. */
public final class FaceColumns {
  /** Name of the photo or video, as the user or the dataset has it. */
  public static final String INPUT = "input";

  /** Number of the frame in its video. */
  public static final String FRAME = "frame";

  /** Presentation time of the frame in seconds. */
  public static final String TIMESTAMP = "timestamp_s";

  /** Number of the face in its photo, or of the person's track in a video, from 0. */
  public static final String FACE = "face_id";

  /** What became of the input: {@link AnalyzedInput.Status#label()}. */
  public static final String STATUS = "status";

  /** The detector's probability of a face. */
  public static final String SCORE = "score";

  /** The most probable expression, or the one that was annotated. */
  public static final String EXPRESSION = "expression";

  /** Unpleasant to pleasant. */
  public static final String VALENCE = "valence";

  /** Calm to excited. */
  public static final String AROUSAL = "arousal";

  /** Part of raters who would see contempt, beside the expressions. */
  public static final String CONTEMPT = "contempt";

  /** Why there is no face, or no detection. */
  public static final String REASON = "reason";

  /** Reason of a row that is the first one behind a cut. */
  public static final String CUT = "cut before this frame";

  /** Angle of the eyes; files of earlier versions are without it. */
  public static final String ROLL = "roll_deg";

  /** How far the face is turned aside; written where the head's pose is asked for. */
  public static final String YAW = "yaw_deg";

  /** How far the face is lowered; written where the head's pose is asked for. */
  public static final String PITCH = "pitch_deg";

  /** How open the eye on the left of the image is; written with the head's pose. */
  public static final String EYE_OPENNESS_LEFT = "eye_openness_left";

  /** How open the eye on the right of the image is; written with the head's pose. */
  public static final String EYE_OPENNESS_RIGHT = "eye_openness_right";

  /** The person, or the video where persons are not named. */
  public static final String SUBJECT = "subject";

  /** The official part of a dataset. */
  public static final String SPLIT = "split";

  /** The compound expression. */
  public static final String COMPOUND = "compound";

  /** Number of the row in its dataset. */
  public static final String ROW = "row";

  private static final String OPENNESS =
      "height of the eye's opening over its width: 0 closed, about .3 open; left and right in the image";

  /** Position and size of the face. */
  static final List<FaceColumn> BOX =
      Stream.of("x", "y", "width", "height")
          .map(s -> FaceColumn.number("box_" + s, 1, "pixels of the file"))
          .toList();

  /** Five points; left and right in the image. */
  static final List<FaceColumn> LANDMARKS =
      Landmarks.NAMES.stream()
          .flatMap(point -> Stream.of(point + "_x", point + "_y"))
          .map(
              name -> FaceColumn.number(name, 1, "pixels of the file; left and right in the image"))
          .toList();

  /** The 68 points of Multi-PIE, as OpenFace and many datasets have them. */
  static final List<FaceColumn> LANDMARKS_68 =
      Landmarks68.NAMES.stream()
          .flatMap(point -> Stream.of(point + "_x", point + "_y"))
          .map(name -> FaceColumn.number(name, 1, "pixels of the file; one of 68 landmarks"))
          .toList();

  /** What the 68 landmarks tell, with {@link #ROLL}. */
  private static final List<FaceColumn> HEAD_POSE =
      Stream.concat(
              Stream.of(
                  FaceColumn.number(YAW, 1, "degrees, positive to the right of the image"),
                  FaceColumn.number(PITCH, 1, "degrees, positive downward"),
                  FaceColumn.number(EYE_OPENNESS_LEFT, 4, OPENNESS),
                  FaceColumn.number(EYE_OPENNESS_RIGHT, 4, OPENNESS)),
              LANDMARKS_68.stream())
          .toList();

  /** The columns of a file of analysed faces, the embedding left out. */
  static final List<FaceColumn> ANALYSIS =
      Stream.of(
              Stream.of(
                  FaceColumn.text(INPUT, "the photo or video as the user named it"),
                  FaceColumn.whole(FRAME, "number of the frame in its video; missing for photos"),
                  FaceColumn.number(TIMESTAMP, 6, "presentation time of the frame in seconds"),
                  FaceColumn.whole(FACE, "number of the face from 0; missing without a face"),
                  FaceColumn.text(
                      STATUS, "ok, whole_crop, no_face, partial, unreadable or interpolated"),
                  FaceColumn.number(SCORE, 4, "detector's probability of a face, 0 to 1")),
              BOX.stream(),
              LANDMARKS.stream(),
              Stream.of(FaceColumn.text(EXPRESSION, "most probable, or annotated, expression")),
              Expression.ALL.stream()
                  .map(e -> FaceColumn.number(e.column(), 4, "probability; the seven add up to 1")),
              ActionUnit.ALL.stream()
                  .map(
                      u ->
                          FaceColumn.number(
                              u.column(), 4, u.label() + ": probability, or label, 0 to 1")),
              Stream.of(VALENCE, AROUSAL).map(name -> FaceColumn.number(name, 4, "-1 to 1")),
              Stream.of(
                  FaceColumn.number(
                      CONTEMPT,
                      4,
                      "part of raters who would see contempt; no part of p_neutral …")),
              Stream.of(
                  FaceColumn.text(REASON, "why there is no face or no detection, what is damaged"),
                  FaceColumn.number(ROLL, 1, "degrees, -180 to 180, clockwise positive")))
          .flatMap(s -> s)
          .toList();

  private static final List<FaceColumn> LABELS =
      List.of(
          FaceColumn.text(SPLIT, "official part, such as train"),
          FaceColumn.text(SUBJECT, "the person, or the video where persons are not named"),
          FaceColumn.text(COMPOUND, "compound expression"),
          FaceColumn.text("age", "as the dataset groups it"),
          FaceColumn.text("gender", "as the dataset groups it"),
          FaceColumn.text("race", "as the dataset groups it"),
          FaceColumn.whole(ROW, "0-based number of the row in its dataset"));

  private static final Pattern FOREIGN_UNIT = Pattern.compile("au\\d\\d");

  /** How steps of a series end the names of their columns. */
  private static final Pattern OVER_TIME =
      Pattern.compile("_(filled|(mean|median)[0-9.]+s?|minus_(median|neutral))$");

  /** Expressions that only some networks tell apart. */
  private static final List<FaceColumn> OTHER_EXPRESSIONS =
      Arrays.stream(AnnotatedExpression.values())
          .filter(e -> e.basic().isEmpty())
          .map(e -> FaceColumn.number(e.column(), 4, "probability; all of a network add up to 1"))
          .toList();

  private static final Map<String, FaceColumn> BY_NAME = new LinkedHashMap<>();

  static {
    Stream.of(ANALYSIS, HEAD_POSE, LABELS, OTHER_EXPRESSIONS)
        .flatMap(List::stream)
        .forEach(c -> BY_NAME.put(c.name(), c));
  }

  /** The columns that every dataset of labels has, in order; its own come after them. */
  public static final List<String> DATASET =
      Stream.of(
              Stream.of(INPUT, SPLIT, SUBJECT, FRAME, EXPRESSION, VALENCE, AROUSAL),
              ActionUnit.ALL.stream().map(ActionUnit::column),
              Stream.of(COMPOUND, "age", "gender", "race", ROW))
          .flatMap(s -> s)
          .toList();

  private FaceColumns() {}

  /**
   * Returns the columns of a file of analysed faces, as far as all bundled networks fill them:
   * without contempt.
   *
   * @param embeddingLength length of the embedding at the end; 0 to leave it out
   * @return names in order, unmodifiable
   */
  public static List<String> analysis(int embeddingLength) {
    return analysis(BehaviourVocabulary.standard(), embeddingLength);
  }

  /**
   * Returns the columns of a file of faces that some network has analysed.
   *
   * @param read what it reads; there are no columns of what it does not read
   * @param embeddingLength length of the embedding at the end; 0 to leave it out
   * @return names in order, unmodifiable
   */
  public static List<String> analysis(BehaviourVocabulary read, int embeddingLength) {
    List<String> names = new ArrayList<>();
    boolean expressions = !read.classes().isEmpty();
    for (FaceColumn column : ANALYSIS) {
      String name = column.name();
      boolean isUnit = FeatureGroup.ACTION_UNITS.holds(name);
      boolean isOther =
          !isUnit
              && (read.contempt() || !name.equals(CONTEMPT))
              && !FeatureGroup.EXPRESSIONS.holds(name)
              && !FeatureGroup.VALENCE_AROUSAL.holds(name);
      if (name.equals(EXPRESSION)) {
        names.addAll(expressions ? List.of(name) : List.of());
        names.addAll(read.classColumns());
        names.addAll(read.unitColumns());
      } else if (isOther || read.affect() && FeatureGroup.VALENCE_AROUSAL.holds(name)) {
        names.add(name);
      }
    }
    IntStream.range(0, embeddingLength).forEach(i -> names.add(embedding(i)));
    return List.copyOf(names);
  }

  /**
   * Returns the columns that come behind those of {@link #analysis} where the head's pose is asked
   * for; {@link #ROLL} is among those already.
   *
   * @return yaw, pitch, openness of the eyes and 68 landmarks; names in order, unmodifiable
   */
  public static List<String> headPose() {
    return HEAD_POSE.stream().map(FaceColumn::name).toList();
  }

  /** Those of the network that read the faces. */
  static List<String> of(List<AnalyzedInput> inputs) {
    return analysis(
        inputs.stream()
            .flatMap(input -> input.faces().stream())
            .findFirst()
            .map(face -> face.behaviour().vocabulary())
            .orElse(BehaviourVocabulary.standard()),
        0);
  }

  /**
   * Returns the column of one number of the embedding.
   *
   * @param index from 0
   * @return such as {@code "e007"}
   */
  public static String embedding(int index) {
    return (index < 10 ? "e00" : index < 100 ? "e0" : "e") + index;
  }

  /**
   * Returns the column that was read of a face, of one that is computed from it over time.
   *
   * @param name any name
   * @return such as {@code "au12"} for {@code "au12_mean15"}; other names as they are
   */
  static String read(String name) {
    return OVER_TIME.matcher(name).replaceFirst("");
  }

  /**
   * Returns what is known of a column.
   *
   * @param name any name
   * @return its column, also of the embedding, of {@link FeatureGroup#HOG} and of values over time;
   *     empty for a column of the user's or a dataset's own
   */
  public static Optional<FaceColumn> find(String name) {
    FaceColumn known = BY_NAME.get(name);
    if (known == null && (FeatureGroup.EMBEDDING.holds(name) || FeatureGroup.HOG.holds(name))) {
      known = FaceColumn.number(name, 5, "one number of a description of the face");
    }
    FaceColumn read = BY_NAME.get(read(name));
    if (known == null && read != null && read.type().equals(ColumnType.DOUBLE)) {
      known = FaceColumn.number(name, read.decimals(), read.meaning() + "; over time");
    }
    return Optional.ofNullable(known);
  }

  /**
   * What is written of a column: as {@link #find}, and units that are none of the 17, which files
   * of the user's own may have as they like.
   */
  static Optional<FaceColumn> written(String name) {
    return find(name)
        .or(
            () ->
                Optional.of(name)
                    .filter(n -> FOREIGN_UNIT.matcher(n).matches())
                    .map(n -> FaceColumn.number(n, 4, "an action unit that is none of the 17")));
  }
}
