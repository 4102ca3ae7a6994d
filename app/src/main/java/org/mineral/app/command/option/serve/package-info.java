/** Options of the server. */
@NullMarked
package org.mineral.app.command.option.serve;

import org.jspecify.annotations.NullMarked;
