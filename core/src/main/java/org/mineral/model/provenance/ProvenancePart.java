package org.mineral.model.provenance;

import java.util.Map;

/** A group of facts about a model's making. A component that is null, false or empty says nothing. Immutable. */
public sealed interface ProvenancePart
        permits DataProvenance,
                TrainerProvenance,
                SelectionProvenance,
                EnsembleProvenance,
                UpdateProvenance,
                SoftwareProvenance {

    /** What it says, under the names of {@code model.json}. */
    Map<String, Object> facts();
}
