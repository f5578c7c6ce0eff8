package org.affect4j.chart;

import java.awt.Color;
import java.util.List;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.Expression;

/**
 * Colours that can be told apart with all common forms of colour blindness: the set of Okabe and
 * Ito, "Color Universal Design" (2008), without its yellow, which is too light on white, and with
 * grey for what should step back.
 */
public final class Palette {
  /** Blue. */
  public static final Color BLUE = new Color(0x0072B2);

  /** Orange. */
  public static final Color ORANGE = new Color(0xE69F00);

  /** Bluish green. */
  public static final Color GREEN = new Color(0x009E73);

  /** Vermillion. */
  public static final Color VERMILLION = new Color(0xD55E00);

  /** Reddish purple. */
  public static final Color PURPLE = new Color(0xCC79A7);

  /** Sky blue. */
  public static final Color SKY = new Color(0x56B4E9);

  /** Black. */
  public static final Color BLACK = new Color(0x000000);

  /** Grey, for background data. */
  public static final Color GREY = new Color(0x7F7F7F);

  /** Colours of series in their order, unmodifiable. */
  public static final List<Color> SERIES =
      List.of(BLUE, ORANGE, GREEN, VERMILLION, PURPLE, SKY, BLACK, GREY);

  private Palette() {}

  /**
   * Returns the colour of a series.
   *
   * @param index number of the series from 0; after eight the colours repeat
   * @return the colour
   */
  public static Color series(int index) {
    return SERIES.get(Math.floorMod(index, SERIES.size()));
  }

  /**
   * Returns the colour that an expression has in every picture.
   *
   * @param expression which
   * @return the colour
   */
  public static Color of(Expression expression) {
    return switch (expression) {
      case NEUTRAL -> GREY;
      case ANGER -> VERMILLION;
      case DISGUST -> GREEN;
      case FEAR -> PURPLE;
      case HAPPINESS -> ORANGE;
      case SADNESS -> BLUE;
      case SURPRISE -> SKY;
    };
  }

  /**
   * Returns the colour of a half of the face.
   *
   * @param region upper or lower face
   * @return the colour
   */
  public static Color of(ActionUnit.Region region) {
    return switch (region) {
      case UPPER_FACE -> BLUE;
      case LOWER_FACE -> ORANGE;
    };
  }
}
