package discreet.cli.forecast;

import discreet.cli.shared.Figures;

/**
 * Describes the source of a forecast, shown with every result.
 *
 * @param key the source's name in JSON
 * @param label the first line of the report
 * @param bands explains what the bands cover
 */
record ForecastSource(String key, String label, String bands) {

    static ForecastSource publicRatings(int draws, int tested) {
        return new ForecastSource(
                "public-ratings",
                "Forecast from public ratings",
                "Models were really trained, " + draws
                        + " at each epsilon, against a ledger that was thrown away, and tested on "
                        + Figures.count(tested)
                        + " people who were set apart. Bands: about 95 % over draws of noise and over whom one tests "
                        + "on.");
    }

    static ForecastSource release(String release, String population, double epsilon, int draws) {
        return new ForecastSource(
                "release",
                "Forecast from release " + release + " of population '" + population
                        + "', already paid for; costs nothing",
                "Nobody's ratings were read: invented people, drawn from the released model, trained and tested "
                        + draws
                        + " times. Bands: about 95 % over draws, and a margin for real people not being invented ones. "
                        + "Nothing is forecast above the release's own epsilon of " + Figures.number(epsilon)
                        + ": what more budget would reveal is not in it.");
    }
}
