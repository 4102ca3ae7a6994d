/** The targets of lists, and what may be in them. */
@NullMarked
package org.mineral.app.command.option.ranking;

import org.jspecify.annotations.NullMarked;
