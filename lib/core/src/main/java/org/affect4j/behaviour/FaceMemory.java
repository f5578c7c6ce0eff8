package org.affect4j.behaviour;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a network over time remembers of the faces of one video from frame to frame; a face that is
 * new begins with zeros. For one thread, and one video.
 */
public final class FaceMemory {
  /** Numbers of each state, by the number of the face. */
  private final Map<Integer, Map<String, float[]>> faces = new HashMap<>();

  /** The picture of the sound around the frame; empty for silence. */
  private float[] sound = {};

  /** Begins without any face, in silence. */
  public FaceMemory() {}

  /**
   * Takes the sound around the next frame, for networks that hear too ({@link
   * BehaviourModel#soundSide}).
   *
   * @param picture of one second around the frame, row by row, -1 to 1
   */
  public void hear(float[] picture) {
    sound = picture.clone();
  }

  /** Rows and columns of one of the three equal planes of a picture of sound. */
  static int side(int length) {
    return (int) Math.round(Math.sqrt(length / 3.0));
  }

  /** The picture three times for each of some faces, as the network takes it. */
  float[] sound(int faces, int length) {
    float[] all = new float[faces * length];
    Arrays.fill(all, -1);
    for (int at = 0; sound.length > 0 && at < all.length; at += sound.length) {
      System.arraycopy(sound, 0, all, at, sound.length);
    }
    return all;
  }

  /** Forgets all faces, as at a cut. */
  public void forget() {
    faces.clear();
  }

  /**
   * Returns what is remembered of some faces, as a network takes it.
   *
   * @param states numbers of each state, by its name
   * @param numbers the faces
   * @param views of each face, of which view v of face i stands at i + v * n in the batch
   */
  Map<String, float[]> before(Map<String, Integer> states, List<Integer> numbers, int views) {
    Map<String, float[]> inputs = new HashMap<>();
    states.forEach(
        (name, length) -> {
          float[] rows = new float[numbers.size() * views * length];
          for (int i = 0; i < numbers.size(); i++) {
            float[] own = faces.getOrDefault(numbers.get(i), Map.of()).get(name);
            for (int v = 0; own != null && v < views; v++) {
              int row = i + v * numbers.size();
              System.arraycopy(own, v * length, rows, row * length, length);
            }
          }
          inputs.put(name, rows);
        });
    return inputs;
  }

  /**
   * Remembers what a network handed out of the same faces.
   *
   * @param after the states in their order
   */
  void after(Map<String, Integer> states, List<Integer> numbers, int views, List<float[]> after) {
    int state = 0;
    for (Map.Entry<String, Integer> entry : states.entrySet()) {
      int length = entry.getValue();
      float[] rows = after.get(state++);
      for (int i = 0; i < numbers.size(); i++) {
        float[] own = new float[views * length];
        for (int v = 0; v < views; v++) {
          int row = i + v * numbers.size();
          System.arraycopy(rows, row * length, own, v * length, length);
        }
        faces.computeIfAbsent(numbers.get(i), f -> new HashMap<>()).put(entry.getKey(), own);
      }
    }
  }
}
