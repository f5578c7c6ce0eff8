/**
 * Videos: {@link org.affect4j.video.VideoSource} gives the frames of a file or of a folder of
 * numbered pictures, {@link org.affect4j.video.AudioTrack} its sound.
 */
package org.affect4j.video;
