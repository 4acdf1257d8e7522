package discreet.forecast;

/**
 * Widens every band of a forecast on each side. It accounts for the error that no draw of users and noise
 * shows, because real users differ from those of the generator.
 */
record ForecastMargin(double below, double above) {
    /** The margin of forecasts that train on real users, which have no model of users that could be wrong. */
    static final ForecastMargin NONE = new ForecastMargin(0, 0);

    ForecastMargin {
        if (!(below >= 0 && above >= 0)) {
            throw new IllegalArgumentException("a margin must be >= 0");
        }
    }
}
