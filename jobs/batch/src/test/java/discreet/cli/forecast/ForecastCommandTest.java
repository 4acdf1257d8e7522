package discreet.cli.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.options.ColorScheme;
import discreet.cli.Run;
import discreet.cli.Service;
import discreet.cli.page.Browser;
import discreet.cli.shared.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Forecasts from both sources on one small invented service. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForecastCommandTest {
    @TempDir
    private static Path folder;

    private Service service;

    @BeforeAll
    void train() {
        service = Service.in(folder);
        Run.of(service.train("--min-rating", "3", "--release", "paid", "--epsilon", "4"))
                .succeeds();
    }

    private String[] fromRelease(String... others) {
        return Stream.concat(
                        Stream.of(
                                "forecast",
                                "--from-release",
                                "--model",
                                service.path("model"),
                                "--population",
                                Service.POPULATION,
                                "--ledger",
                                service.ledger(),
                                "--draws",
                                "2"),
                        Stream.of(others))
                .toArray(String[]::new);
    }

    /** Runs as a process of its own without the ratings, since a forecast needs nothing but the release. */
    @Tag("browser")
    @Test
    void fromRelease_withoutRatings_forecastsAndChargesNothing() throws IOException, InterruptedException {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        String before = service.population().status().chainHead();
        Path hidden = Files.move(folder.resolve("sample"), elsewhere.resolve("sample"));
        Path html = elsewhere.resolve("forecast.html");
        Run run;
        try {
            run = Run.process(
                    folder,
                    List.of(),
                    fromRelease("--people", "200,300", "--target-recall", "0.99", "--html", html.toString()));
        } finally {
            Files.move(hidden, folder.resolve("sample"));
        }

        run.succeeds();
        assertThat(run.out())
                .startsWith("Forecast from release paid of population 'invented', already paid for; costs nothing")
                .contains("popularity (not private)", "epsilon 0.4 ", "epsilon 4 ", "a guess is right")
                .contains("is out of reach")
                .doesNotContain("EASE");
        assertThat(run.err()).isEmpty();
        assertThat(service.population().status().chainHead()).isEqualTo(before);
        try (Browser browser = Browser.start()) {
            for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                for (int width : List.of(Browser.WIDE, Browser.NARROW)) {
                    Browser.View view = browser.open(html, width, scheme);

                    view.isSelfContained()
                            .isAccessible()
                            .fitsItsWidth()
                            .screenshot(
                                    "forecast-" + width + "-" + scheme.name().toLowerCase(Locale.ROOT));
                    assertThat(view.text())
                            .contains("Forecast from release paid of population 'invented'", "epsilon, logarithmic")
                            .contains("recall@20", "NDCG@100", "is out of reach", "a guess is right")
                            .doesNotContain("EASE");
                }
            }
        }
    }

    @Test
    void fromRelease_aboveTheRelease_endsWith2() {
        Run run = Run.of(fromRelease("--epsilon", "1,5")).failsWith(2);

        assertThat(run.err()).contains("--epsilon has 5.0", "made at 4", "public ratings");
    }

    @Test
    void fromRelease_json_hasCurvesAndTarget() {
        Run run = Run.of(fromRelease("--epsilon", "1..4", "--people", "200,900", "--target-recall", "0.01", "--json"))
                .succeeds();

        JsonNode json = Json.parsed(run.out());
        assertThat(json.path("source").asText()).isEqualTo("release");
        assertThat(json.path("curves")).hasSize(2);
        JsonNode curve = json.path("curves").path(1);
        assertThat(curve.path("people").asInt()).isEqualTo(900);
        assertThat(curve.path("points"))
                .extracting(point -> point.path("epsilon").asDouble())
                .containsExactly(1.0, 2.0, 4.0);
        JsonNode recall = curve.path("points").path(2).path("recall20");
        assertThat(recall.path("mean").asDouble())
                .isBetween(recall.path("low").asDouble(), recall.path("high").asDouble());
        assertThat(curve.path("target").path("epsilon").asDouble()).isEqualTo(1);
    }

    @Test
    void publicData_json_hasLabelAndFigures() {
        Run run = Run.of(
                        "forecast",
                        "--public-data",
                        "--ratings",
                        service.ratings(),
                        "--items",
                        service.items(),
                        "--epsilon",
                        "5",
                        "--people",
                        "400",
                        "--draws",
                        "1",
                        "--json")
                .succeeds();

        JsonNode json = Json.parsed(run.out());
        assertThat(json.path("label").asText()).isEqualTo("Forecast from public ratings");
        JsonNode curve = json.path("curves").path(0);
        assertThat(curve.path("resampled").asBoolean()).isTrue();
        assertThat(curve.path("people").asInt()).isBetween(370, 430);
        assertThat(curve.path("points").path(0).path("recall20").path("mean").asDouble())
                .isBetween(0.0, 1.0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--ratings", "--items", "--min-rating"})
    void fromRelease_ratingsGiven_endsWith2(String option) {
        Run run = Run.of(fromRelease(option, "3")).failsWith(2);

        assertThat(run.err()).contains(option, "reads no ratings");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1,2", "5..1", "x", "1..2..3", ""})
    void epsilon_unusable_endsWith2(String epsilon) {
        Run.of(fromRelease("--epsilon", epsilon)).failsWith(2);
    }

    @Test
    void source_noneOrBoth_endsWith2() {
        assertThat(Run.of("forecast").failsWith(2).err()).contains("--public-data", "--from-release");
        Run.of(fromRelease("--public-data")).failsWith(2);
    }

    @Test
    void fromRelease_otherPopulation_endsWith2() {
        Run run = Run.of(
                        "forecast",
                        "--from-release",
                        "--model",
                        service.path("model"),
                        "--population",
                        "nobody",
                        "--ledger",
                        service.ledger())
                .failsWith(2);

        assertThat(run.err()).contains("is of population 'invented'");
    }
}
