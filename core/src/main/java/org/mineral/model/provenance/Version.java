package org.mineral.model.provenance;

/** Mineral's version, as stored in models. A test compares it with {@code .mvn/maven.config}, where all modules have it from. */
public final class Version {

    public static final String CURRENT = "0.1.0";

    private Version() {}
}
