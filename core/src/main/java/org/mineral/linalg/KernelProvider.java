package org.mineral.linalg;

import java.lang.module.ModuleFinder;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the kernels of this JVM: SIMD where the module jdk.incubator.vector is present, scalar otherwise. The SIMD
 * class is reached by name only, so that nothing links to the module where it is absent.
 *
 * <p>If scalar kernels are used without having been requested, a warning of the {@link System.Logger} {@value #LOGGER} says once how to start
 * Java.
 */
public final class KernelProvider {

    /** The logger of the warning. */
    public static final String LOGGER = "org.mineral";

    private static final String MODULE = "jdk.incubator.vector";
    private static final String OFF = "mineral.scalar";
    private static final String SCALAR_ARE_SLOW = "Scalar kernels, many times slower than SIMD. ";

    /**
     * @param simd null if this JVM cannot run them
     * @param reason why there are none, and what to do; empty if there are
     * @param wanted whether scalar kernels were requested
     */
    private record Choice(@Nullable Kernels simd, String reason, boolean wanted) {}

    private static final Kernels SCALAR = new ScalarKernels();
    private static final Choice CHOICE = choose();
    private static final AtomicBoolean TOLD = new AtomicBoolean(CHOICE.simd != null || CHOICE.wanted);

    private KernelProvider() {}

    /** SIMD if this JVM has it, otherwise scalar. */
    public static Kernels best() {
        if (!TOLD.get() && !TOLD.getAndSet(true)) {
            System.getLogger(LOGGER).log(System.Logger.Level.WARNING, CHOICE.reason);
        }
        return vector().orElse(SCALAR);
    }

    public static Kernels scalar() {
        return SCALAR;
    }

    /** The SIMD kernels, if this JVM can run them. */
    public static Optional<Kernels> vector() {
        return Optional.ofNullable(CHOICE.simd);
    }

    /** Why there are no SIMD kernels, and how to get them; empty if there are some. */
    public static Optional<String> shortcoming() {
        return CHOICE.reason.isEmpty() ? Optional.empty() : Optional.of(CHOICE.reason);
    }

    private static Choice choose() {
        if (Boolean.getBoolean(OFF)) {
            return new Choice(null, SCALAR_ARE_SLOW + "They were chosen by -D" + OFF + "=true.", true);
        }
        if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
            return none(
                    ModuleFinder.ofSystem().find(MODULE).isPresent()
                            ? "Start Java with --add-modules " + MODULE + "."
                            : "This Java lacks the module " + MODULE
                                    + "; run on a JDK, which has it, with --add-modules " + MODULE + ".");
        }
        try {
            Class<?> type = Class.forName("org.mineral.linalg.simd.VectorKernels");
            return new Choice((Kernels) type.getDeclaredConstructor().newInstance(), "", false);
        } catch (ReflectiveOperationException | LinkageError e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            return none("The vector kernels do not run on Java " + Runtime.version() + ": " + cause + ".");
        }
    }

    private static Choice none(String because) {
        return new Choice(null, SCALAR_ARE_SLOW + because, false);
    }
}
