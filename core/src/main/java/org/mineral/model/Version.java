package org.mineral.model;

/** Mineral's own version, as it is written into models. A test holds it equal to the version in {@code pom.xml}. */
public final class Version {

    public static final String CURRENT = "0.1.0";

    private Version() {}
}
