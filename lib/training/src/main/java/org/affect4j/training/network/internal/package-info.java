/** The form in which arrays are kept in files. */
package org.affect4j.training.network.internal;
