package discreet.statement;

import java.util.List;

/**
 * Says in words what is promised and what is not. Every statement uses these texts. The proofs are in
 * docs/design/privacy.md, and a sentence here changes together with them.
 */
public final class Guarantee {

    /** Says what is protected as one unit. */
    public static final String UNIT = "One account, with everything that was rated in it, however much that is.";

    /** Defines the neighbour relation that prices are for. */
    public static final String ADDED_OR_REMOVED =
            "Two data sets are neighbours if one has all rows of one account and the other has none of them, and all "
                    + "else is equal (unbounded differential privacy).";

    /** Says what replacing one account costs. */
    public static final String REPLACED =
            "One account replaced by another is a stronger relation (bounded differential privacy). A training to "
                    + "make lists then costs at most twice the rho, because its sums have no negative entry or leave "
                    + "the diagonal out. Delta charged for item ids counts twice. A training to predict ratings is "
                    + "counted four times. An evaluation of r metrics is counted 4 r / (r + 4) times, and twice at "
                    + "least. Any other release is counted four times, which is at least what it costs.";

    /** Says whom people trust, and why lists are covered (joint differential privacy). */
    public static final String TRUST =
            "The operator holds the ratings and is trusted with them (central model). Everybody else sees only what "
                    + "was released. Lists are made from the released model and their owner's own history. So the "
                    + "model and all lists of others are together differentially private in your rows. This is joint "
                    + "differential privacy, by the billboard lemma.";

    /** Says what noise is added, and by which software. */
    public static final String MECHANISM =
            "Sums of integers over people get exact discrete Gaussian noise (Canonne, Kamath and Steinke, 2020), by "
                    + "OpenDP 0.16.0 with OpenSSL's random numbers and no seed. Items that are not listed in public "
                    + "are selected privately (private partition selection). Each item's sum gets noise, and only the "
                    + "items whose noisy sum is above a threshold come out, with that sum. Part of delta is charged "
                    + "for the chance that an item of one account alone does.";

    /** Says how one account's influence is bounded. */
    public static final String SENSITIVITY =
            "How much one account can move a vector is bounded before noise is added, in integer arithmetic. Rows are "
                    + "capped, and the Euclidean norm of the rest is enforced, not assumed.";

    /** Says how the costs of releases add up. */
    public static final String COMPOSITION =
            "rho adds up over all vectors of all releases, and so does delta charged for item ids, also where later "
                    + "releases depend on earlier results (zero-concentrated differential privacy, adaptive "
                    + "composition). Releases on disjoint groups of people, drawn by a public hash of the account's "
                    + "id, count with the dearest group. OpenDP converts the sum of rho to epsilon at the part of "
                    + "delta that is not set apart for item ids. The cap holds however releases are chosen. The sum "
                    + "so far holds only if results did not decide how much to spend.";

    /** Lists what is computed from released values at no cost. */
    public static final String POST_PROCESSING =
            "Choosing the most popular items, scaling, removing noise from the matrix by shrinking its spectrum, "
                    + "lists and related items are all computed from released values, or from a person's own history "
                    + "for that person.";

    /** Says what a model contains. */
    public static final String MODEL_HOLDS =
            "The model holds the catalogue, which is public or was released, released numbers about items and pairs "
                    + "of items, and public parameters. It holds no profile of anybody, no account and no rating.";

    /** Says what a person's list is computed from. */
    public static final String LISTS =
            "A person's list is computed from that person's own history and the released model, and from nobody "
                    + "else's rows.";

    /** Says what happens to rows that are not usable. */
    public static final String ROWS =
            "Rows that are malformed, unknown or empty are left out silently, by rules that look at one account "
                    + "alone. They are neither counted nor reported.";

    /** Lists what is inside the operator's boundary. */
    public static final List<String> OPERATOR_SEES = List.of(
            "All ratings: the input files, and what the machines that train hold in memory and in temporary files.",
            "Exact sums, until noise is added to them.",
            "Each person's own list, on its way to that person.");

    /** Lists what is not protected, as docs/design/privacy.md does. */
    public static final List<String> NOT_PROTECTED = List.of(
            "Anything from the operator, who has the ratings, or from anybody who breaks into the operator's machines.",
            "How long the computing took, and the fact that it took place: when, with which settings, at what price.",
            "The catalogue of items where it is listed, because then it is public.",
            "Several accounts of one person: each is protected by itself, and together they show more. Three cost "
                    + "nine times the rho, and more than three times the part of delta that selects item ids "
                    + "privately.",
            "Several people behind one account: they count as one, together.",
            "People who are in two such groups (populations): each has a limit of its own, and nobody adds them up.",
            "What others' ratings tell: if your friends' tastes tell yours, a model of your friends tells something "
                    + "about you, with or without you.",
            "What is true of everybody: that people who like one thing like another is learned on purpose.",
            "A list that is shown to others: it tells about its owner's history.",
            "Exact figures about data that the operator declared public.");

    private Guarantee() {}
}
