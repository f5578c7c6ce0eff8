/**
 * Faces with exact truth: a renderer driven by action units, in pure Java.
 *
 * <p>Everything follows from a seed by arithmetic that is the same on every machine: strict IEEE
 * 754 operations (always so since Java 17), {@link java.lang.StrictMath}, and functions of this
 * library built from the four basic operations. No native code takes part.
 */
package org.affect4j.synthesis;
