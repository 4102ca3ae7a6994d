/** Options that several verbs share. */
@NullMarked
package org.mineral.app.command.option;

import org.jspecify.annotations.NullMarked;
