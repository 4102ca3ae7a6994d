/** What surrounds a verb: arguments and files of options before it, messages of failures and exit codes after it. */
@NullMarked
package org.mineral.app.cli;

import org.jspecify.annotations.NullMarked;
