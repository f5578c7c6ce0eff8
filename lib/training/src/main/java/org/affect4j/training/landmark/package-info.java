/** A network that looks at a found face once more and says where its landmarks lie. */
package org.affect4j.training.landmark;
