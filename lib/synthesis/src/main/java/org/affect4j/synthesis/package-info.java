/**
 * Faces with exact truth: a renderer driven by action units, in pure Java.
 *
 * <p>Everything follows from a seed by arithmetic that is the same on every machine: strict IEEE
 * 754 operations (always so since Java 17), {@link java.lang.StrictMath}, and functions of this
 * library built from the four basic operations. No native code takes part in drawing; files are
 * encoded by the JDK.
 *
 * <p>Action units ({@code facs}) are for everybody; pictures are drawn by the command line ({@code
 * cli}); what lies below {@code internal} may change.
 */
package org.affect4j.synthesis;
