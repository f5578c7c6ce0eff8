/**
 * From a person, a shape, a pose and light to pixels and exact landmarks: a deferred rasteriser
 * with shadow, occlusion, wrinkles, hair in shells, eyes, teeth and clothes, and a photographic
 * chain with the damage that pictures take.
 */
package org.affect4j.synthesis.internal.render;
