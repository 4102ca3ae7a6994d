package org.mineral.linalg;

import java.util.Optional;

/**
 * Chooses the kernels of this JVM: SIMD where the module jdk.incubator.vector is present, scalar otherwise. The SIMD
 * class is reached by name only, so that nothing links to the module where it is absent.
 */
public final class KernelProvider {

    private static final Kernels SCALAR = new ScalarKernels();
    private static final Optional<Kernels> VECTOR = load();

    private KernelProvider() {}

    /** SIMD if this JVM has it, otherwise scalar. */
    public static Kernels best() {
        return VECTOR.orElse(SCALAR);
    }

    public static Kernels scalar() {
        return SCALAR;
    }

    /** The SIMD kernels, if this JVM can run them. */
    public static Optional<Kernels> vector() {
        return VECTOR;
    }

    /** For people: what was chosen, and the flag that would make it faster. */
    public static String explanation() {
        return VECTOR.map(Kernels::name)
                .orElse("scalar kernels (slow): start Java with --add-modules jdk.incubator.vector for SIMD");
    }

    private static Optional<Kernels> load() {
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty() || Boolean.getBoolean("mineral.scalar")) {
            return Optional.empty();
        }
        try {
            Class<?> type = Class.forName("org.mineral.linalg.VectorKernels");
            return Optional.of((Kernels) type.getDeclaredConstructor().newInstance());
        } catch (ReflectiveOperationException | LinkageError e) {
            return Optional.empty();
        }
    }
}
