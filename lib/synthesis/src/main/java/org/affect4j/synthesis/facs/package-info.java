/**
 * What a face does: units with sides and intensities, the table that turns them into blendshapes,
 * and the rules for combinations that bodies cannot make.
 *
 * <p>Here, left and right are those of the <em>person</em>, as in FACS.
 */
package org.affect4j.synthesis.facs;
