package discreet.cli.shared;

/** States the version of this build, for documents and {@code --version}. */
public final class Version {
    public static final String NUMBER = "0.1.0";

    private Version() {}

    /** Names the software that made a document. */
    public static String software() {
        return "Discreet " + NUMBER;
    }
}
