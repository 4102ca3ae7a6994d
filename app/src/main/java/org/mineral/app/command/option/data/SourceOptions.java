package org.mineral.app.command.option.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mineral.app.table.SqlSource;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.data.read.DataFiles;
import org.mineral.data.read.Datasets;
import org.mineral.data.rows.ReadOptions;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Where interactions come from: files, a query over files, or a database. */
public final class SourceOptions {

    @Parameters(
            paramLabel = "DATA",
            arity = "0..*",
            description = "Files, patterns of files, a directory, or a database, jdbc:... (user and password also "
                    + "from MINERAL_DB_USER and MINERAL_DB_PASSWORD). With --sql, files are the table 'data'.")
    List<String> data = new ArrayList<>();

    @Option(names = "--sql", paramLabel = "QUERY", description = "A query whose rows are the interactions.")
    @Nullable
    String sql;

    /**
     * Reads them.
     *
     * @param name of the data, if they are several files
     * @param columns that options name, which a query has to give
     * @throws InputException if there is nothing to read, or a database without a query
     */
    public Dataset read(String name, Set<String> columns, ReadOptions options) throws IOException {
        List<String> databases =
                data.stream().filter(source -> source.startsWith("jdbc:")).toList();
        if (!databases.isEmpty() && (data.size() > 1 || sql == null)) {
            throw new InputException("a database is one DATA, with a query: --sql \"select ...\".");
        }
        if (sql != null) {
            SqlSource source = databases.isEmpty()
                    ? SqlSource.ofFiles(sql, files(), columns)
                    : SqlSource.ofDatabase(sql, databases.get(0));
            return Datasets.read("--sql", source, options);
        }
        if (data.isEmpty()) {
            throw new InputException(
                    "nothing to import; name files, a directory or a database, or give a query (--sql).");
        }
        return data.size() == 1 ? Datasets.read(data.get(0), options) : Datasets.read(name, files(), options);
    }

    private List<Path> files() {
        List<Path> files = new ArrayList<>();
        for (String source : data) {
            DataFiles.of(Path.of(source)).values().forEach(files::addAll);
        }
        return files;
    }
}
