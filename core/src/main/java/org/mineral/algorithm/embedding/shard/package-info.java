/** Training in parts: shards of users step their own users and sum the items' derivatives, one place steps the items. */
@NullMarked
package org.mineral.algorithm.embedding.shard;

import org.jspecify.annotations.NullMarked;
