/** JSON documents that the command line and the server write. */
@NullMarked
package org.mineral.app.json;

import org.jspecify.annotations.NullMarked;
