package discreet.cli.evaluate;

/** Formats the result of an evaluation, for people and for programs. */
interface EvaluationReport {
    /** Returns lines for a terminal. */
    String text();

    /** Returns one JSON object on one line. */
    String json();
}
