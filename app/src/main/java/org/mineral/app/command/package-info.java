/** One class for each verb of the command line. */
@NullMarked
package org.mineral.app.command;

import org.jspecify.annotations.NullMarked;
