package org.affect4j.synthesis.internal.clip;

import static org.affect4j.synthesis.internal.clip.Role.Axis.PITCH;
import static org.affect4j.synthesis.internal.clip.Role.Axis.ROLL;
import static org.affect4j.synthesis.internal.clip.Role.Axis.SIZE;
import static org.affect4j.synthesis.internal.clip.Role.Axis.X;
import static org.affect4j.synthesis.internal.clip.Role.Axis.Y;
import static org.affect4j.synthesis.internal.clip.Role.Axis.YAW;

import java.io.IOException;
import java.util.List;
import org.affect4j.face.Expression;
import org.affect4j.synthesis.internal.clip.Story.Scene;
import org.affect4j.synthesis.internal.common.RandomStream;

/**
 * The four clips that come with the library. Together they move all 17 units at three strengths or
 * more, alone and with others.
 */
final class Stories {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 480;
  private static final double RATE = 25;

  /** Side of the frames of somebody who talks. */
  private static final int TALK = 320;

  private Stories() {}

  static List<Story> all() {
    return List.of(joke(), tasting(), evening(), conversation());
  }

  private static Story story(String name, double seconds, Scene... scenes) {
    return new Story(name, WIDTH, HEIGHT, RATE, seconds, List.of(scenes));
  }

  /** A woman says three sentences; a book hides her mouth from the middle on. */
  static Story talk(Speaker speaker) throws IOException {
    double end = 8;
    Speech speech = Speech.of(speaker, new Speech.Text(37, 48), end, RandomStream.of(38, 0));
    Role woman =
        new Role(38, TALK / 2., .42 * TALK, TALK / 37.)
            .blinks(end)
            .says(speech, (int) (end * RATE), RATE)
            .acts(1.2, .2, .4, .3, "1C+2C")
            .acts(5.2, .2, .3, .3, "1B+2B")
            .moves(YAW, 0, -5, 2, 4, 4, -3, 6, 6, 8, 0)
            .moves(PITCH, 0, 1, 1.2, 4, 1.7, 0, 5, 3, 8, 1);
    Scene scene = new Scene(0, 18, woman).mouthHidden(4, 9);
    return new Story("talk", TALK, TALK, RATE, end, List.of(scene));
  }

  /** A woman hears a joke: she greets, smiles politely, smiles, and laughs aloud. */
  private static Story joke() {
    double end = 13;
    Role woman =
        new Role(15, 320, 215, 12.5)
            .heardAt(215)
            .blinks(end)
            .acts(.8, .2, .35, .35, "1C+2C")
            .shows(Expression.HAPPINESS, 1.3, .35, .6, .5, "6B+12B")
            .acts(3.2, .25, .4, .35, "1E+2E")
            .shows(Expression.HAPPINESS, 4.6, .4, 1, .5, "6C+12C")
            .acts(6.6, .2, .3, .3, "1B+2B")
            .acts(6.9, .2, .4, .3, "25D")
            .shows(Expression.HAPPINESS, 8, .4, 2.4, .9, "6E+12E+25D")
            .moves(PITCH, 0, 1, 1, 1, 1.3, 5, 1.7, 0, 7.8, 2, 8.6, -9, 9.6, -4, 10.6, 4, 12, 0)
            .moves(YAW, 0, -7, 3, 8, 5, 4, 8, -3, 9.5, -9, 12, 3)
            .moves(ROLL, 0, 0, 4.4, 0, 5.2, 6, 7.8, -2, 9, -7, 11, 0);
    // Ha, ha, ha: the jaw opens less each time.
    double[] opened = {.45, .9, .75, .6, .5, .4};
    for (int i = 0; i < opened.length; i++) {
      woman.acts(
          8.2 + .36 * i, .12, .06, .16, opened[i] > .8 ? "26E" : opened[i] > .5 ? "26C" : "26B");
    }
    return story("joke", end, new Scene(0, 18, woman));
  }

