package org.mineral.data.attributes;

import java.nio.file.Path;
import org.mineral.config.InputException;
import org.mineral.data.text.DataErrors;

/** Where rows stand, for errors about them. */
interface RowPlaces {

    /** What holds the rows. */
    String name();

    /** An error about a row. */
    InputException error(long line, String id, String found, String allowed, String advice);

    /** Of an earlier row, to follow its id. */
    String earlier(long line);

    /** Lines of a file. */
    static RowPlaces of(Path file) {
        return new RowPlaces() {
            @Override
            public String name() {
                return file.toString();
            }

            @Override
            public InputException error(long line, String id, String found, String allowed, String advice) {
                return DataErrors.at(file, line, found, allowed, advice);
            }

            @Override
            public String earlier(long line) {
                return ", as in line " + line;
            }
        };
    }

    /** Rows of a table, which are known by their ids. */
    static RowPlaces of(String table) {
        return new RowPlaces() {
            @Override
            public String name() {
                return table;
            }

            @Override
            public InputException error(long line, String id, String found, String allowed, String advice) {
                return new InputException(table + ", the row of " + DataErrors.quote(id) + ": found " + found
                        + "; allowed: " + allowed + "; " + advice);
            }

            @Override
            public String earlier(long line) {
                return "";
            }
        };
    }
}
