/**
 * From action units to a face model: the blendshape weights of an action, with AU25 by the gap of
 * the mesh, and the depths of creases. Left and right are those of the <em>person</em>.
 */
package org.affect4j.synthesis.internal.shape;
