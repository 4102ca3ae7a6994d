package org.mineral.spark;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.mineral.linalg.Matrix;

/** Numbers in a binary column: read at once, where an array column makes an object of each. Little-endian. */
final class Bytes {

    private Bytes() {}

    static byte[] of(float[] values, int from, int n) {
        ByteBuffer buffer = ByteBuffer.allocate(n * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        buffer.asFloatBuffer().put(values, from, n);
        return buffer.array();
    }

    static byte[] row(Matrix matrix, int row) {
        return of(matrix.values(), matrix.offset(row), matrix.columns());
    }

    static float[] floats(byte[] bytes) {
        float[] values = new float[bytes.length / Float.BYTES];
        floats(bytes, values, 0);
        return values;
    }

    /** Floats into an array from a place on. */
    static void floats(byte[] bytes, float[] values, int from) {
        ByteBuffer.wrap(bytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(values, from, bytes.length / Float.BYTES);
    }

    static byte[] of(int[] values, int from, int n) {
        ByteBuffer buffer = ByteBuffer.allocate(n * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        buffer.asIntBuffer().put(values, from, n);
        return buffer.array();
    }

    static int[] ints(byte[] bytes) {
        int[] values = new int[bytes.length / Integer.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(values);
        return values;
    }

    static float dot(byte[] a, byte[] b) {
        float[] x = floats(a);
        float[] y = floats(b);
        double sum = 0;
        for (int k = 0; k < x.length; k++) {
            sum += (double) x[k] * y[k];
        }
        return (float) sum;
    }
}
