/** What verbs print and write. */
@NullMarked
package org.mineral.app.command.output;

import org.jspecify.annotations.NullMarked;
