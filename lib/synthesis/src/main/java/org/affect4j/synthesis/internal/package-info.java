/**
 * What draws the faces. Nothing in here and below is for other modules, and all of it may change:
 * the random numbers and the tables that its packages share lie here.
 */
package org.affect4j.synthesis.internal;
