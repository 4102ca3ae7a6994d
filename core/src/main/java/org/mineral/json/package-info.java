/** Reading and writing JSON: documents that may be damaged or hostile, records, and nothing of what they mean. */
@NullMarked
package org.mineral.json;

import org.jspecify.annotations.NullMarked;
