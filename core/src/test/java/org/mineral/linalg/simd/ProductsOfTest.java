package org.mineral.linalg.simd;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mineral.linalg.KernelProvider;

class ProductsOfTest {

    @BeforeEach
    void simd() {
        Assumptions.assumeTrue(
                KernelProvider.vector().isPresent(),
                () -> KernelProvider.shortcoming().orElse(""));
    }

    @Test
    void eachDimensionHasItsOwnAndKeepsIt() {
        Products of64 = ProductsOf.dimension(64);
        Products of128 = ProductsOf.dimension(128);
        assertThat(of64.dimension()).isEqualTo(64);
        assertThat(of128.dimension()).isEqualTo(128);
        assertThat(ProductsOf.dimension(64)).isSameAs(of64);
        assertThat(ProductsOf.dimension(128)).isSameAs(of128);
    }
}
