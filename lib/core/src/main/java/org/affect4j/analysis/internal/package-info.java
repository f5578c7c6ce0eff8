/** What the command line needs of the analysis besides. */
package org.affect4j.analysis.internal;
