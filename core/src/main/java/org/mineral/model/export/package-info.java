/** Exports vectors to formats of other software, and imports them. */
@NullMarked
package org.mineral.model.export;

import org.jspecify.annotations.NullMarked;
