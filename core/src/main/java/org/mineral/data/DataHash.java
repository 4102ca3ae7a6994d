package org.mineral.data;

import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 over a data set's ids and pairs, every list preceded by its length so that no two contents read the same. */
final class DataHash {

    private final MessageDigest digest;

    private DataHash() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK must have it
        }
    }

    static String of(Dataset data) {
        DataHash hash = new DataHash();
        hash.add(data.users());
        hash.add(data.items());
        for (Interactions part : new Interactions[] {data.train(), data.valid(), data.test()}) {
            hash.add(part.offsets());
            hash.add(part.columns());
        }
        return HexFormat.of().formatHex(hash.digest.digest());
    }

    private void add(IdMap ids) {
        add(new int[] {ids.size()});
        for (String id : ids.ids()) {
            byte[] text = id.getBytes(StandardCharsets.UTF_8);
            digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, text.length));
            digest.update(text);
        }
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
