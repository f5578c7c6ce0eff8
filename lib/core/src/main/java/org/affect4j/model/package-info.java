/**
 * Models: which there are, where they come from, whether their bytes are the right ones, and how to
 * run them.
 */
package org.affect4j.model;
