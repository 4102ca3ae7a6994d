package org.mineral.app.bench;

/** Without the vector module: eight chains of scalar multiply-adds, which hide each other's latency. */
final class ScalarRooflineLoops implements RooflineLoops {

    @Override
    public long operationsPerRound() {
        return 16;
    }

    @Override
    public float multiplyAdds(int rounds, float factor) {
        float a = 1;
        float b = 2;
        float c = 3;
        float d = 4;
        float e = 5;
        float f = 6;
        float g = 7;
        float h = 8;
        // Not Math.fma: where the processor has none, that is computed in decimals.
        for (int i = 0; i < rounds; i++) {
            a = a * factor + 1;
            b = b * factor + 1;
            c = c * factor + 1;
            d = d * factor + 1;
            e = e * factor + 1;
            f = f * factor + 1;
            g = g * factor + 1;
            h = h * factor + 1;
        }
        return a + b + c + d + e + f + g + h;
    }

    @Override
    public void update(float[] a, float factor, int from, int to) {
        for (int k = from; k < to; k++) {
            a[k] *= factor;
        }
    }
}
