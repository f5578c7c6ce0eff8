/** How values make themselves known to a notebook, for this module alone. */
package org.affect4j.face.internal;
