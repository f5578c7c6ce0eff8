/** The command line of the training module. */
package org.affect4j.training.cli;
