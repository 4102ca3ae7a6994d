package org.mineral.model.attributes;

import java.util.Locale;
import java.util.Optional;
import org.mineral.config.InputException;
import org.mineral.data.IdMap;

/**
 * The vectors of attributes of a model.
 *
 * @param users empty if nothing is known of users
 * @param items empty if nothing is known of items
 */
public record AttributeTables(Optional<AttributeVectors> users, Optional<AttributeVectors> items) {

    /** No attributes. */
    public static final AttributeTables NONE = new AttributeTables(Optional.empty(), Optional.empty());

    /** Whether there are none. */
    public boolean isEmpty() {
        return users.isEmpty() && items.isEmpty();
    }

    /** @throws InputException if they are of other numbers of users or items, or vectors have not d numbers */
    public void check(int users, int items, int d) {
        this.users.ifPresent(side -> check("users", side, users, d));
        this.items.ifPresent(side -> check("items", side, items, d));
    }

    private static void check(String what, AttributeVectors side, int rows, int d) {
        if (side.attributes().rows() != rows || side.vectors().columns() != d) {
            throw new InputException(String.format(
                    Locale.ROOT,
                    "attributes of %,d %s with vectors of %d numbers; the model has %,d %s and %d numbers.",
                    side.attributes().rows(),
                    what,
                    side.vectors().columns(),
                    rows,
                    what,
                    d));
        }
    }

    /** The same for a model with other indices. */
    public AttributeTables in(IdMap users, IdMap items, IdMap otherUsers, IdMap otherItems) {
        return new AttributeTables(
                this.users.map(side -> side.in(users, otherUsers)), this.items.map(side -> side.in(items, otherItems)));
    }
}
