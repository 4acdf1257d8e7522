package discreet.history;

/**
 * Marks ratings in the form that Discreet's own files have, with text ids, finite ratings and times in
 * milliseconds.
 */
public final class NormalForm {
    /**
     * Key of the mark in the metadata that Spark keeps with a column. A marked time is taken as milliseconds.
     */
    public static final String MARK = "discreet.ratings";

    private NormalForm() {}
}
