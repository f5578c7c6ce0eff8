/**
 * The vocabulary of facial behaviour as immutable values: action units, expressions, valence and
 * arousal, boxes, landmarks, and the {@link org.affect4j.face.Face} that joins them.
 *
 * <p>This package depends on nothing but the JDK; every other package depends on it. "Left" and
 * "right" always mean left and right <em>in the image</em>, not of the person.
 */
package org.affect4j.face;
