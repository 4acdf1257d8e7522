package discreet.cli.statement;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import discreet.cli.Run;
import discreet.cli.Service;
import discreet.cli.shared.Json;
import discreet.ledger.Ledger;
import discreet.ledger.PlannedVector;
import discreet.ledger.ReleasePlan;
import discreet.model.ModelFiles;
import discreet.privacy.Attacker;
import discreet.privacy.HashRange;
import discreet.privacy.Rho;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Statements about a service that has trained twice. */
class StatementCommandTest {
    /**
     * Fields of schemas/deployments-schema.yaml of opendp/deployments-registry-data, at the commit that the
     * statement names.
     */
    private static final List<String> REGISTRY = List.of(
            "url_slug",
            "deployment/basic/name",
            "deployment/basic/data_curators/0/data_curator_name",
            "deployment/basic/data_curators/0/data_curator_type",
            "deployment/basic/description",
            "deployment/basic/intended_use",
            "deployment/basic/data_product_type",
            "deployment/basic/data_product_region",
            "deployment/basic/data_product_sector",
            "deployment/basic/publication_date",
            "deployment/dp_variant/variant_name",
            "deployment/dp_variant/data_domain",
            "deployment/dp_variant/unprotected_quantities",
            "deployment/privacy_loss/privacy_unit",
            "deployment/privacy_loss/privacy_unit_details",
            "deployment/privacy_loss/number_of_privacy_units",
            "deployment/privacy_loss/privacy_parameters/epsilon",
            "deployment/privacy_loss/privacy_parameters/delta",
            "deployment/privacy_loss/privacy_parameters/rho",
            "deployment/privacy_loss/privacy_parameters_details",
            "deployment/deployment_model/model_name",
            "deployment/deployment_model/model_name_details",
            "deployment/deployment_model/trust_assumptions",
            "deployment/deployment_model/actors",
            "deployment/deployment_model/release_type",
            "deployment/deployment_model/release_type_details",
            "deployment/deployment_model/data_source_type",
            "deployment/deployment_model/data_source_type_details",
            "deployment/deployment_model/access_type",
            "deployment/deployment_model/access_type_details",
            "deployment/implementation/preprocessing_and_hyperparameter_tuning",
            "deployment/implementation/mechanisms",
            "deployment/implementation/composition",
            "deployment/implementation/post_processing",
            "deployment/implementation/justification",
            "deployment/implementation/utility",
            "deployment/implementation/additional_information",
            "deployment/administrative/evidence_sources/source_1/misc/note",
            "deployment/administrative/status",
            "deployment/administrative/registry_authors/0",
            "deployment/administrative/tier");

    @TempDir
    private static Path shared;

    private static Service service = new Service(Path.of("."));

    @TempDir
    private Path folder;

    @BeforeAll
    static void trainTwice() {
        service = Service.in(shared);
        Run.of(service.train("--release", "one", "--min-rating", "4")).succeeds();
        Run.of(service.train("--release", "two", "--model", service.path("model-two"), "--epsilon", "2"))
                .succeeds();
    }

    private static Run statement(String... others) {
        List<String> arguments = new ArrayList<>(List.of("statement"));
        arguments.addAll(List.of(others));
        return Run.of(arguments.toArray(String[]::new));
    }

    private static Run ofPopulation(String... others) {
        List<String> arguments =
                new ArrayList<>(List.of("--population", Service.POPULATION, "--ledger", service.ledger()));
        arguments.addAll(List.of(others));
        return statement(arguments.toArray(String[]::new));
    }

    private static JsonNode json(Run run) {
        return Json.parsed(run.succeeds().out());
    }

    @Test
    void population_twoReleases_coversItsWholeLife() {
        JsonNode json = json(ofPopulation("--json"));

        assertThat(json.path("coversWholeLife").asBoolean()).isTrue();
        assertThat(json.path("releases")).hasSize(2);
        JsonNode first = json.path("releases").path(0);
        JsonNode second = json.path("releases").path(1);
        assertThat(first.path("release").asText()).isEqualTo("one");
        assertThat(first.path("minRating").asDouble()).isEqualTo(4);
        assertThat(first.path("people").asText()).isEqualTo("everybody");
        assertThat(first.path("vectors").findValuesAsText("name")).containsExactly("people", "items", "gram");
        assertThat(second.path("minRating").isNull()).isTrue();
        double rho = json.path("loss").path("rho").asDouble();
        assertThat(rho)
                .isEqualTo(first.path("alone").path("rho").asDouble()
                        + second.path("alone").path("rho").asDouble())
                .isEqualTo(vectors(first) + vectors(second))
                .isEqualTo(service.population().status().charged().rho().toDouble());
        assertThat(json.path("loss").path("rhoReplaceOne").asDouble()).isEqualTo(2 * rho);
        assertThat(json.path("loss").path("epsilon").asDouble()).isBetween(2.2, 2.4);
        assertThat(json.path("budget").path("chainHead").asText())
                .isEqualTo(service.population().status().chainHead());
        assertThat(json.path("inPlainWords").asText())
                .isEqualTo(Attacker.sentence(service.population().status().charged()));
    }

