/** Tables of faces as Parquet: {@code affect4j analyze … -o faces.parquet}. */
package org.affect4j.parquet;
