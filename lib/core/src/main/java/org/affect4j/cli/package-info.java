/** The command line {@code affect4j}: analyse photos, measure the machine, look after models. */
package org.affect4j.cli;
