/** Random numbers and tables that the packages of the renderer share; nothing here is for users. */
package org.affect4j.synthesis.internal.common;
