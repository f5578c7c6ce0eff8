/**
 * How a person looks: shape, skin, hair, eyes, clothes, with the attributes that a fairness audit
 * groups by, and the sampler that draws persons evenly over them.
 */
package org.affect4j.synthesis.internal.appearance;
