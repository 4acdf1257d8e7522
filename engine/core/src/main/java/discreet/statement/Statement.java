package discreet.statement;

import discreet.plan.ReleaseKind;
import discreet.privacy.Attacker;
import discreet.privacy.Budget;
import discreet.privacy.HashRange;
import discreet.privacy.PrivacyCost;
import discreet.privacy.Rho;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * States what was released about a population, what that costs each of its users, and what is promised. All
 * of it is public: every number is a parameter, a price or a released value.
 *
 * @param made when the statement was made
 * @param software the software that made it, with its version
 * @param population the population it is about
 * @param releases all releases of the population, or the one of a model, in the order in which they were
 *     reserved
 * @param loss the loss of these releases together
 * @param life the population's budget. Null where only a model is at hand, and {@code loss} is then the loss
 *     of one training
 * @param model the model that was given. Null if none was
 * @param operator what only the operator can say
 */
public record Statement(
        Instant made,
        String software,
        String population,
        List<Release> releases,
        Loss loss,
        @Nullable Life life,
        @Nullable Model model,
        Operator operator) {

    public Statement {
        releases = List.copyOf(releases);
    }

    /**
     * States a privacy loss under both neighbour relations.
     *
     * @param price for one account added or removed
     * @param replaced an upper bound for one account replaced by another
     * @param cap the population's, whose deltas epsilons are for
     */
    public record Loss(PrivacyCost price, PrivacyCost replaced, Budget cap) {

        /** Returns the loss of no release. */
        static Loss none(Budget cap) {
            return new Loss(PrivacyCost.NOTHING, PrivacyCost.NOTHING, cap);
        }

        /** Returns the population's delta, at which epsilons are given. */
        public double delta() {
            return cap.delta();
        }

        public double rho() {
            return price.rho().toDouble();
        }

        public double epsilon() {
            return cap.epsilon(price);
        }

        public double replacedEpsilon() {
            return cap.epsilonReplacingOne(replaced);
        }

        public double attackerAccuracy() {
            return Attacker.accuracy(price);
        }
    }

    /**
     * Describes one release, which is a training or an evaluation.
     *
     * @param at when its price was reserved, or, for a model alone, when its training was started
     * @param kind what it was made for
     * @param contribution how much of a user counted. Null if its parameters do not say
     * @param users the hash range of users whom it read and charged. Null means all
     * @param alone what it would cost on its own
     * @param increase how much the total grew; less than its price where it reads users who had paid less
     */
    public record Release(
            String id,
            Instant at,
            ReleaseKind kind,
            @Nullable Contribution contribution,
            @Nullable HashRange users,
            Loss alone,
            PrivacyCost increase,
            List<Vector> vectors) {

        public Release {
            vectors = List.copyOf(vectors);
        }
    }

    /**
     * Describes one vector of a release, which holds sums over users plus noise.
     *
     * @param charged all that was charged for it. Null where only the model is at hand, which does not say
     * @param charges how often it was charged, which is more than once if a run was killed while it might
     *     have been drawn
     * @param state {@code reserved}, {@code drawn}, {@code sealed} or {@code given back}
     */
    public record Vector(String name, @Nullable PrivacyCost charged, int charges, String state) {}

    /**
     * Says how much of a user counts at most.
     *
     * @param minRating rows with lower ratings are left out; negative infinity keeps every row
     */
    public record Contribution(double minRating, int maxItemsPerUser) {}

    /**
     * States the budget of a population over its whole life.
     *
     * @param capRho the largest rho that the cap admits
     * @param epsilonLeft the largest epsilon that one more release can ask for
     * @param chainHead hash of the ledger's latest row; keeping it shows later that no row was taken away
     * @param holdsModel whether the ledger has the row that the model came from. Null if no model is given
     */
    public record Life(
            Budget cap,
            Rho capRho,
            Instant openedAt,
            boolean closed,
            double epsilonLeft,
            String chainHead,
            @Nullable Boolean holdsModel) {}

    /**
     * Describes the model that was given.
     *
     * @param ledgerHead hash of the last ledger row of its training
     * @param people released number of people, with noise of standard deviation {@code peopleSd}
     * @param sigma noise per entry of the Gram matrix, where one user adds at most 1/2
     */
    public record Model(
            String release,
            String ledgerHead,
            Instant created,
            int items,
            int head,
            int rank,
            double people,
            double peopleSd,
            double sigma) {}

    /**
     * Records what only the operator knows, by the names of the fields. A field that is missing is not
     * stated, and never guessed.
     *
     * @param stated values by name
     */
    public record Operator(Map<String, String> stated) {

        public Operator {
            stated = Map.copyOf(stated);
        }

        public @Nullable String value(String field) {
            return stated.get(field);
        }
    }
}
