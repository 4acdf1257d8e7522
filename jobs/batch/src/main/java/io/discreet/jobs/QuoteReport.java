package io.discreet.jobs;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.freva.asciitable.HorizontalAlign;
import io.discreet.noise.Threads;
import io.discreet.privacy.Attacker;
import io.discreet.privacy.Cell;
import io.discreet.privacy.Delta;
import io.discreet.privacy.Price;
import io.discreet.privacy.Rho;
import io.discreet.train.Quote;
import io.discreet.train.TrainingQuote;
import io.discreet.train.TrainingQuote.Assumptions;
import io.discreet.train.TrainingQuote.Vector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A quote for a reader. What it costs is rounded up, what is left and what noise there is are rounded down: nobody is promised
 * more privacy than there is.
 *
 * @param purse what would pay, null where nobody was named
 * @param charge what would be charged; null where it would be refused, or nobody pays
 */
record QuoteReport(
        Quote quote,
        Assumptions assumed,
        @Nullable Purse purse,
        @Nullable Charge charge) {
    private static final int WIDTH = 110;

    /**
     * What a training would be charged.
     *
     * @param cell to whom, null for everybody
     * @param due the whole price, or less where a release is taken up again
     * @param after the purse when that is charged
     */
    record Charge(@Nullable Cell cell, Rho due, Purse after) {
        static @Nullable Charge of(@Nullable Purse purse, Rho price) {
            return purse != null && purse.admits(price) ? new Charge(null, price, purse.after(price)) : null;
        }
    }

    QuoteReport(Quote quote, Assumptions assumed, @Nullable Purse purse) {
        this(quote, assumed, purse, Charge.of(purse, quote.total()));
    }

    String text() {
        StringBuilder text = new StringBuilder();
        double delta = quote.budget().delta();
        line(
                text,
                "Quote",
                "a " + quote.objective() + " training of epsilon "
                        + Figures.atLeast(quote.budget().epsilon()) + " at delta " + Figures.atLeast(delta));
        line(text, "Price", price(rho(), delta) + " for one account added or removed;");
        line(text, "", price(replaced(), delta) + " for one account replaced by another");
        line(text, "In plain words", Attacker.sentence(rho().toDouble()));
        line(
                text,
                "Assumed",
                Figures.count(assumed.people()) + " people, " + Figures.count(assumed.items())
                        + " items, a head of at most " + Figures.count(assumed.maxHead()));
        text.append(table()).append(System.lineSeparator());
        wrapped(text, "Noise", "standard deviation on each value, always there. " + quote.contributions());
        line(
                text,
                "Head",
                "tastes are learned over " + Figures.count(quote.headSize(assumed)) + " of "
                        + Figures.count(assumed.items()) + " items");
        line(
                text,
                "Sampling",
                "about " + Figures.number(rough(quote.samplingSeconds(assumed))) + " s on " + Threads.count()
                        + " threads, at about " + Figures.number(TrainingQuote.DRAW_MICROSECONDS)
                        + " us of one core a draw (docs/architecture.md)");
        if (purse != null) {
            purse(text, purse);
        }
        return text.toString().stripTrailing();
    }

    private void purse(StringBuilder text, Purse paying) {
        line(text, "Budget", paying.text());
        if (charge == null) {
            line(text, "Refused", "this training would be refused now (train: exit code 3)");
            return;
        }
        if (charge.cell() != null) {
            line(text, "Charged to", TrainingReport.charged(charge.cell()));
        }
        if (!charge.due().equals(rho())) {
            line(
                    text,
                    "Charged again",
                    charge.due().isZero()
                            ? "nothing: the release is paid for"
                            : "what may have been drawn without being sealed, rho "
                                    + Figures.rho(charge.due().toDouble()));
        }
        Purse after = charge.after();
        line(text, "After it", "epsilon " + Figures.atLeast(after.spent()) + " spent, " + after.leftText());
        // Neither a cell nor a release that is taken up again: then prices add up
        if (after.equals(paying.after(rho()))) {
            line(text, "Fit", fitting(paying.fitting(rho())));
        }
    }

    private static String fitting(long trainings) {
        return Figures.count(trainings) + (trainings == 1 ? " training" : " trainings") + " of this price, and no more";
    }

    static void line(StringBuilder text, String label, String value) {
        text.append(String.format("%-16s%s%n", label, value).replaceAll(" +(\\R)", "$1"));
    }

    /** Words of several lines, the label in front of the first. */
    private static void wrapped(StringBuilder text, String label, String words) {
        StringBuilder line = new StringBuilder();
        String first = label;
        for (String word : words.split(" ")) {
            if (line.length() + word.length() > WIDTH) {
                line(text, first, line.toString());
                first = "";
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        line(text, first, line.toString());
    }

    private String table() {
        return new Table()
                .column("released", HorizontalAlign.LEFT)
                .column("rho", HorizontalAlign.RIGHT)
                .column("noise", HorizontalAlign.RIGHT)
                .column("values", HorizontalAlign.RIGHT)
                .rows(quote.releases(assumed).stream().map(QuoteReport::row).toList());
    }

    private static List<String> row(Quote.Release release) {
        Vector vector = release.vector();
        return List.of(
                release.what(),
                Figures.rho(vector.rho().toDouble()),
                Figures.atMost(vector.noise()),
                Figures.count(release.values()));
    }

    private static String price(Rho rho, double delta) {
        return "epsilon " + Figures.atLeast(new Price(rho, Delta.ZERO).epsilon(delta)) + " (rho "
                + Figures.rho(rho.toDouble()) + ")";
    }

    /** Two digits: the figure behind it is no better. */
    private static double rough(double seconds) {
        return seconds < 1 ? Math.ceil(seconds * 10) / 10 : Math.ceil(seconds);
    }

    private Rho rho() {
        return quote.total();
    }

    /** The same releases against somebody who knows that one of two accounts is in the data, and not which. */
    private Rho replaced() {
        return quote.replacingOne().rho();
    }

    ObjectNode json() {
        double delta = quote.budget().delta();
        ObjectNode json = Json.object();
        json.putObject("price")
                .put("delta", delta)
                .put("epsilonAsked", quote.budget().epsilon())
                .put("epsilon", new Price(rho(), Delta.ZERO).epsilon(delta))
                .put("rho", rho().toDouble())
                .put("rhoUnits", rho().units())
                .put("epsilonReplaceOne", new Price(replaced(), Delta.ZERO).epsilon(delta))
                .put("rhoReplaceOne", replaced().toDouble());
        json.put("attackerAccuracy", Attacker.accuracy(rho().toDouble()));
        json.putObject("assumed")
                .put("people", assumed.people())
                .put("items", assumed.items())
                .put("maxHead", assumed.maxHead());
        json.put("objective", quote.objective());
        ArrayNode vectors = json.putArray("vectors");
        quote.releases(assumed).forEach(release -> add(vectors, release.vector(), release.values()));
        json.put("head", quote.headSize(assumed))
                .put("draws", quote.draws(assumed))
                .put("threads", Threads.count())
                .put("samplingSeconds", quote.samplingSeconds(assumed));
        if (purse != null) {
            ObjectNode budget = purse.json().put("admitted", charge != null).put("fit", purse.fitting(rho()));
            if (charge != null) {
                budget.put("rhoDue", charge.due().toDouble())
                        .put("rhoUnitsDue", charge.due().units())
                        .put("epsilonSpentAfter", charge.after().spent())
                        .put("epsilonLeftAfter", charge.after().left());
                if (charge.cell() != null) {
                    budget.put("cell", charge.cell().text());
                }
            }
            json.set("budget", budget);
        }
        return json;
    }

    private static void add(ArrayNode vectors, Vector vector, long values) {
        vectors.addObject()
                .put("name", vector.name())
                .put("rho", vector.rho().toDouble())
                .put("rhoUnits", vector.rho().units())
                .put("sigma", vector.sigma())
                .put("sensitivity", vector.sensitivity())
                .put("noise", vector.noise())
                .put("values", values);
    }
}
