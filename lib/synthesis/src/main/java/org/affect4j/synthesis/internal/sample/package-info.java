/**
 * Sets of faces: which expressions, views and pictures are drawn, and how sets, labels and
 * provenance are written.
 */
package org.affect4j.synthesis.internal.sample;
