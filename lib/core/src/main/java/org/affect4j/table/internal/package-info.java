/** Text files as programs write them, for this module alone. */
package org.affect4j.table.internal;
