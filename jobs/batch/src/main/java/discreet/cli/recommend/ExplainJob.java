package discreet.cli.recommend;

import discreet.InputException;
import discreet.catalogue.ListRules;
import discreet.cli.shared.RequiredRatings;
import discreet.history.HistoryForm;
import discreet.history.RatingsInput;
import discreet.history.UserHistory;
import discreet.history.UserHistoryFile;
import discreet.model.Explanation;
import discreet.model.Recommender;
import discreet.model.ReleasedModel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Explains items for one user, without Spark. The history follows the same row rules as histories for
 * lists, so explanations match lists.
 *
 * @param user whose rows count. Null means the only user in the file
 * @param item catalogue index, or {@link #NO_ITEM} for the first items of the user's list
 * @param rules how the list is made
 */
record ExplainJob(
        ReleasedModel model, RatingsInput history, @Nullable String user, double minRating, int item, ListRules rules) {
    static final int NO_ITEM = -1;

    ExplainReport run() {
        return run(model.scorer());
    }

    private <H> ExplainReport run(Recommender<H> scorer) {
        HistoryForm<H> form = scorer.historyForm();
        UserHistory<H> own = history(form);
        List<Explanation> explanations = item == NO_ITEM
                ? scorer.recommend(own, rules).stream()
                        .map(place -> scorer.explain(own.counted(), place))
                        .toList()
                : List.of(scorer.explain(own.counted(), item));
        return new ExplainReport(
                model.catalogue(),
                scorer.scoreName(),
                form.items(own.counted()),
                own.seen(),
                rules.listSeen(),
                explanations);
    }

    private <H> UserHistory<H> history(HistoryForm<H> form) {
        UserHistoryFile file = UserHistoryFile.open(history);
        RequiredRatings.check("explain", history.path(), file.hasRatings(), form);
        UserHistoryFile.Found found = file.read(user, model.catalogue());
        if (user != null && found.users() == 0) {
            throw new InputException(
                    "Cannot explain: the history has no row of that person. Check --user and --user-column.");
        }
        if (found.users() > 1) {
            throw new InputException(
                    "Cannot explain: the history has rows of more than one person. Say whose with --user.");
        }
        return UserHistory.of(found.rows(), form, file.hasRatings() ? minRating : Double.NEGATIVE_INFINITY);
    }
}
