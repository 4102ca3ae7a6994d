package org.mineral.comparisons;

import java.util.function.Consumer;

/** Other software that Mineral is measured beside. */
interface Baseline {

    /** Measures both under these conditions; each line goes to the table as soon as it is known. */
    void measure(Conditions conditions, Consumer<Measurement> table);
}
