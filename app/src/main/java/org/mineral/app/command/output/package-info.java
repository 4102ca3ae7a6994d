/** Output of verbs. */
@NullMarked
package org.mineral.app.command.output;

import org.jspecify.annotations.NullMarked;
