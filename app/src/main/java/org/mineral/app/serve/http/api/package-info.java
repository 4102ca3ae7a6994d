/** What an endpoint is made of: requests, parameters, replies, errors, metrics. */
@NullMarked
package org.mineral.app.serve.http.api;

import org.jspecify.annotations.NullMarked;
