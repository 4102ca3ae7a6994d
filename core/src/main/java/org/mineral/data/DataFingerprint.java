package org.mineral.data;

import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Identifies data by SHA-256 over ids and pairs in order, every list preceded by its length so that different contents have different inputs.
 * Names, ratings, times and the file format are not part of it; attributes are if there are any.
 */
public final class DataFingerprint {

    private final MessageDigest digest;

    private DataFingerprint() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // Required of every JDK.
        }
    }

    /**
     * The fingerprint of a data set in three disjoint parts, each users x items: 64 hexadecimal digits. {@link Dataset#hash} is that of its
     * own parts.
     *
     * @param valid the validation part; empty if there is none
     * @param test the test part; empty if it is unknown, as for an imported model
     */
    public static String of(IdMap users, IdMap items, Interactions train, Interactions valid, Interactions test) {
        DataFingerprint fingerprint = new DataFingerprint();
        fingerprint.add(users);
        fingerprint.add(items);
        for (Interactions part : new Interactions[] {train, valid, test}) {
            fingerprint.add(part);
        }
        return HexFormat.of().formatHex(fingerprint.digest.digest());
    }

    /** Of the parts, as above, and of the attributes if there are any. */
    static String of(Dataset data) {
        String parts = of(data.users(), data.items(), data.train(), data.valid(), data.test());
        if (!data.hasAttributes()) {
            return parts;
        }
        DataFingerprint fingerprint = new DataFingerprint();
        fingerprint.digest.update(parts.getBytes(StandardCharsets.UTF_8));
        for (Attributes attributes : new Attributes[] {data.userAttributes(), data.itemAttributes()}) {
            fingerprint.add(attributes.names());
            fingerprint.add(attributes.x().entries());
            float[] values = attributes.x().values();
            int[] bits = new int[values.length];
            Arrays.setAll(bits, k -> Float.floatToIntBits(values[k]));
            fingerprint.add(bits);
        }
        return HexFormat.of().formatHex(fingerprint.digest.digest());
    }

    private void add(IdMap ids) {
        add(new int[] {ids.size()});
        for (String id : ids.ids()) {
            byte[] text = id.getBytes(StandardCharsets.UTF_8);
            digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, text.length));
            digest.update(text);
        }
    }

    private void add(Interactions pairs) {
        add(pairs.offsets());
        add(pairs.columns());
    }

    private void add(int[] values) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, values.length));
        ByteBuffer chunk = ByteBuffer.allocate(1 << 16);
        IntBuffer ints = chunk.asIntBuffer();
        for (int k = 0; k < values.length; k += ints.capacity()) {
            int count = Math.min(ints.capacity(), values.length - k);
            ints.clear().put(values, k, count);
            digest.update(chunk.clear().limit(count * Integer.BYTES));
        }
    }
}
