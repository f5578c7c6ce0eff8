/** Kinds of picture files and what their first bytes tell; for this library alone. */
package org.affect4j.image.internal;
