package discreet.cli.evaluate;

import discreet.cli.shared.Figures;
import discreet.cli.shared.Json;
import discreet.evaluate.RatingErrors;

/** Prints the errors of predicted ratings on public data. */
record RatingReport(RatingErrors errors) implements EvaluationReport {

    @Override
    public String text() {
        return "Measured on " + Figures.count(errors.pairs()) + " hidden ratings of "
                + Figures.count(errors.users()) + " people, all of them public.\n"
                + "RMSE " + Figures.metric(errors.rmse()) + ", MAE " + Figures.metric(errors.mae()) + ", in ratings.";
    }

    @Override
    public String json() {
        return Json.text(Json.object()
                .put("people", errors.users())
                .put("pairs", errors.pairs())
                .put("rmse", errors.rmse())
                .put("mae", errors.mae()));
    }
}
