package org.mineral.loss;

import java.util.List;

/** Mineral's own losses, without those of the examples on the test class path. */
public final class OwnLosses {

    private OwnLosses() {}

    public static List<String> names() {
        return Losses.names().stream()
                .filter(name -> Losses.recordOf(name).getName().startsWith("org.mineral.loss."))
                .toList();
    }
}
