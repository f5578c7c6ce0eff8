/**
 * One table for everything that is said of faces: what a network read, what people labelled, what
 * another tool measured. {@link org.affect4j.table.FaceColumns} lists its columns.
 */
package org.affect4j.table;
