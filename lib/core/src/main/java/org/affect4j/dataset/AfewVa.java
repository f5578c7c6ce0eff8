package org.affect4j.dataset;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.StreamSupport;

/**
 * AFEW-VA (Kossaifi et al., Image and Vision Computing 2017): 600 clips of films with valence and
 * arousal, whole numbers from -10 to 10, and 68 landmarks in every frame. Persons are not named:
 * the column {@code subject} is the clip. Frames count from {@link #FIRST_FRAME}.
 */
public final class AfewVa {
  /** What the label files call the first frame of a clip: 0. */
  public static final int FIRST_FRAME = 0;

  private static final double SCALE = 10;

  private AfewVa() {}

  /**
   * Reads {@code NN/VVV/VVV.json} beside the frames {@code NN/VVV/00000.png}.
   *
   * @param root folder of the numbered folders
   * @return one row per frame, valence and arousal divided by 10; no official split
   * @throws IOException if a file cannot be read or is laid out otherwise
   */
  public static AffectDataset load(Path root) throws IOException {
    LabelReader loading =
        new LabelReader("AFEW-VA", root, ImageStore.inFolder(root)).framesFrom(FIRST_FRAME);
    for (Path part : LabelPlaces.globSome(root, "[0-9]*", "AFEW-VA's folders 01, 02, …")) {
      for (Path clip : LabelPlaces.globSome(part, "[0-9]*", "a folder per clip")) {
        read(loading, part.getFileName() + "/" + clip.getFileName(), clip);
      }
    }
    return loading.finish(false);
  }

  private static void read(LabelReader loading, String folder, Path clip) throws IOException {
    String name = clip.getFileName().toString();
    Path file = LabelPlaces.require(clip.resolve(name + ".json"), "the labels of that clip");
    try {
      JsonObject json =
          JsonParser.parseString(String.join("\n", loading.lines(file))).getAsJsonObject();
      for (Map.Entry<String, JsonElement> frame : json.getAsJsonObject("frames").entrySet()) {
        JsonObject labels = frame.getValue().getAsJsonObject();
        loading
            .start(folder + "/" + frame.getKey() + ".png")
            .subject(name)
            .frame(Integer.parseInt(frame.getKey()))
            .valenceArousal(
                labels.get("valence").getAsDouble() / SCALE,
                labels.get("arousal").getAsDouble() / SCALE,
                Double.NEGATIVE_INFINITY)
            .sixtyEightLandmarks(
                StreamSupport.stream(labels.getAsJsonArray("landmarks").spliterator(), false)
                    .map(JsonElement::getAsJsonArray)
                    .flatMapToDouble(
                        xy -> DoubleStream.of(xy.get(0).getAsDouble(), xy.get(1).getAsDouble()))
                    .toArray());
        loading.add();
      }
    } catch (RuntimeException e) {
      throw new DatasetFormatException(
          file + ": expected {\"frames\": {\"00000\": {landmarks, valence, arousal}}}", e);
    }
  }
}
