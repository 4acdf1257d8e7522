package discreet.cli.shared;

import discreet.model.ModelRemark;
import discreet.model.ReleasedModel;
import java.io.PrintWriter;

/** Says on stderr of a model that has learned nothing that this is so ({@link ModelRemark}). */
public final class ModelRemarks {
    private ModelRemarks() {}

    /** Prints the remark, if there is one. It follows from released values alone. */
    public static void print(ReleasedModel model, PrintWriter err) {
        ModelRemark.of(model).ifPresent(remark -> {
            err.println("Remark: " + remark);
            err.flush();
        });
    }
}
