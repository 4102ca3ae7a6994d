package org.mineral.data.write;

/** The output formats of interactions. */
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

    /** The extension of written files; readers detect the format by content. */
    public String extension() {
        return extension;
    }
}
