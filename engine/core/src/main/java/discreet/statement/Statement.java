package discreet.statement;

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
 * What was released about a population, what that costs each of its people, and what is promised: public throughout. Every
 * number is a parameter, a price or a released value; nothing is read from anybody's rows.
 *
 * @param made when the statement was made
 * @param software what made it, with its version
 * @param population the people it is about
 * @param releases in the order in which they were reserved: all of the population's, or the one of a model
 * @param loss what they come to together
 * @param life the population's budget; null where only a model is at hand, and {@code loss} is then that of one training
 * @param model the model that was given; null: none was
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
     * A privacy loss against both neighbour relations.
     *
     * @param price for one account added or removed
     * @param replaced an upper bound for one account replaced by another
     * @param delta at which epsilons are given: the population's
     */
    public record Loss(PrivacyCost price, PrivacyCost replaced, double delta) {

        /** The loss of what costs nobody anything. */
        public static Loss none(double delta) {
            return new Loss(PrivacyCost.NOTHING, PrivacyCost.NOTHING, delta);
        }

        public double rho() {
            return price.rho().toDouble();
        }

        public double epsilon() {
            return price.epsilon(delta);
        }

        public double replacedEpsilon() {
            return replaced.epsilon(delta);
        }

        public double attackerAccuracy() {
            return Attacker.accuracy(rho());
        }
    }

    /**
     * One release: a training, or an evaluation.
     *
     * @param at when its price was reserved; for a model alone, when the model was built
     * @param objective what it was for, such as {@code ranking}
     * @param contribution how much of a person counted; null where its parameters do not say
     * @param people the only people whom it read and charged; null: everybody
     * @param alone what it would cost on its own
     * @param increase what the whole became dearer by; less than its price where it reads people who had paid less
     */
    public record Release(
            String id,
            Instant at,
            String objective,
            @Nullable Contribution contribution,
            @Nullable HashRange people,
            Loss alone,
            PrivacyCost increase,
            List<Vector> vectors) {

        public Release {
            vectors = List.copyOf(vectors);
        }
    }

    /**
     * One vector of a release: sums over people, plus noise.
     *
     * @param charged all that was charged for it; null where only the model is at hand, which does not say
     * @param charges how often it was charged: more than once where a run was killed while it might have been drawn
     * @param state {@code reserved}, {@code drawn} or {@code sealed}
     */
    public record Vector(String name, @Nullable PrivacyCost charged, int charges, String state) {}

    /**
     * How much of a person counts at most.
     *
     * @param minRating rows below it do not count; negative infinity where every row does
     */
    public record Contribution(double minRating, int maxItemsPerUser) {}

    /**
     * The budget of a population over its whole life.
     *
     * @param capRho all of rho that the cap ever admits
     * @param epsilonLeft the largest epsilon that one more release can ask for
     * @param chainHead hash of the ledger's latest row: whoever keeps it can tell later that no row was taken away
     * @param holdsModel whether the ledger has the row that the model came from; null where no model is given
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
     * A model that was given.
     *
     * @param ledgerHead hash of the last ledger row of its training
     * @param people released number of people, with noise of standard deviation {@code peopleSd}
     * @param sigma noise per entry of the Gram matrix, where one person adds at most 1/2
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
     * What only the operator knows, by the names of the fields; whatever is not in it is not stated, and never guessed.
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
