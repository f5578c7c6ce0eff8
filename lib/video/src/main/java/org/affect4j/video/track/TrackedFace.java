package org.affect4j.video.track;

import org.affect4j.face.Detection;

/**
 * A face in one frame.
 *
 * @param id number of the track from 0, in the order in which tracks began
 * @param detection where it is
 */
public record TrackedFace(int id, Detection detection) {}
