package org.mineral.data.write;

/** The formats in which interactions are written. */
public enum DataFormat {
    /** {@code user,item[,rating][,timestamp]} with header or without; also separated by tab, ; or ::. */
    CSV("csv"),
    /** {@code user item item ...} a line. */
    LIGHTGCN("txt"),
    /** RecBole: tab-separated, header {@code user_id:token item_id:token ...}. */
    INTER("inter");

    private final String extension;

    DataFormat(String extension) {
        this.extension = extension;
    }

    /** Of the files that are written; files are recognised by their content. */
    public String extension() {
        return extension;
    }
}
