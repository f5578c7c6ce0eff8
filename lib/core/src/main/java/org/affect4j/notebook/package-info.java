/**
 * Shows results in a notebook, whichever Java kernel runs it, and on a terminal where none does.
 *
 * <p>The kernel is found by reflection: neither it nor Jupyter is needed to compile or to run.
 */
package org.affect4j.notebook;