  /** A man tastes what is good and what is not, and hides behind the menu for ten frames. */
  private static Story tasting() {
    double end = 20;
    Role man =
        new Role(45, 320, 205, 11.5)
            .blinks(end)
            .acts(.7, .3, .5, .3, "24B")
            .acts(2, .3, .6, .35, "4B+7D+23B")
            .acts(3.4, .25, .5, .3, "9C")
            .acts(4.7, .25, 1, .5, "4D+7E+9D")
            .acts(6.7, .25, .4, .25, "17B+24D")
            .acts(8.6, .3, .5, .3, "10C")
            .acts(9.9, .3, .5, .3, "11C")
            .acts(11.1, .3, .5, .3, "17C+23C")
            .acts(12.3, .3, .5, .3, "10E")
            .acts(13.5, .3, .5, .3, "11E")
            .acts(14.7, .3, .6, .3, "4E+9E")
            .acts(16, .3, .5, .3, "7C+23E")
            .acts(17.2, .3, .6, .3, "17E+24E")
            .acts(18.5, .3, .4, .3, "11D")
            .moves(
                PITCH, 0, 0, 1.6, 0, 2.2, 7, 3, 0, 4.6, 2, 5.2, -5, 6.4, 1, 14.4, 2, 15, 6, 16, 0)
            .moves(YAW, 0, 5, 2.6, -6, 4.6, 0, 5.2, 9, 5.6, -9, 6, 8, 6.4, 0, 10, -6, 13, 7, 17, -3)
            .moves(ROLL, 0, -2, 3, 3, 8, -4, 12, 4, 16, -3);
    return story("tasting", end, new Scene(0, 25, man).hidden(7.68, 8.28));
  }

  /**
   * A woman reads late: the lamp fails; she bends down for a second, later leaves and comes back.
   */
  private static Story evening() {
    double end = 19;
    Role woman =
        new Role(38, 330, 210, 10.2)
            .blinks(end)
            .acts(.7, .3, .5, .3, "1B+2B")
            .shows(Expression.SURPRISE, 2, .25, .9, .6, "1C+2C+5D+25C+26B")
            .shows(Expression.FEAR, 4.3, .3, 1.2, .7, "1D+4B+5E+20C+25B")
            .acts(6.4, .25, .35, .25, "10B")
            .acts(9.1, .3, .4, .3, "20B")
            .shows(Expression.SADNESS, 10.2, .5, 1, .5, "1D+4C+15D+17B")
            .shows(Expression.SURPRISE, 15.6, .2, .8, .4, "1E+2E+5C+25E+26D")
            .acts(17.3, .3, .7, .3, "15E+20E")
            .moves(X, 0, 330, 12.2, 330, 12.7, 1050, 15, 1050, 15.5, 310)
            .moves(Y, 0, 210, 7.4, 210, 7.75, 560, 8.0, 560, 8.35, 205)
            .moves(
                YAW, 0, -4, 2, -4, 2.4, 3, 4, 2, 4.5, -10, 6.5, -2, 9, 5, 12, 0, 12.5, 22, 15, -12,
                15.6, 0)
            .moves(PITCH, 0, 4, 1.8, 4, 2.2, -3, 7.1, 0, 7.5, 14, 8.3, 4, 9, 0, 10.4, 6, 12, 1);
    return story(
        "evening", end, new Scene(0, 39, woman).lit(0, 1, 3.9, 1, 4.15, .22, 6.2, .22, 6.8, 1));
  }

  /** Two talk in turn; then, behind a cut, one of them alone and nearer. */
  private static Story conversation() {
    double end = 16;
    double cut = 9.6;
    Role left =
        new Role(21, 185, 200, 8.6)
            .heardAt(118)
            .blinks(cut)
            .speaks(.8, 4.2)
            .acts(1.4, .2, .3, .3, "1C+2C")
            .acts(3.1, .2, .3, .3, "1E+2E")
            .acts(6, .3, 1, .4, "4C")
            .acts(8, .3, .8, .5, "12C+6B")
            .moves(YAW, 0, 16, 4, 12, 6, 18, 9, 10)
            .moves(PITCH, 0, 0, 1.3, 0, 1.6, 5, 1.9, 0, 3, 0, 3.3, 5, 3.7, 0);
    Role right =
        new Role(41, 460, 215, 8.4)
            .heardAt(205)
            .blinks(cut)
            .acts(1, .3, .8, .4, "12B")
            .acts(3, .3, .9, .5, "6D+12D")
            .speaks(4.6, 7.6)
            .acts(5.2, .2, .3, .3, "1B+2B")
            .acts(6.6, .2, .3, .3, "4D")
            .acts(8, .3, .5, .3, "15C+17C")
            .moves(YAW, 0, -14, 3, -18, 6, -10, 9, -15)
            .moves(ROLL, 0, 3, 4, -4, 8, 3);
    Role near =
        new Role(41, 320, 215, 12.5)
            .heardAt(205)
            .blinks(end)
            .acts(9.9, .3, .5, .3, "4B")
            .speaks(11, 14)
            .acts(11.4, .2, .3, .3, "1D+2D")
            .acts(14.2, .3, .9, .4, "6E+12E")
            .moves(YAW, 0, -10, 10, -10, 12, 2, 15, -4)
            .moves(SIZE, 0, 12.2, 9.6, 12.2, 16, 13);
    return story("conversation", end, new Scene(0, 45, left, right), new Scene(cut, 8, near));
  }
}
