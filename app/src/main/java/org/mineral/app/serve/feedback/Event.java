package org.mineral.app.serve.feedback;

import org.mineral.config.InputException;
import org.mineral.data.text.IdText;

/**
 * An interaction of a user with an item.
 *
 * @param id chosen by the client: an event that is sent again counts once
 * @param user any id, known to the model or not
 * @param item any id, known to the model or not: the next model may know it
 * @param weight above 0
 */
public record Event(String id, String user, String item, double weight) {

    public static final int LONGEST_ID = 512;
    public static final double LARGEST_WEIGHT = 1000;

    public Event {
        checkId("event", id);
        checkId("user", user);
        checkId("item", item);
        if (!(weight > 0 && weight <= LARGEST_WEIGHT)) {
            throw new InputException("weight = " + weight + " is out of range; allowed: above 0, at most 1000.");
        }
    }

    static void checkId(String what, String id) {
        if (id.isBlank() || id.length() > LONGEST_ID) {
            throw new InputException(what + " is an id of " + id.length() + " characters"
                    + (id.isBlank() ? ", all of them blank" : "") + "; allowed: 1 to " + LONGEST_ID + ", not blank.");
        }
        String fault = IdText.fault(id, "id");
        if (fault != null) {
            throw new InputException(what + ": found " + fault + "; allowed: Unicode characters but NUL.");
        }
    }
}
