package discreet.plan;

import discreet.privacy.Delta;
import discreet.privacy.PrivacyCost;
import discreet.privacy.Rho;

/**
 * What a release costs where one account is replaced by another, instead of added or removed.
 *
 * <p><b>No factor is below 2</b>, also where the vector alone would need less. An account may be replaced by one in another
 * {@link discreet.privacy.HashRange}: of the releases on everybody both are part, of those on a cell one of the two. Let x be what a release was
 * charged and f x, f &gt;= 2, what this class says; sums over releases on both accounts are P, on the first or second account
 * alone A and B. The pair is at most {@code sum_P f x + sum_A x + sum_B x} apart, since a release on one of them only is one
 * of adding or removing. And
 *
 * <pre>{@code sum_A x + sum_B x <= 2 max(sum_A x, sum_B x) <= max(sum_A f x, sum_B f x)}</pre>
 *
 * <p>so the {@link discreet.privacy.Composition} of what this class says, which is at least {@code sum_P f x + max(sum_A f x, sum_B f x)},
 * bounds it. With a factor below 2 it would not.
 */
public final class ReplaceOneCost {

    private static final int LEAST = 2;
    private static final int TRIANGLE_INEQUALITY = 4;

    private ReplaceOneCost() {}

    /**
     * A ranking training: {@link RankingShares#replacingOne}. Delta, which pays for keys that one account alone has, would be enough
     * once where both accounts are part of the release: given that no key of either alone comes out, each of probability 1 - delta under
     * its own data, the others' sums are all that is left. It is counted twice for accounts in different cells, as rho is.
     */
    public static PrivacyCost ofTraining(PrivacyCost charged) {
        return new PrivacyCost(RankingShares.replacingOne(charged.rho()), twice(charged.delta()));
    }

    /**
     * A rating training: four times, by the triangle inequality, which the rounds of biases can come close to.
     *
     * <p>Bias rounds: two accounts that rated the same item and nothing else, one e and the other -e, add (alpha, e) and (alpha, -e) over
     * sqrt(alpha^2 + e^2), which are 2 e / sqrt(alpha^2 + e^2) apart: with e towards 2 and alpha .2 nearly 2, so 4 in squares, and no
     * smaller factor holds for every alpha. Number of people and mean: (1, z) and (1, z') are at most 2 apart, 4 in squares against the 2
     * that are charged: factor 2. Gram matrix: factor 2, {@link RankingShares#replacingOne}, which nowhere asks what rows are made
     * of. A bias round moves little of what the Gram matrix costs, but the mix of shares is nobody's business here: 4 for all of it.
     */
    public static PrivacyCost ofRatingTraining(PrivacyCost charged) {
        return ofAnything(charged);
    }

    /**
     * An evaluation: sums of {@code metrics} about 1/2, and of people.
     *
     * <p>In units of 2^20 one account adds r = {@code metrics} numbers in [-1/2, 1/2] and a 1, or zeros: squared norm at most
     * {@code r / 4 + 1}, which is what is charged. Replaced, the number of people stays and each of the r others moves by at
     * most 1; or the other account adds nothing, which is removing the first. So the squared norm is at most {@code max(r, r / 4
     * + 1)}, and the factor {@code max(1, 4 r / (r + 4))}: above 2 from five metrics on, and always below 4.
     */
    public static PrivacyCost ofEvaluation(PrivacyCost charged, int metrics) {
        if (metrics < 1) {
            throw new IllegalArgumentException("metrics must be > 0. Provided value: " + metrics);
        }
        Rho moved = charged.rho().times(4 * metrics).dividedUp(metrics + 4);
        return new PrivacyCost(moved.max(charged.rho().times(LEAST)), twice(charged.delta()));
    }

    /**
     * Any release: the pair is two neighbours by adding or removing apart, so the vector moves by at most twice as much, and rho
     * is four times as much.
     */
    public static PrivacyCost ofAnything(PrivacyCost charged) {
        return new PrivacyCost(charged.rho().times(TRIANGLE_INEQUALITY), twice(charged.delta()));
    }

    private static Delta twice(Delta delta) {
        return delta.plus(delta);
    }
}
