/**
 * A Jupyter kernel for Java.
 *
 * <p>It keeps the contract of the IJava kernel (magics, {@code display}, environment variables), so
 * that a notebook runs unchanged on either, and adds what a long analysis needs: cells that can be
 * interrupted without losing the session, errors that name the line of the cell, and a start that
 * does not depend on timing.
 *
 * <p>Threads: one reads the shell channel and compiles; each statement of a cell runs on a thread
 * of its own, which is the only one that an interrupt may end; one thread alone writes to the
 * publish socket, so ending a cell can never leave half a message on the wire.
 */
package org.affect4j.kernel;
