package org.affect4j.synthesis.internal.appearance;

/**
 * Everything that stays the same when a person moves. Lengths are centimetres, colours reflectances
 * in linear light, and amounts 0 (none) to 1 unless said otherwise.
 *
 * @param attributes groups for audits
 * @param identity shape of the head
 * @param skin skin
 * @param lips lips
 * @param brows brows
 * @param eyes eyes, lashes and teeth
 * @param hair hair or what covers it
 * @param beard beard; coverage 0 for none
 * @param glasses glasses
 * @param clothes clothes
 * @param folding how deep this skin folds when units act, about .2 to 1.2
 * @param lines how deep creases are at rest, 0 (young) to 1
 * @param texture offset into the noise textures that tells persons apart, 0 to 1
 */
public record Person(
    Attributes attributes,
    Identity identity,
    Skin skin,
    Lips lips,
    Brows brows,
    Eyes eyes,
    Hair hair,
    Beard beard,
    Glasses glasses,
    Clothes clothes,
    double folding,
    double lines,
    double texture) {

  /**
   * Skin.
   *
   * @param tone reflectance
   * @param blotches variation of brightness
   * @param redness of cheeks and nose
   * @param darkLids darkness around the eyes
   * @param eyeshadow make-up on the upper lid
   * @param freckles darkness of freckles
   * @param shine strength of the highlight
   * @param gloss sharpness of the highlight, the exponent of a Blinn-Phong lobe
   * @param pores roughness of the surface
   * @param spots darkness of age spots
   */
  public record Skin(
      Rgb tone,
      double blotches,
      double redness,
      double darkLids,
      double eyeshadow,
      double freckles,
      double shine,
      double gloss,
      double pores,
      double spots) {}

  /**
   * Lips.
   *
   * @param colour reflectance
   * @param strength how much of the colour covers the skin
   * @param border shift of the red border outward in centimetres
   * @param shine strength of the highlight
   */
  public record Lips(Rgb colour, double strength, double border, double shine) {}

  /**
   * Brows, in centimetres on the neutral face.
   *
   * @param colour reflectance
   * @param inner where a brow begins, from the midline
   * @param outer where it ends, from the midline
   * @param height of its line
   * @param arch how far it rises
   * @param tail how far its end falls
   * @param thickness half of its width
   * @param density how dense the hairs are
   */
  public record Brows(
      Rgb colour,
      double inner,
      double outer,
      double height,
      double arch,
      double tail,
      double thickness,
      double density) {}

  /**
   * Eyes and teeth.
   *
   * @param iris reflectance of the iris
   * @param irisAngle angular radius of the iris in radians
   * @param pupilAngle angular radius of the pupil in radians
   * @param white reflectance of the sclera
   * @param veins redness of the sclera's rim
   * @param lashes density of the lashes, 0 to 2
   * @param teeth brightness of the teeth, about 1
   * @param teethWhite blue of the teeth, .8 (yellowish) to 1
   */
  public record Eyes(
      Rgb iris,
      double irisAngle,
      double pupilAngle,
      double white,
      double veins,
      double lashes,
      double teeth,
      double teethWhite) {}

  /**
   * Hair or what covers it, in centimetres on the neutral head.
   *
   * @param style style
   * @param colour reflectance of the hair, or of the cloth for a scarf
   * @param thickness how far it stands off the skull
   * @param hairline height of the hairline above the forehead
   * @param hairlineTilt slope of the hairline
   * @param hairlineCurve how the hairline falls to the sides, per cm
   * @param temple how far back the temples are free
   * @param lowest lowest y on the skull
   * @param roughness raggedness of the edge
   * @param curl 0 (straight) to 1 (tight curls)
   * @param length how far falling hair hangs below the ears
   * @param opening half angle of the gap in falling hair, at the face, in radians
   */
  public record Hair(
      HairStyle style,
      Rgb colour,
      double thickness,
      double hairline,
      double hairlineTilt,
      double hairlineCurve,
      double temple,
      double lowest,
      double roughness,
      double curl,
      double length,
      double opening) {}

  /**
   * Beard.
   *
   * @param colour reflectance
   * @param coverage 0 (none), to .4 stubble, to 1 full
   * @param length thickness of the beard in centimetres, 0 for stubble
   * @param cheeks whether the cheeks are covered, not only lip and chin
   * @param moustache whether the upper lip is covered
   */
  public record Beard(
      Rgb colour, double coverage, double length, boolean cheeks, boolean moustache) {}

  /**
   * Glasses.
   *
   * @param kind kind
   * @param colour reflectance of the frame
   * @param width half width of a lens in centimetres
   * @param height half height of a lens in centimetres
   * @param thickness radius of the rim in centimetres
   * @param squareness 0 (round) to 1 (rectangular)
   */
  public record Glasses(
      Kind kind, Rgb colour, double width, double height, double thickness, double squareness) {
    /** Kinds of glasses. */
    public enum Kind {
      /** No glasses. */
      NONE,
      /** Clear lenses. */
      CLEAR,
      /** Dark lenses, which hide the eyes. */
      DARK
    }
  }

  /**
   * Clothes on the shoulders.
   *
   * @param colour reflectance
   * @param second reflectance of stripes or collar
   * @param neckline depth of the neckline below the throat in centimetres
   * @param vShaped whether the neckline is pointed
   * @param stripes stripes a centimetre, 0 for none
   * @param collar whether a collar stands at the neck
   */
  public record Clothes(
      Rgb colour, Rgb second, double neckline, boolean vShaped, double stripes, boolean collar) {}
}
