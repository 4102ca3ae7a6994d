package org.mineral.model.provenance;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mineral.linalg.Kernels;

/**
 * The software that made a model.
 *
 * @param mineral version of Mineral
 * @param jdk version of Java
 * @param kernel name of the kernels
 */
public record SoftwareProvenance(
        @Nullable String mineral,
        @Nullable String jdk,
        @Nullable String kernel) implements ProvenancePart {

    /** Says nothing. */
    public static final SoftwareProvenance NONE = new SoftwareProvenance(null, null, null);

    /** This version of Mineral in this process, with these kernels. */
    public static SoftwareProvenance here(Kernels kernels) {
        return new SoftwareProvenance(Version.CURRENT, Runtime.version().toString(), kernels.name());
    }

    @Override
    public Map<String, Object> facts() {
        return new FactWriter()
                .put("mineral", mineral)
                .put("jdk", jdk)
                .put("kernel", kernel)
                .facts();
    }

    static SoftwareProvenance read(FactReader facts) {
        return new SoftwareProvenance(facts.text("mineral"), facts.text("jdk"), facts.text("kernel"));
    }
}
