package org.mineral.linalg.simd;

import org.mineral.linalg.Kernels;

/** The three products of an epoch for vectors of one padded dimension; {@link Kernels} says what each argument is. */
interface Products {

    /** The padded dimension. */
    int dimension();

    /** One panel for a tile of users. */
    void scores(float[] users, int uo, float[] packed, int po, float[] out, int oo, int rowStride);

    /** {@code to[r] += sum_j g[r][j] items[j]} for a tile of users. */
    void accumulateUsers(float[] g, int go, int n, int panelStride, float[] items, int io, float[] to, int too);

    /** {@code to[j] += sum_u g[u][j] users[u]} for a panel of items; returns what keeps alive the loads that only touch memory. */
    float accumulateItems(float[] g, int go, int count, float[] users, int uo, float[] to, int too, int ahead);
}
