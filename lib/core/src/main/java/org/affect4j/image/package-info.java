/**
 * Photos: decode them, turn them upright, scale them, and cut out faces upright at one size.
 *
 * <p>Pixels are 8-bit sRGB. The centre of the first pixel is (0, 0).
 */
package org.affect4j.image;
