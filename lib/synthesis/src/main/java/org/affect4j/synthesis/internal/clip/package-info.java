/**
 * Clips: what happens in them over time, how their frames are drawn, and the truth of every frame.
 */
package org.affect4j.synthesis.internal.clip;
