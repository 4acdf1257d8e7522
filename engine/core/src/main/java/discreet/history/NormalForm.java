package discreet.history;

/** The form that ratings take in Discreet's own files: text ids, finite ratings, times in milliseconds. */
public final class NormalForm {
    /** Key that marks columns in this form, in the metadata that Spark keeps with them. Marked times are not looked at again. */
    public static final String MARK = "discreet.ratings";

    private NormalForm() {}
}
