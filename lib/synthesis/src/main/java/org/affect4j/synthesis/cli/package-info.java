/** The command line {@code affect4j-synth}. */
package org.affect4j.synthesis.cli;
