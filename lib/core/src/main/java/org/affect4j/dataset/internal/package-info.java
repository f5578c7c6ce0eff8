/** What loaders and evaluation share, and nobody else. */
package org.affect4j.dataset.internal;
