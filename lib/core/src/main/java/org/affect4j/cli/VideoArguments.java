package org.affect4j.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.affect4j.analysis.InputListing.Videos;
import org.affect4j.analysis.VideoReader;
import org.affect4j.analysis.VideoReading;
import org.affect4j.analysis.VideoWork;
import org.affect4j.series.Filling;
import org.affect4j.series.SeriesSteps;
import org.affect4j.series.SeriesSteps.Baseline;
import org.affect4j.series.Smoothing;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Options that concern videos, and have no effect on photos. */
final class VideoArguments {
  /** HSEmotion's best for expressions, valence and arousal, and for units. */
  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--every",
      paramLabel = "N",
      description = "Of videos read each N-th frame; frames keep their numbers and times.")
  private int every = 1;

  @Option(
      names = "--from",
      paramLabel = "S",
      description = "Of videos read from this time on, in seconds on the file's own clock.",
      showDefaultValue = Visibility.NEVER)
  private Optional<Double> from = Optional.empty();

  @Option(
      names = "--to",
      paramLabel = "S",
      description = "Of videos read until before this time, in seconds on the file's own clock.",
      showDefaultValue = Visibility.NEVER)
  private Optional<Double> to = Optional.empty();

  @Option(
      names = "--stream",
      paramLabel = "N",
      description = "Stream of the videos, from 0. Default: their main one; the others are named.",
      showDefaultValue = Visibility.NEVER)
  private Optional<Integer> stream = Optional.empty();

  @Option(
      names = "--frames",
      description = "Each folder that is named is one clip of numbered pictures.")
  private boolean frames;

  @Option(
      names = "--fps",
      paramLabel = "F",
      description = "Frames a second of numbered pictures, which have no times without it.",
      showDefaultValue = Visibility.NEVER)
  private Optional<Double> rate = Optional.empty();

  @Option(names = "--stills", description = "Of animated GIFs read the first frame, as a photo.")
  private boolean stills;

  @Option(
      names = "--faces",
      paramLabel = "WHICH",
      description = "Faces that are followed in videos: all, largest, or the N largest.",
      defaultValue = "all")
  private String faces = "all";

  @Option(
      names = "--every-frame",
      description =
          "Search every frame of videos for faces, rather than follow them in between; slower.")
  private boolean everyFrame;

  @Option(
      names = "--fill",
      description =
          "Fill gaps of a track, in columns such as au12_filled and rows of status interpolated. With"
              + " this and the next ones the rows of a video are held in memory until its end.")
  private boolean fill;

  @Option(
      names = "--smooth",
      paramLabel = "FILTER",
      arity = "0..1",
      fallbackValue = Smoothing.USUAL,
      description =
          "Fill gaps and filter along time, in columns such as au12_median15: mean:15, median:7 or"
              + " mean:0.6s, or one filter for expressions, valence and arousal and one for units."
              + " Alone: "
              + Smoothing.USUAL
              + ".",
      showDefaultValue = Visibility.NEVER)
  private Optional<String> smooth = Optional.empty();

  @Option(
      names = "--max-gap",
      paramLabel = "S",
      description = "Longest gap that is filled, in seconds.")
  private double longestGap = Filling.DEFAULT_SECONDS;

  @Option(
      names = "--baseline",
      paramLabel = "KIND",
      description =
          "Subtract each person's own baseline, in columns such as au12_minus_median: median, or"
              + " neutral for the mean over frames whose expression is neutral.",
      showDefaultValue = Visibility.NEVER)
  private Optional<Baseline> baseline = Optional.empty();

  @Option(
      names = "--key-pictures",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description =
          "A picture of each person of a video, in the folder FILE.tracks; not for standard output.")
  private boolean keyPictures = true;

  @Option(
      names = "--annotate",
      paramLabel = "DIR",
      description =
          "Write each video that is read into this folder, too, as NAME.annotated.mp4 with boxes,"
              + " labels and curves. Its rows are held in memory until its end.",
      showDefaultValue = Visibility.NEVER)
  private Optional<Path> annotated = Optional.empty();

  /** Which inputs are videos. */
  Videos listed() {
    return frames ? Videos.FOLDERS : stills ? Videos.STILLS : Videos.ALL;
  }

  VideoWork work(double score) {
    SeriesSteps steps = steps();
    if (frames && rate.isEmpty() && !steps.isEmpty()) {
      throw wrong("what is computed over time needs the times of numbered pictures: add --fps");
    }
    VideoReading reading =
        new VideoReading(
            every,
            from.orElse(Double.NEGATIVE_INFINITY),
            to.orElse(Double.POSITIVE_INFINITY),
            stream.map(OptionalInt::of).orElseGet(OptionalInt::empty),
            rate.map(OptionalDouble::of).orElseGet(OptionalDouble::empty),
            score,
            mostFaces(),
            everyFrame);
    return new VideoWork(
        VideoReader.installed(), reading, steps, keyPictures, annotated, Optional.empty());
  }

  private int mostFaces() {
    if (faces.equals("all")) {
      return Integer.MAX_VALUE;
    }
    if (!faces.matches("largest|[1-9]\\d{0,8}")) {
      throw wrong("--faces is all, largest or a number from 1 on, got " + faces);
    }
    return faces.equals("largest") ? 1 : Integer.parseInt(faces);
  }

  private SeriesSteps steps() {
    Smoothing affect = Smoothing.none();
    Smoothing units = Smoothing.none();
    if (smooth.isPresent()) {
      List<Smoothing> filters = filters(smooth.get());
      affect = filters.get(0);
      units = filters.get(1);
    }
    Optional<Filling> filling =
        fill || smooth.isPresent() ? Optional.of(new Filling(longestGap)) : Optional.empty();
    return new SeriesSteps(filling, affect, units, baseline);
  }

  private List<Smoothing> filters(String text) {
    try {
      return Smoothing.parsePair(text);
    } catch (IllegalArgumentException e) {
      throw wrong("--smooth: " + e.getMessage());
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
