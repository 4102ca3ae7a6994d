/** What people did after training: events in a log that survives everything, and each user's items of them. */
@NullMarked
package org.mineral.app.serve.feedback;

import org.jspecify.annotations.NullMarked;
