package org.affect4j.table;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Locale;
import org.affect4j.face.Face;

/**
 * What became of one input: its faces, or why there are none. No input ever vanishes.
 *
 * @param input the input as the user named it
 * @param status what became of it
 * @param reason why, in words; empty if there is nothing to explain
 * @param faces the faces, positions in pixels of the file; none if the status is {@link
 *     Status#NO_FACE} or {@link Status#UNREADABLE}, perhaps none if it is {@link Status#PARTIAL}
 */
public record AnalyzedInput(String input, Status status, String reason, List<Face> faces) {
  /** What became of an input. */
  public enum Status {
    /** Faces were found and read. */
    OK,
    /** A crop without landmarks: the whole of it was taken as the face. */
    WHOLE_CROP,
    /** A readable photo in which no face was found. */
    NO_FACE,
    /** A damaged file: what could be decoded was searched, and may have faces or none. */
    PARTIAL,
    /** The input could not be decoded, or not be read. */
    UNREADABLE,
    /** A frame of a video in which a track has no face: its values are filled in from others. */
    INTERPOLATED;

    private static final List<Status> TELLING =
        List.of(PARTIAL, UNREADABLE, OK, WHOLE_CROP, INTERPOLATED, NO_FACE);

    /**
     * Returns the status as it stands in tables.
     *
     * @return such as {@code "no_face"}
     */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Joins what is said of two rows of one input, such as the frames of a video: it is damaged if
     * one of them is, and has faces if one of them has.
     *
     * @param other of another row
     * @return the status of both
     */
    public Status and(Status other) {
      return TELLING.indexOf(this) < TELLING.indexOf(other) ? this : other;
    }

    /**
     * Joins what is said of all rows of one input.
     *
     * @param labels of the rows, one or more
     * @return their common status
     */
    public static Status together(List<String> labels) {
      return labels.stream().map(Status::of).reduce(Status::and).orElseThrow();
    }

    /**
     * Finds the status that stands in a table.
     *
     * @param label such as {@code "no_face"}
     * @return the status
     * @throws IllegalArgumentException if there is none of that name
     */
    public static Status of(String label) {
      return valueOf(label.toUpperCase(Locale.ROOT));
    }
  }

  /** Copies the list, checks that it fits the status, and makes the reason one line. */
  public AnalyzedInput {
    reason = reason.replaceAll("\\s+", " ");
    faces = List.copyOf(faces);
    boolean expected = status == Status.OK || status == Status.WHOLE_CROP;
    if (status != Status.PARTIAL && expected == faces.isEmpty()) {
      throw new IllegalArgumentException(
          "status %s with %d faces: ok and whole_crop have faces, partial may"
              .formatted(status.label(), faces.size()));
    }
  }

  /**
   * Makes the result of a readable photo.
   *
   * @param input the input as the user named it
   * @param faces its faces, perhaps none
   * @return status {@code ok} or {@code no_face}
   */
  public static AnalyzedInput ofPhoto(String input, List<Face> faces) {
    return new AnalyzedInput(input, faces.isEmpty() ? Status.NO_FACE : Status.OK, "", faces);
  }

  /**
   * Makes the result of a readable crop.
   *
   * @param input the input as the user named it
   * @param face the face
   * @return status {@code ok}, or {@code whole_crop} if the face has no detection
   */
  public static AnalyzedInput ofCrop(String input, Face face) {
    return face.detection().isPresent()
        ? new AnalyzedInput(input, Status.OK, "", List.of(face))
        : new AnalyzedInput(
            input, Status.WHOLE_CROP, "no landmarks found: the whole crop was read", List.of(face));
  }

  /**
   * Makes the result of an input that could not be read.
   *
   * @param input the input as the user named it
   * @param reason why
   * @return status {@code unreadable}
   */
  public static AnalyzedInput unreadable(String input, String reason) {
    return new AnalyzedInput(input, Status.UNREADABLE, reason, List.of());
  }

  /**
   * Makes the result of an input that could not be read.
   *
   * @param input the input as the user named it
   * @param e why
   * @return status {@code unreadable}
   */
  public static AnalyzedInput unreadable(String input, IOException e) {
    boolean vanished = e instanceof NoSuchFileException;
    return unreadable(input, vanished ? "the file vanished" : String.valueOf(e.getMessage()));
  }

  /**
   * Makes the result of an input for which there is not enough memory.
   *
   * @param input the input as the user named it
   * @param e what Java says
   * @return status {@code unreadable}
   */
  public static AnalyzedInput unreadable(String input, OutOfMemoryError e) {
    return unreadable(
        input, "Java ran out of memory (%s); give it more with -Xmx".formatted(e.getMessage()));
  }

  /**
   * Returns the same under another name.
   *
   * @param name the input as it is called now
   * @return a copy
   */
  public AnalyzedInput named(String name) {
    return new AnalyzedInput(name, status, reason, faces);
  }

  /**
   * Tells of something besides.
   *
   * @param remark goes before the reason; empty if there is nothing to tell
   * @return a copy
   */
  public AnalyzedInput remarked(String remark) {
    return remark.isEmpty() ? this : new AnalyzedInput(input, status, joined(remark), faces);
  }

  /**
   * Returns this result as that of a damaged file.
   *
   * @param damage what is damaged
   * @return status {@code partial}
   */
  public AnalyzedInput partial(String damage) {
    return new AnalyzedInput(input, Status.PARTIAL, joined(damage), faces);
  }

  private String joined(String more) {
    return reason.isEmpty() ? more : more + "; " + reason;
  }
}
