/** Compound expressions, two basic expressions at once, recognised without training on them. */
package org.affect4j.compound;
