package discreet.cli.recommend;

import com.fasterxml.jackson.databind.node.ObjectNode;
import discreet.cli.shared.Json;
import discreet.cli.shared.PrivateFile;
import discreet.spark.lists.HistoryMatches;
import java.nio.file.Path;

/**
 * Writes the counts of people whose history matches nothing. They are exact, so nothing else prints them, and
 * the file is for the account that runs the command alone.
 */
record Diagnostics(HistoryMatches matches) {
    private static final String MARK =
            "Not for publication. These are exact counts of private histories: keep them where ratings may be seen.";

    String json() {
        ObjectNode json = Json.object()
                .put("notForPublication", MARK)
                .put("people", matches.users())
                .put("nothingInCatalogue", matches.nothingInCatalogue())
                .put("nothingCounts", matches.nothingCounts())
                .put("nothingInHead", matches.nothingInHead());
        return Json.text(json);
    }

    void write(Path file) {
        PrivateFile.write(file, json() + System.lineSeparator());
    }
}
