/** The HTTP server: routes on a port, limits, keys, warm-up. */
@NullMarked
package org.mineral.app.serve.http;

import org.jspecify.annotations.NullMarked;
