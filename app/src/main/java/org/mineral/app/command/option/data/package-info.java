/** How data are read, cleaned or generated. */
@NullMarked
package org.mineral.app.command.option.data;

import org.jspecify.annotations.NullMarked;
