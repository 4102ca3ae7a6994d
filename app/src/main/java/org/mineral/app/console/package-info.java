/** The streams of a command, and text as a shell takes it. */
@NullMarked
package org.mineral.app.console;

import org.jspecify.annotations.NullMarked;
