/** The library's networks as models of the Deep Java Library (DJL). */
package org.affect4j.djl;
