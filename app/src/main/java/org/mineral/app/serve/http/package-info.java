/** HTTP over the services: routes, checks of what comes in, limits, errors, metrics. One class an endpoint. */
@NullMarked
package org.mineral.app.serve.http;

import org.jspecify.annotations.NullMarked;
