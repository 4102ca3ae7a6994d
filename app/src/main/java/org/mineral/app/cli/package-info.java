/** From the arguments to a verb and from its failure to a message: files of options, hints, exit codes. */
@NullMarked
package org.mineral.app.cli;

import org.jspecify.annotations.NullMarked;
