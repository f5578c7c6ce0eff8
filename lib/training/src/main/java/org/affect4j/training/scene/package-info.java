/**
 * Pictures to train a detector with, composed while it trains: faces, rendered heads and things
 * that are no faces on backgrounds without faces, with exact boxes and landmarks.
 */
package org.affect4j.training.scene;
