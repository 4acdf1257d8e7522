package discreet.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import discreet.SyntheticModel;
import discreet.catalogue.ItemTags;
import discreet.catalogue.ListRules;
import discreet.model.RankingModel;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

class RankingMeasureTest {
    private static final RankingModel MODEL = SyntheticModel.of(10, 5, 2, 0, 3);

    /** The ledger holds this text of a charged evaluation, and a rerun must have the same. */
    @Test
    void describe_anyRules_isTheTextThatLedgersHold() {
        assertThat(description(ListRules.ofLength(1))).isEqualTo("{\"cutoffs\":[5,20]}");
        assertThat(description(new ListRules(1, BitSet.valueOf(new byte[] {5}), 2)))
                .isEqualTo("{\"cutoffs\":[5,20],\"reserved\":2,"
                        + "\"allowed\":\"e77b9a9ae9e30b0dbdb6f510a264ef9de781501d7b6b92ae89eb059c5ab743db\","
                        + "\"seen\":\"left out\","
                        + "\"tags\":\"" + ItemTags.of(MODEL.catalogue()).digest() + "\"}");
    }

    @Test
    void describe_seenListed_isNoPlainList() {
        assertThat(description(ListRules.ofLength(1).withSeen(true))).contains("\"seen\":\"listed\"");
    }

    private static String description(ListRules rules) {
        ObjectNode parameters = JsonNodeFactory.instance.objectNode();
        RankingMeasure.of(MODEL, rules, 20, 5).describe(parameters, MODEL.catalogue());
        return parameters.toString();
    }
}
