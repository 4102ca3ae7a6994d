package org.mineral.model.provenance;

/** Mineral's version, as stored in models. A test compares it with {@code pom.xml}. */
public final class Version {

    public static final String CURRENT = "0.1.0";

    private Version() {}
}
