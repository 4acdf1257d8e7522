package discreet.plan;

import discreet.privacy.Delta;
import discreet.privacy.PrivacyCost;
import discreet.privacy.Rho;

/**
 * Prices releases under the replace-one relation, where one account is replaced by another instead of added
 * or removed.
 *
 * <p><b>No factor is below 2</b>, even where the vector alone would need less. The reason is that an account
 * may be replaced by one in another {@link discreet.privacy.HashRange}. Both accounts take part in releases
 * on all users, and one of the two in releases on a hash range. Let x be the charge of a release and f x,
 * with f &gt;= 2, the price by this class. P is the set of releases on both accounts, and A and B are the
 * releases on the first and on the second account alone. For a release that reads only one of the two
 * accounts, replacing is adding or removing that account, so the pair is at most
 * {@code sum_P f x + sum_A x + sum_B x} apart. Furthermore
 *
 * <pre>{@code sum_A x + sum_B x <= 2 max(sum_A x, sum_B x) <= max(sum_A f x, sum_B f x)}</pre>
 *
 * <p>The {@link discreet.privacy.Composition} of the prices by this class is at least
 * {@code sum_P f x + max(sum_A f x, sum_B f x)}, so it bounds the pair. A factor below 2 would break the last
 * inequality.
 */
public final class ReplaceOneCost {

    private static final int MIN_FACTOR = 2;
    private static final int TRIANGLE_INEQUALITY = 4;

    private ReplaceOneCost() {}

    /**
     * Prices a ranking training: rho by {@link RankingShares#replacingOne}, delta twice.
     *
     * <p>Delta pays for keys that one account alone has. Where both accounts take part in the release, one
     * delta would be enough. For each of the two accounts, consider the event that no key which only this
     * account has is released. Each event has probability at least 1 - delta under that account's own data
     * set. Given both, only the sums of the others are left. Delta is counted twice, as rho is, for accounts
     * in different hash ranges.
     */
    public static PrivacyCost ofTraining(PrivacyCost charged) {
        return new PrivacyCost(RankingShares.replacingOne(charged.rho()), twice(charged.delta()));
    }

    /**
     * Prices a rating training at four times the charge, by the triangle inequality.
     *
     * <p>The rounds of biases come close to this factor. Take two accounts that rated the same single item,
     * one with residual e and the other with -e. They add (alpha, e) and (alpha, -e) over sqrt(alpha^2 +
     * e^2), which are 2 e / sqrt(alpha^2 + e^2) apart. With e towards 2 and alpha .2 that is nearly 2, or 4
     * in squares, and no smaller factor holds for every alpha. For the number of people and their mean, (1,
     * z) and (1, z') are at most 2 apart. That is 4 in squares against the 2 that are charged, which gives
     * factor 2. The Gram matrix has factor 2 by {@link RankingShares#replacingOne}, whose proof does not ask
     * what rows are made of. Factor 4 holds for every split of rho among the vectors.
     */
    public static PrivacyCost ofRatingTraining(PrivacyCost charged) {
        return ofAnything(charged);
    }

    /**
     * Prices an evaluation, which counts people, then sums {@code metrics} numbers about 1/2 and counts
     * again.
     *
     * <p>The first count moves by at most 1 if an account is replaced, as it does if one is added, so its
     * factor is 1. The factor of the sums is larger and holds for both. In units of 2^20, one account adds r
     * = {@code metrics} numbers in [-1/2, 1/2] and a 1, or only zeros. Its squared norm is at most
     * {@code r / 4 + 1}, which is charged. If the account is replaced, the number of people stays and each of
     * the r other numbers moves by at most 1. If the new account adds only zeros, replacing is removing. So
     * the squared norm of the difference is at most {@code max(r, r / 4 + 1)}, and the factor is
     * {@code max(1, 4 r / (r + 4))}. It is above 2 from five metrics on and always below 4.
     */
    public static PrivacyCost ofEvaluation(PrivacyCost charged, int metrics) {
        if (metrics < 1) {
            throw new IllegalArgumentException("metrics must be > 0. Provided value: " + metrics);
        }
        Rho moved = charged.rho().times(4 * metrics).dividedUp(metrics + 4);
        return new PrivacyCost(moved.max(charged.rho().times(MIN_FACTOR)), twice(charged.delta()));
    }

    /**
     * Prices any release. The pair is two steps of adding or removing apart, so the vector moves by at most
     * twice as much, and rho is four times as much.
     */
    public static PrivacyCost ofAnything(PrivacyCost charged) {
        return new PrivacyCost(charged.rho().times(TRIANGLE_INEQUALITY), twice(charged.delta()));
    }

    private static Delta twice(Delta delta) {
        return delta.plus(delta);
    }
}
