/** Requests, parameters, replies, errors and metrics of endpoints. */
@NullMarked
package org.mineral.app.serve.http.api;

import org.jspecify.annotations.NullMarked;
