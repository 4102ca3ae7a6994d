/** One class for each endpoint. */
@NullMarked
package org.mineral.app.serve.http.endpoint;

import org.jspecify.annotations.NullMarked;
