/** Feedback after training: a durable log of events, and each user's items. */
@NullMarked
package org.mineral.app.serve.feedback;

import org.jspecify.annotations.NullMarked;
