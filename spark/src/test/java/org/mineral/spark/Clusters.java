package org.mineral.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.spark.SparkEnv;
import org.apache.spark.network.util.JavaUtils;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.BlockId;
import org.apache.spark.storage.BlockManager;
import org.apache.spark.storage.BlockResult;
import org.apache.spark.storage.BroadcastBlockId;
import org.mineral.data.Interactions;
import org.mineral.data.synthetic.SyntheticData;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/** Sessions of the tests, and data with a known truth. */
final class Clusters {

    static final SyntheticData TASTES = SyntheticData.generate(SyntheticData.Options.DEFAULTS
            .with("users", 500)
            .with("items", 300)
            .with("tastes", 8)
            .with("activity", 25));

    private Clusters() {}

    /** Executors of their own process, each with one core and the class path of the tests. */
    static SparkSession processes(int executors, Path scratch) {
        return processes(executors, scratch, "512m");
    }

    /** @param memory of each executor */
    static SparkSession processes(int executors, Path scratch, String memory) {
        Path home = Path.of(System.getenv("SPARK_HOME"));
        try {
            Files.createDirectories(home.resolve("jars"));
            Files.writeString(home.resolve("RELEASE"), "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return session(
                String.format(Locale.ROOT, "local-cluster[%d,1,%d]", executors, JavaUtils.byteStringAsMb(memory)),
                scratch,
                memory);
    }

    static SparkSession threads(Path scratch) {
        return session("local[2]", scratch, "512m");
    }

    /** Classes of Mineral's whose objects are broadcast, once none but these is left or after half a minute. */
    static Set<String> broadcasts(String... kept) {
        long began = System.nanoTime();
        Set<String> found = broadcasts();
        while (!Set.of(kept).containsAll(found) && System.nanoTime() - began < TimeUnit.SECONDS.toNanos(30)) {
            // Spark destroys in another thread.
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            found = broadcasts();
        }
        return found;
    }

    private static Set<String> broadcasts() {
        BlockManager blocks = SparkEnv.get().blockManager();
        Set<String> found = new HashSet<>();
        for (BlockId id : CollectionConverters.asJava(blocks.getMatchingBlockIds(BlockId::isBroadcast))) {
            // Pieces of objects are bytes.
            boolean whole = id instanceof BroadcastBlockId broadcast
                    && broadcast.field().isEmpty();
            Option<BlockResult> values = whole ? blocks.getLocalValues(id) : Option.empty();
            // To their end, which releases the block.
            while (values.isDefined() && values.get().data().hasNext()) {
                String name = values.get().data().next().getClass().getName();
                if (name.startsWith("org.mineral.")) {
                    found.add(name);
                }
            }
        }
        return found;
    }

    private static SparkSession session(String master, Path scratch, String memory) {
        SparkSession spark = SparkSession.builder()
                .master(master)
                .appName("mineral tests")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.executor.memory", memory)
                .config("spark.executor.extraClassPath", System.getProperty("java.class.path"))
                // A machine with other work keeps executors waiting.
                .config("spark.network.timeout", "600s")
                .config("spark.sql.shuffle.partitions", "2")
                .config("spark.sql.warehouse.dir", scratch.resolve("warehouse").toString())
                .config("spark.local.dir", scratch.toString())
                .getOrCreate();
        spark.sparkContext().setLogLevel("WARN");
        return spark;
    }

    /** Pairs of ids such as u7 and i12. */
    static Dataset<Row> frame(SparkSession spark, Interactions pairs) {
        List<Row> rows = new ArrayList<>();
        for (int u = 0; u < pairs.users(); u++) {
            for (int item : pairs.row(u)) {
                rows.add(RowFactory.create("u" + u, "i" + item));
            }
        }
        return spark.createDataFrame(
                rows, new StructType().add("user", DataTypes.StringType).add("item", DataTypes.StringType));
    }
}
