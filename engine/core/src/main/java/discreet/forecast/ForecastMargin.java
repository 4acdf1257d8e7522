package discreet.forecast;

/**
 * Says by how much to lower and raise the ends of a band, in units of the metric, because real users differ
 * from invented ones. No draw of users and noise shows that error.
 *
 * @param below by how much the lower end falls, at least 0
 * @param above by how much the upper end rises, at least 0
 */
record ForecastMargin(double below, double above) {
    /**
     * Leaves the bands of forecasts alone that train on real users, which have no model of users that could
     * be wrong.
     */
    static final ForecastMargin NONE = new ForecastMargin(0, 0);

    ForecastMargin {
        if (!(below >= 0 && above >= 0)) {
            throw new IllegalArgumentException("a margin must be >= 0");
        }
    }
}
