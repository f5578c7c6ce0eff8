/** The pipeline: a photo becomes faces, faces become behaviour, behaviour becomes a table. */
package org.affect4j.analysis;
