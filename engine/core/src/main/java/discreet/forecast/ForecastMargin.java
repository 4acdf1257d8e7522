package discreet.forecast;

/**
 * How far off a forecast may be for reasons that no draw of people and noise shows: real people are not those of the
 * generator. Widens every band, on each side.
 */
record ForecastMargin(double below, double above) {
    /** For forecasts that train on real people: there is no model of people to be wrong. */
    static final ForecastMargin NONE = new ForecastMargin(0, 0);

    ForecastMargin {
        if (!(below >= 0 && above >= 0)) {
            throw new IllegalArgumentException("a margin must be >= 0");
        }
    }
}