    private static double vectors(JsonNode release) {
        double rho = 0;
        for (JsonNode vector : release.path("vectors")) {
            rho += vector.path("rho").asDouble();
        }
        return rho;
    }

    @Test
    void population_registryRecord_hasTheFieldsOfTheSchemaAndNoOther() {
        JsonNode record =
                json(ofPopulation("--json")).path("openDpDeploymentsRegistry").path("record");

        Set<String> fields = new TreeSet<>();
        collect(record, "", fields);
        assertThat(fields).containsExactlyInAnyOrderElementsOf(REGISTRY);
        JsonNode deployment = record.path("deployment");
        assertThat(deployment.path("administrative").path("tier").asText())
                .startsWith("not stated: tier 3 lacks url_slug, ")
                .contains("intended_use", "number_of_privacy_units", "mechanisms");
        assertThat(deployment
                        .path("privacy_loss")
                        .path("privacy_parameters")
                        .path("rho")
                        .isDouble())
                .isTrue();
        assertThat(deployment.path("basic").path("intended_use").asText()).isEqualTo("not stated");
        assertThat(deployment.path("deployment_model").path("release_type").asText())
                .isEqualTo("Many releases");
    }

    private static void collect(JsonNode node, String path, Set<String> fields) {
        if (node.isValueNode()) {
            fields.add(path.substring(1));
        }
        node.fields().forEachRemaining(field -> collect(field.getValue(), path + "/" + field.getKey(), fields));
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            collect(node.path(i), path + "/" + i, fields);
        }
    }

    @Test
    void population_asText_saysWhatAReaderNeeds() {
        Run run = ofPopulation("--model", service.path("model-two")).succeeds();

        assertThat(run.out())
                .contains("Privacy statement: population 'invented'")
                .contains("times in 100", "rho adds up", "not stated", "(the ledger holds")
                .contains(
                        "| one ",
                        "| two ",
                        "| gram ",
                        service.population().status().chainHead());
        assertThat(run.err()).isEmpty();
    }

    @Test
    void model_alone_coversItsTrainingWithoutALedger() {
        JsonNode json =
                json(statement("--model", service.path("model"), "--ledger", "jdbc:sqlite:" + folder, "--json"));

        assertThat(json.path("coversWholeLife").asBoolean()).isFalse();
        assertThat(json.has("budget")).isFalse();
        assertThat(json.path("releases")).hasSize(1);
        assertThat(json.path("loss").path("epsilon").asDouble()).isBetween(.999, 1.0);
        assertThat(json.path("model").path("ledgerHead").asText())
                .isEqualTo(ModelFiles.describe(Path.of(service.path("model")))
                        .provenance()
                        .ledgerHead());
        assertThat(json.at("/openDpDeploymentsRegistry/record/deployment/privacy_loss/number_of_privacy_units")
                        .isIntegralNumber())
                .isTrue();
        assertThat(statement("--model", service.path("model")).succeeds().out())
                .contains("this training alone", "The population's total is in its ledger, not in a model");
    }

    @Test
    void model_missingInTheLedger_isReportedAndEndsWith1() {
        String other = "jdbc:sqlite:" + folder.resolve("other.db");
        Run.of(
                        "ledger",
                        "open",
                        "--ledger",
                        other,
                        "--population",
                        Service.POPULATION,
                        "--epsilon",
                        "5",
                        "--delta",
                        "1e-5")
                .succeeds();

        Run run = statement(
                "--population", Service.POPULATION, "--ledger", other, "--model", service.path("model"), "--json");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).hasLineCount(1).startsWith("Cannot vouch for the total");
        assertThat(Json.parsed(run.out()).path("model").path("heldByLedger").asBoolean(true))
                .isFalse();
        assertThat(json(ofPopulation("--model", service.path("model"), "--json"))
                        .path("model")
                        .path("heldByLedger")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void model_ofAnotherPopulation_endsWith2() {
        String other = "jdbc:sqlite:" + folder.resolve("other.db");
        Run.of("ledger", "open", "--ledger", other, "--population", "others", "--epsilon", "5", "--delta", "1e-5")
                .succeeds();

        Run run = statement("--population", "others", "--ledger", other, "--model", service.path("model"))
                .failsWith(2);

        assertThat(run.err()).contains("is of population 'invented'");
    }

    /**
     * The two hash ranges share no user, so the larger cost counts. A release that reads everybody would add
     * to it.
     */
    @Test
    void population_disjointHashRanges_costTheMaximum() {
        String url = "jdbc:sqlite:" + folder.resolve("ranges.db");
        Run.of("ledger", "open", "--ledger", url, "--population", "p", "--epsilon", "5", "--delta", "1e-5")
                .succeeds();
        try (Ledger ledger = Ledger.open(url)) {
            charge(ledger, "cheap", HashRange.below("s", .25), Rho.roundedUp(.01));
            charge(ledger, "dear", HashRange.notBelow("s", .25), Rho.roundedUp(.03));
            ledger.population("p").close();
        }

        JsonNode json = json(statement("--population", "p", "--ledger", url, "--json"));

        assertThat(json.path("loss").path("rho").asDouble())
                .isEqualTo(Rho.roundedUp(.03).toDouble());
        assertThat(json.path("loss").path("rhoReplaceOne").asDouble())
                .isEqualTo(Rho.roundedUp(.03).times(4).toDouble());
        assertThat(json.at("/releases/1/rhoAdded").asDouble())
                .isEqualTo(Rho.roundedUp(.03).minus(Rho.roundedUp(.01)).toDouble());
        assertThat(json.at("/releases/0/shareOfPeople").asDouble()).isEqualTo(.25);
        assertThat(json.at("/budget/closed").asBoolean()).isTrue();
    }

    private static void charge(Ledger ledger, String id, HashRange users, Rho rho) {
        ledger.population("p")
                .reserve(new ReleasePlan(
                        id, "{\"objective\":\"other\"}", users, List.of(new PlannedVector("sums", rho))))
                .close();
    }

    @Test
    void about_operatorFile_fillsTheFields() throws IOException {
        Path about = folder.resolve("about.properties");
        Files.writeString(about, "data_curator_name = Ünder & Söhne\nutility =\npublication_date = 2026-12-01\n");

        JsonNode basic = json(ofPopulation("--about", about.toString(), "--json"))
                .at("/openDpDeploymentsRegistry/record/deployment/basic");

        assertThat(basic.at("/data_curators/0/data_curator_name").asText()).isEqualTo("Ünder & Söhne");
        assertThat(basic.path("publication_date").asText()).isEqualTo("2026-12-01");
    }

    @Test
    void about_unknownFieldOrBadValue_endsWith2() throws IOException {
        Path about = folder.resolve("about.properties");

        Files.writeString(about, "curator = ACME\n");
        assertThat(ofPopulation("--about", about.toString()).failsWith(2).err()).contains("no field 'curator'");
        Files.writeString(about, "publication_date = soon\n");
        assertThat(ofPopulation("--about", about.toString()).failsWith(2).err()).contains("2026-11-24");
        Files.write(about, new byte[] {'n', 'a', 'm', 'e', '=', (byte) 0xff});
        ofPopulation("--about", about.toString()).failsWith(2);
    }

    @Test
    void tier_everyFieldStated_is3() throws IOException {
        Path about = folder.resolve("about.properties");
        Files.write(
                about,
                OperatorFile.FIELDS.stream()
                        .map(field ->
                                field + " = " + (field.equals(OperatorFile.PUBLICATION_DATE) ? "2026-12-01" : "said"))
                        .toList());
        String tier = "/openDpDeploymentsRegistry/record/deployment/administrative/tier";

        assertThat(json(statement("--model", service.path("model"), "--about", about.toString(), "--json"))
                        .at(tier)
                        .asInt())
                .isEqualTo(3);
        // Only a model has a released number of people.
        assertThat(json(ofPopulation("--about", about.toString(), "--json"))
                        .at(tier)
                        .asText())
                .isEqualTo("not stated: tier 3 lacks number_of_privacy_units");
    }

    @Test
    void population_withModel_attributesTheNumberOfPeople() {
        assertThat(json(ofPopulation("--model", service.path("model-two"), "--json"))
                        .at("/openDpDeploymentsRegistry/record/deployment/privacy_loss/number_of_privacy_units")
                        .asText())
                .matches("About [0-9,]+, with noise, in release two, which read everybody\\.");
    }

    @Test
    void html_newFile_isWrittenOnceAndTextStillPrinted() {
        Path page = folder.resolve("statement.html");

        Run run = ofPopulation("--html", page.toString()).succeeds();

        assertThat(run.out()).contains("Privacy statement");
        assertThat(page).content().startsWith("<!DOCTYPE html>").contains("Content-Security-Policy", "invented");
        assertThat(ofPopulation("--html", page.toString()).failsWith(2).err()).contains("does not exist yet");
    }
}
