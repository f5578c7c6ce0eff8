/** Data and figures of light heads. For the training module alone. */
package org.affect4j.training.head.internal;
