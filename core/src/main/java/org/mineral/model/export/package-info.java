/** Exports vectors to formats of other software, and imports them. */
@Experimental
@NullMarked
package org.mineral.model.export;

import org.jspecify.annotations.NullMarked;
import org.mineral.config.Experimental;
