/** The verbs of {@code mineral data}. */
@NullMarked
package org.mineral.app.command.data;

import org.jspecify.annotations.NullMarked;
