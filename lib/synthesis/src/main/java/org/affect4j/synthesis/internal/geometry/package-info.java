/**
 * The face model: neutral mesh, identity modes, blendshapes, landmarks and painted wrinkles, read
 * from a compact file that is made from the OBJ files of ICT-FaceKit (MIT licence, USC Institute
 * for Creative Technologies).
 *
 * <p>Lengths are centimetres; x grows to the <em>person's</em> left, y upward, z out of the face.
 */
package org.affect4j.synthesis.internal.geometry;
