/**
 * From action units to the shape of a face: units with sides and intensities, the table that turns
 * them into blendshapes, and the rules for combinations that bodies cannot make.
 *
 * <p>Only here, left and right are those of the <em>person</em>, as in FACS.
 */
package org.affect4j.synthesis.facs;
